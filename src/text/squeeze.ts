import { rememberLately } from './lately.ts';

/**
 * The bare form of a label, title or name, for comparing: full-width signs narrowed (NFKC), all white space and
 * zero-width signs gone. `姓　名：` and `姓 名:` both become `姓名:`. Never shown to anyone.
 */
export const squeeze = (text: string): string => (text.length > longest ? squeezed : squeezedLately)(text);

const longest = 40;
const squeezed = (text: string) => text.normalize('NFKC').replace(/[\s\u200b-\u200f\u2060\ufeff\u00ad]+/g, '');
const squeezedLately = rememberLately(squeezed, 5_000);
