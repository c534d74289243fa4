import { storable } from '../../documents/storable.ts';
import type { Mark } from '../preview.ts';

/** Signs that have no shape or turn the writing direction: a reviewer must see the text in the order it is stored. */
const shapeless = /(?![\t\n])[\p{Cc}\p{Bidi_Control}\ufeff\ufff9-\ufffb]/gu;
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text of a stranger as it may stand in a page: whole signs with a shape, nothing that HTML takes for markup. */
export function escaped(text: string): string {
  const plain = storable(text.replace(/\r\n?/g, '\n')).replace(shapeless, '');
  return plain.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
}

/** More of one cell or paragraph is a book, more of a file nobody reads in a preview. */
const maxSignsAPlace = 4_000;
const maxSignsAFile = 400_000;
const leastSigns = 20;
const maxCellsAFile = 40_000;
/** A sheet's name is at most 31 signs; a location that is longer points nowhere, and would stand in every cell. */
const maxSignsOfAPlace = 120;

export type Pen = ReturnType<typeof openPen>;

/**
 * Writes the parts of a preview that come from strangers, and keeps account of the places that are to be seen.
 *
 * @param places locations to be marked; each gets `marked-1`, `marked-2` … by its first mention here
 */
export function openPen(places: readonly string[]) {
  const wanted = new Map([...new Set(places)].map((place, index) => [escaped(place), { id: `marked-${index + 1}` }]));
  const met = new Set<string>();
  let signs = 0;
  let cells = 0;
  let cut = false;

  return {
    isMarked: (place: string) => wanted.size > 0 && wanted.has(escaped(place)),
    /** The attributes of the element that shows a place. Two elements may share one: both are marked, one has the id. */
    at(place: string, className = ''): string {
      const name = place.length > maxSignsOfAPlace ? '' : escaped(place);
      const mark = name === '' ? undefined : wanted.get(name);
      const classes = [className, mark ? 'marked' : ''].filter(Boolean).join(' ');
      const id = mark && !met.has(name) ? ` id="${mark.id}"` : '';
      if (mark) met.add(name);
      return [classes && ` class="${classes}"`, name && ` data-place="${name}"`, id, mark ? ' tabindex="0"' : ''].join(
        '',
      );
    },
    /** Text, shortened where it is a book; it says how much is missing. */
    text(words: string): string {
      const room = Math.max(leastSigns, Math.min(maxSignsAPlace, maxSignsAFile - signs));
      const shown = words.length > room ? words.slice(0, room) : words;
      signs += shown.length;
      if (shown === words) return escaped(words);
      cut = true;
      return `${escaped(shown)}<span class="left-out">……（此处省略 ${words.length - shown.length} 字）</span>`;
    },
    /** How many rows of a table there is room for; what is granted counts as taken. */
    roomForRows(rows: number, columns: number): number {
      const room = Math.max(0, Math.min(rows, Math.floor((maxCellsAFile - cells) / Math.max(1, columns))));
      cells += room * columns;
      return room;
    },
    leaveOut() {
      cut = true;
    },
    /** The places asked for, in that order, and whether something was left out. */
    finish(): { marks: Mark[]; cut: boolean } {
      const marks = places.map((place) => {
        const name = escaped(place);
        return { place, id: met.has(name) ? (wanted.get(name)?.id ?? null) : null };
      });
      return { marks, cut };
    },
  };
}
