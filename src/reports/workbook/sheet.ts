/**
 * What a cell may hold: text (masked: strangers wrote most of it), a figure, an instant (shown in office time), nothing,
 * or a hash of ours, which masking would spoil.
 */
export type Cell = string | number | Date | { hash: string } | null;

/** One sheet of the ledger: heads with widths in signs, and its rows. */
export type Sheet = { name: string; columns: { head: string; width: number }[]; rows: Cell[][] };

/** A sheet from its columns, each with what it takes of a record; so a head and its value stand in one line. */
export function sheetOf<Item>(
  name: string,
  items: readonly Item[],
  columns: readonly [head: string, width: number, take: (item: Item) => Cell][],
): Sheet {
  return {
    name,
    columns: columns.map(([head, width]) => ({ head, width })),
    rows: items.map((item) => columns.map(([, , take]) => take(item))),
  };
}
