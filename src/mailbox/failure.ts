import { Failure } from '../errors.ts';

/**
 * What is wrong with a mailbox, for alarms and the doctor:
 * `unsafe_login` login taken, folders refused (NetEase wants to know the program) · `login_refused` wrong code ·
 * `imap_off` IMAP is switched off in the mailbox's settings · `unreachable` no way to the server · `tls` its
 * certificate or TLS fails · `dropped` the connection broke or fell silent · `refused` any other no of the server ·
 * `incomplete` a mail that the server lists but does not hand over whole.
 */
export type MailboxTrouble =
  | 'unsafe_login'
  | 'login_refused'
  | 'imap_off'
  | 'unreachable'
  | 'tls'
  | 'dropped'
  | 'refused'
  | 'incomplete';

/** A Failure that names the trouble, so that each can have its own alarm. */
export class MailboxFailure extends Failure {
  readonly trouble: MailboxTrouble;

  /** @param forPerson what is the matter and what the clerk should do, in Chinese */
  constructor(trouble: MailboxTrouble, forPerson: string, reason: string, options?: ErrorOptions) {
    super('temporary', forPerson, `${trouble}: ${reason}`, options);
    this.trouble = trouble;
  }
}
