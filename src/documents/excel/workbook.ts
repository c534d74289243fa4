import { attribute } from '../office/attributes.ts';
import { walkXml } from '../office/xml.ts';

/** A sheet as the workbook lists it, in the order of its tabs. */
export type ListedSheet = { name: string; relationId: string };

/** The tabs of `xl/workbook.xml`, charts among them. */
export function listSheets(workbook: Buffer): ListedSheet[] {
  const sheets: ListedSheet[] = [];
  walkXml(workbook, {
    open: (name, attributes) => {
      if (name !== 'sheet') return;
      sheets.push({ name: attribute(attributes, 'name') ?? '', relationId: attribute(attributes, 'id') ?? '' });
    },
  });
  return sheets;
}
