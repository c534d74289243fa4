/** A hyperlink or bare address in a line, with the words it stands under. */
export type Anchor = {
  url: string;
  text: string;
  /** Seconds since 1970, where QQ's markup says when the file goes (attribute `expiretime`). */
  expires: number | null;
};

/** One line of a mail's body as a person sees it, whichever format it came in. */
export type Line = {
  text: string;
  /** Quotation marks (`>`) or quotation containers around it; 0 is the sender's own level. */
  depth: number;
  /** Inside a container that holds a foreign mail only when a quotation bar stands above it (QQ's .qmbox). */
  inner: boolean;
  /** The markup says: a foreign mail begins here (`rest`: and goes on to the end), or a mail sent on. */
  mark: 'rest' | 'forward' | null;
  anchors: Anchor[];
};

/** The text of some lines: at most one empty line in a row, none at the ends. */
export function textOf(lines: Line[]): string {
  return lines
    .map(({ text }) => text.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
}
