/**
 * A folder's name as IMAP writes it (RFC 3501 §5.1.3): `垃圾邮件` travels as `&V4NXPpCuTvY-`.
 *
 * @param name as a person reads it
 */
export function toImapName(name: string): string {
  return name.replace(/&|[^ -~]+/g, (run) => (run === '&' ? '&-' : `&${shifted(run)}-`));
}

/** @param wire a folder's name off the wire; a broken shift comes back as far as it can be read, and matches no folder */
export function fromImapName(wire: string): string {
  return wire.replace(/&([^-]*)-/g, (_, run: string) => (run === '' ? '&' : unshifted(run)));
}

/** UTF-16, big end first, in a base64 that has a comma for the slash and no padding. */
const shifted = (run: string) =>
  Buffer.from(run, 'utf16le').swap16().toString('base64').replace(/=+$/, '').replaceAll('/', ',');

function unshifted(run: string): string {
  const bytes = Buffer.from(run.replaceAll(',', '/'), 'base64');
  return bytes
    .subarray(0, bytes.length & ~1)
    .swap16()
    .toString('utf16le');
}
