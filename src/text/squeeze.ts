/**
 * The bare form of a label, title or name, for comparing: full-width signs narrowed (NFKC), all white space and
 * zero-width signs gone. `姓　名：` and `姓 名:` both become `姓名:`. Never shown to anyone.
 */
export function squeeze(text: string): string {
  if (text.length > longest) return squeezed(text);
  const known = squeezedBefore.get(text);
  if (known !== undefined) return known;
  if (squeezedBefore.size >= most) squeezedBefore.clear();
  const bare = squeezed(text);
  squeezedBefore.set(text, bare);
  return bare;
}

/** One mail asks for thousands, nearly all of them labels and words of the round: what was asked lately is kept. */
const squeezedBefore = new Map<string, string>();
const [most, longest] = [5_000, 40];

function squeezed(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u200b-\u200f\u2060\ufeff\u00ad]+/g, '');
}
