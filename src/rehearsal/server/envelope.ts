import { fieldOf } from './header.ts';

/** ENVELOPE of RFC 3501 §7.4.2, from the header as Latin-1; 8-bit bytes stay as they are, in literals. */
export function envelopeOf(header: string): string {
  const field = (name: string) => fieldOf(header, name);
  const from = addresses(field('from'));
  const orFrom = (name: string) => (field(name) ? addresses(field(name)) : from);
  const people = [
    from,
    orFrom('sender'),
    orFrom('reply-to'),
    ...['to', 'cc', 'bcc'].map((name) => addresses(field(name))),
  ];
  const [date, subject, answered, id] = ['date', 'subject', 'in-reply-to', 'message-id'].map((name) =>
    text(field(name)),
  );
  return `(${[date, subject, ...people, answered, id].join(' ')})`;
}

/** A quoted string where that is allowed, else a literal (RFC 3501 §4.3). */
export function text(value: string | null): string {
  if (value === null) return 'NIL';
  if (/^[ -~]*$/.test(value)) return `"${value.replace(/["\\]/g, '\\$&')}"`;
  return `{${value.length}}\r\n${value}`;
}

function addresses(value: string | null): string {
  const people = (value ?? '').match(/(?:"(?:\\.|[^"\\])*"|[^,"])+/g) ?? [];
  return people.length === 0 ? 'NIL' : `(${people.map(address).join('')})`;
}

/** `名字 <local@domain>` or a bare address; what is neither is put where the local part stands. */
function address(written: string): string {
  const [, name = '', inside] = /^\s*(.*?)\s*<([^>]*)>/s.exec(written) ?? [];
  const whole = (inside ?? written).trim();
  const at = whole.lastIndexOf('@');
  const [local, domain] = at < 0 ? [whole, ''] : [whole.slice(0, at), whole.slice(at + 1)];
  const shown = name.replace(/^"(.*)"$/s, '$1').replace(/\\(.)/g, '$1');
  return `(${text(shown || null)} NIL ${text(local)} ${text(domain)})`;
}
