import { type Attributes, attribute } from '../office/attributes.ts';
import { walkXml } from '../office/xml.ts';

/** A sheet as the workbook lists it, in the order of its tabs. */
export type ListedSheet = { name: string; relationId: string; hidden: boolean };

/** `xl/workbook.xml`: the tabs, charts among them, and whether days count from 1904 (books once made on a Mac). */
export type Workbook = { sheets: ListedSheet[]; is1904: boolean };

/** @throws Unreadable */
export function readWorkbook(part: Buffer): Workbook {
  const workbook: Workbook = { sheets: [], is1904: false };
  walkXml(part, {
    open: (name, attributes) => {
      if (name === 'workbookPr') workbook.is1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '');
      if (name === 'sheet') workbook.sheets.push(listed(attributes));
    },
  });
  return workbook;
}

const listed = (attributes: Attributes): ListedSheet => ({
  name: attribute(attributes, 'name') ?? '',
  relationId: attribute(attributes, 'id') ?? '',
  hidden: /hidden$/i.test(attribute(attributes, 'state') ?? ''),
});
