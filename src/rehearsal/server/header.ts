/** The header's lines up to and with the empty one, as Latin-1 so that every byte survives. */
export function headerOf(raw: Buffer): string {
  const [crlf, lf] = [raw.indexOf('\r\n\r\n'), raw.indexOf('\n\n')];
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return raw.toString('latin1', 0, crlf + 4);
  return raw.toString('latin1', 0, lf < 0 ? raw.length : lf + 2);
}

/** Each field with its folded lines, line ends kept. */
export const fieldsOf = (header: string): string[] => header.match(/^[^\s:][^:\n]*:.*(?:\r?\n[ \t].*)*\r?\n?/gm) ?? [];

/** The first field of a name, unfolded, or null. */
export function fieldOf(header: string, name: string): string | null {
  const field = fieldsOf(header).find((one) => nameOf(one) === name.toLowerCase());
  return field === undefined
    ? null
    : field
        .slice(field.indexOf(':') + 1)
        .replace(/\r?\n(?=[ \t])/g, '')
        .trim();
}

export const nameOf = (field: string) => field.slice(0, field.indexOf(':')).trim().toLowerCase();
