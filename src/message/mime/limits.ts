/**
 * How much of one mail is taken apart. Beyond a limit the reading stops there, what was read stays, and the mail says so
 * in `troubles`: mailparser instead refuses a mail of 1 MB of headers, 2,000 nested or 100,000 parts as a whole, and
 * hangs on 20 MB of HTML.
 */
export const limits = {
  /** Multiparts inside each other; Postfix stops at the same depth (mime_nesting_limit). */
  depth: 100,
  parts: 2_000,
  headerBytes: 1_000_000,
  /** Signs and lines of text and HTML of one mail, all bodies together. */
  bodySigns: 2_000_000,
  bodyLines: 50_000,
};
