import { type CellObject, type Range, utils, type WorkSheet } from '@e965/xlsx';
import { attribute } from '../../office/attributes.ts';
import { walkXml } from '../../office/xml.ts';
import { type Around, cellObject } from './cell.ts';
import { openWords } from './strings.ts';
import { Unusual } from './unusual.ts';

/**
 * The cells of one worksheet part that hold something, and its merges, in the library's shape. A cell or row that does
 * not say where it stands stands behind the one before it.
 *
 * @throws Unreadable, `Unusual`
 */
export function plainSheet(part: Buffer, around: Around): WorkSheet {
  const sheet: WorkSheet = {};
  const merges: Range[] = [];
  const place = openPlace();
  const inline = openWords();
  let [attributes, value, isValue] = ['', '', false];
  const keep = () => {
    if (value === '' && !attributes.includes('inlineStr')) return; // most cells only have borders
    const stored = {
      type: attribute(attributes, 't'),
      look: attribute(attributes, 's'),
      value,
      inline: inline.words(),
    };
    const cell: CellObject | null = cellObject(stored, around);
    if (cell) sheet[place.address()] = cell;
  };
  walkXml(part, {
    open(name, given) {
      if (name === 'row') place.row(attribute(given, 'r'));
      else if (name === 'c') {
        [attributes, value] = [given, ''];
        inline.begin();
        place.cell(attribute(given, 'r'));
      } else if (name === 'mergeCell') merges.push(rangeOf(attribute(given, 'ref')));
      else inline.open(name);
      isValue = name === 'v';
    },
    close(name) {
      if (name === 'c') keep();
      else inline.close(name);
      isValue = false;
    },
    text(words) {
      if (isValue) value += words;
      else inline.text(words);
    },
  });
  return merges.length > 0 ? Object.assign(sheet, { '!merges': merges }) : sheet;
}

const oneCell = /^[A-Z]{1,3}[1-9]\d{0,6}$/;

function rangeOf(said: string | null): Range {
  if (!said?.split(':').every((corner) => oneCell.test(corner))) throw new Unusual('a merge of no cells');
  return utils.decode_range(said);
}

/** Where the cell at hand stands. */
function openPlace() {
  let [row, column, address] = [0, -1, ''];
  return {
    row(said: string | null) {
      [row, column] = [said === null ? row + 1 : Number.parseInt(said, 10), -1];
      if (!(row >= 1)) throw new Unusual('a row without place');
    },
    cell(said: string | null) {
      if (said !== null && !oneCell.test(said)) throw new Unusual('a cell without place');
      column = said === null ? column + 1 : utils.decode_cell(said).c;
      address = said ?? utils.encode_cell({ r: row - 1, c: column });
    },
    address: () => address,
  };
}
