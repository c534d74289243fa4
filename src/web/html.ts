/** Markup that was written by us; everything else is escaped when it is put in. */
export type Html = { readonly markup: string };
export type Insertable = Html | string | number | null | undefined | false | readonly Insertable[];

const marks: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Controls that turn the reading direction of what follows: `照片\u202egpj.exe` would be read as a picture. */
const turning = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g;
const unprintable = /[^\P{Cc}\n\t]/gu;

/**
 * A piece of a page: html`<td>${name}</td>`. Strings are escaped, for text and for quoted attributes alike; lists are
 * joined; null and false leave nothing. Attributes must be quoted in the template.
 */
export const html = (parts: TemplateStringsArray, ...inserted: readonly Insertable[]): Html => ({
  markup: String.raw({ raw: parts }, ...inserted.map(render)),
});

/** Markup made elsewhere by our own code (the previews): put in as it is. */
export const trusted = (markup: string): Html => ({ markup });

function render(inserted: Insertable): string {
  if (inserted === null || inserted === undefined || inserted === false) return '';
  if (typeof inserted === 'number') return String(inserted);
  if (typeof inserted === 'string') return escaped(inserted);
  return 'markup' in inserted ? inserted.markup : inserted.map(render).join('');
}

const escaped = (text: string) =>
  text
    .replace(/[&<>"']/g, (mark) => marks[mark] ?? mark)
    .replace(turning, '\ufffd')
    .replace(unprintable, '\ufffd');
