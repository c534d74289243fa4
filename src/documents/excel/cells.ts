import { type CellObject, type Range, utils, type WorkSheet } from '@e965/xlsx';
import type { Cell, Grid } from '../document.ts';
import { contentOf } from './content.ts';

const maxCellsASheet = 20_000;
const maxMerges = 5_000;
const maxMergedRows = 5_000;
const maxMergedColumns = 500;

/** A picture and the cell (counted from 1) in whose middle it lies. */
export type PlacedPicture = { row: number; column: number; index: number };

export type SheetFacts = { name: string; hidden: boolean; is1904: boolean };

/**
 * One sheet as a grid of the cells that exist: never of the range it claims, which one cell at XFD1048576 blows up to
 * seventeen thousand million. An empty cell stands where it is the head of a merge or a picture lies in it.
 *
 * @param room how many cells may still be taken out of this file
 * @returns no cells for a blank sheet; `cut` when a limit was met
 */
export function sheetGrid(sheet: WorkSheet, facts: SheetFacts, pictures: PlacedPicture[], room: number) {
  const { name, hidden } = facts;
  const places = openPlaces(name, mergesOf(sheet), Math.min(room, maxCellsASheet));
  for (const address in sheet) {
    if (address.startsWith('!')) continue;
    const content = contentOf(sheet[address] as CellObject, facts.is1904);
    if (content.text !== '') places.fill(utils.decode_cell(address), content);
  }
  places.heads();
  for (const { row, column, index } of pictures) places.at({ r: row - 1, c: column - 1 })?.pictures.push(index);
  const cells = places.cells();
  const isBlank = cells.every((cell) => cell.text === '' && cell.pictures.length === 0);
  const grid: Grid = { kind: 'grid', name, hidden, cells: isBlank ? [] : cells };
  return { grid, cut: places.isCut() };
}

/** A merge over thousands of rows is a slip or an attack; nobody reads the sheet as one cell, so it is not one here. */
function mergesOf(sheet: WorkSheet): Range[] {
  const isSane = ({ s, e }: Range) => e.r - s.r < maxMergedRows && e.c - s.c < maxMergedColumns;
  return (sheet['!merges'] ?? []).filter(isSane).slice(0, maxMerges);
}

type Address = { r: number; c: number };

function openPlaces(sheetName: string, merges: Range[], limit: number) {
  const cells = new Map<string, Cell>();
  let cut = false;
  const headOf = ({ r, c }: Address) => merges.find(({ s, e }) => s.r <= r && r <= e.r && s.c <= c && c <= e.c);
  const at = (address: Address): Cell | null => {
    const merge = headOf(address);
    const head = merge?.s ?? address;
    const key = utils.encode_cell(head);
    const known = cells.get(key);
    if (known) return known;
    cut ||= cells.size >= limit;
    if (cut) return null;
    const cell = emptyCell(head, `${sheetName}!${key}`, merge);
    cells.set(key, cell);
    return cell;
  };
  return {
    at,
    /** A value below the head of a merge is a leftover that no one sees. */
    fill(address: Address, content: ReturnType<typeof contentOf>) {
      const cell = at(address);
      if (cell?.row === address.r + 1 && cell.column === address.c + 1) Object.assign(cell, content);
    },
    heads() {
      for (const merge of merges) at(merge.s);
    },
    cells: () => [...cells.values()].sort((a, b) => a.row - b.row || a.column - b.column),
    isCut: () => cut,
  };
}

function emptyCell({ r, c }: Address, location: string, merge: Range | undefined): Cell {
  const rowSpan = merge ? merge.e.r - merge.s.r + 1 : 1;
  const columnSpan = merge ? merge.e.c - merge.s.c + 1 : 1;
  return { row: r + 1, column: c + 1, rowSpan, columnSpan, text: '', value: null, date: null, location, pictures: [] };
}
