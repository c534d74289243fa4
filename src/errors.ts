/**
 * An error that knows itself: whether trying again can help, what to tell the person in Chinese, and (as `message`)
 * what to write in the log. Everything that crosses a folder's border as an error is one of these; anything else is a
 * fault of ours.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly kind: 'temporary' | 'permanent' | 'usage';
  readonly forPerson: string;

  /**
   * @param kind `temporary`: a retry may help; `permanent`: it cannot; `usage`: wrong words or configuration (exit 2)
   * @param forPerson plain Chinese for whoever is at the screen, without personal data
   * @param reason English, for the log; defaults to the Chinese text
   */
  constructor(kind: Failure['kind'], forPerson: string, reason: string = forPerson, options?: ErrorOptions) {
    super(reason, options);
    this.kind = kind;
    this.forPerson = forPerson;
  }
}
