/** `<c/>`: no cell or row is shorter. */
const unitBytes = 4;
/** Cells and rows of one sheet that the library is given; a form has hundreds. */
const maxUnits = 60_000;

/**
 * Shortens a sheet that was formatted down to its last row: everything behind the row with the 60,000th cell goes, the
 * merges and the rest after the rows stay. Parsing a million empty rows takes the library ten seconds.
 *
 * @returns `cut` only when a value was among what went
 */
export function cutRows(sheet: Buffer): { bytes: Buffer; cut: boolean } {
  if (sheet.length < maxUnits * unitBytes) return { bytes: sheet, cut: false };
  const xml = sheet.toString('latin1');
  const unit = /<(?:\w+:)?(?:c|row)[\s/>]/g;
  let units = 0;
  while (units <= maxUnits && unit.exec(xml)) units += 1;
  if (units <= maxUnits) return { bytes: sheet, cut: false };
  const rowEnd = /<\/(?:\w+:)?row>|<(?:\w+:)?row\s[^>]*\/>/g;
  rowEnd.lastIndex = unit.lastIndex;
  const rowsEnd = /<\/(?:\w+:)?sheetData>/.exec(xml)?.index;
  const stop = rowEnd.exec(xml);
  if (!stop || rowsEnd === undefined) return { bytes: sheet, cut: false };
  const end = stop.index + stop[0].length;
  const isContentLost = /<(?:\w+:)?(?:v|is)[\s>]/.test(xml.slice(end, rowsEnd));
  return { bytes: Buffer.from(xml.slice(0, end) + xml.slice(rowsEnd), 'latin1'), cut: isContentLost };
}
