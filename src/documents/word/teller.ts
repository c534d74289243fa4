import type { Flow } from './flow.ts';
import type { RowShape } from './grid.ts';

/**
 * Tells a flow about tables in the manner of .doc and RTF, where no table is opened or closed: each paragraph only says
 * how deep in tables it lies and whether it ends a cell, and a row says its shape when it ends.
 */
export function openTeller(flow: Flow) {
  const tables: { row: boolean; cell: boolean }[] = [];
  const openCell = () => {
    const table = tables.at(-1);
    if (!table) return;
    if (!table.row) flow.openRow();
    if (!table.cell) flow.openCell();
    Object.assign(table, { row: true, cell: true });
  };
  const closeTable = () => {
    const table = tables.pop();
    if (table?.cell) flow.closeCell();
    if (table?.row) flow.closeRow();
    flow.closeTable();
  };
  const reach = (depth: number) => {
    while (tables.length > depth) closeTable();
    while (tables.length < depth) {
      openCell(); // a table inside a table stands in a cell of it
      flow.openTable();
      tables.push({ row: false, cell: false });
    }
  };
  return {
    /** @param write tells the flow the text and pictures of this paragraph */
    paragraph(depth: number, isCellEnd: boolean, write: () => void) {
      reach(depth);
      openCell();
      flow.openParagraph();
      write();
      flow.closeParagraph();
      const table = tables.at(-1);
      if (!isCellEnd || !table) return;
      flow.closeCell();
      table.cell = false;
    },
    endRow(depth: number, shapes: RowShape[]) {
      reach(depth);
      const table = tables.at(-1);
      if (!table?.row) return;
      if (table.cell) flow.closeCell();
      flow.shapeRow(shapes);
      flow.closeRow();
      Object.assign(table, { row: false, cell: false });
    },
    end() {
      reach(0);
    },
  };
}
