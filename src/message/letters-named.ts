/**
 * Our own Message-IDs that a mail names anywhere: in a bounce, the letter that came back stands in its headers, in the
 * returned original or in the words around it (RFC 3464 §2, NetEase's 系统退信).
 *
 * @param raw the mail as received; a copy in base64 hides its headers and stays unknown
 */
export function lettersNamed(raw: Buffer): string[] {
  return [...new Set(raw.toString('latin1').match(/<shouli\.[^<>\s@]{1,120}@[^<>\s]{1,120}>/g) ?? [])];
}
