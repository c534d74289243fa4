import { type Check, filledForms, finding } from './check.ts';

const sheets = { A3: [297, 420], A4: [210, 297] } as const;
const toleranceMm = 6;

/** Annex 1, remark 1: 用A3纸对折制作表格. Seen only where the file states a page. */
export const pageSize: Check = (application, { notice }) =>
  filledForms(application, notice).flatMap(({ requirement, material, form }) => {
    const { page: wanted } = form.definition;
    if (!wanted || !form.page) return [];
    const sides = [form.page.widthMm, form.page.heightMm].sort((a, b) => a - b);
    const fits = sides.every((side, index) => Math.abs(side - (sheets[wanted][index] ?? 0)) <= toleranceMm);
    return fits
      ? []
      : [
          finding(
            'page_not_a3',
            { requirement, material, seen: sides.map(Math.round).join('×').concat('毫米'), words: { 应为: wanted } },
            notice,
          ),
        ];
  });
