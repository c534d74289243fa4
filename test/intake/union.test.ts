import { expect, test } from '@jest/globals';
import { readForms } from '../../src/forms/read-forms.ts';
import { unionOf } from '../../src/intake/union.ts';
import { document, grid, paragraph } from '../support/documents.ts';
import { notice } from '../support/notice.ts';

/** A 推荐表 whose cover names who recommends, in a mail that says nothing more. */
function named(stated: string): string {
  const rows = [
    ['推荐单位', stated],
    ['姓名', '李建国'],
    ['性别', '男'],
    ['工作单位', '某厂'],
    ['联系电话', '0391-0000000'],
  ];
  const forms = readForms(document([paragraph('焦作工匠推荐表'), grid(rows)]), notice);
  const mail = { subject: '', text: '', from: null } as Parameters<typeof unionOf>[1];
  const union = unionOf(forms, mail, [], notice);
  return union === null ? '' : `${union.name}${union.known ? '' : '？'}`;
}

test.each([
  ['焦作市中站区总工会　　中站区人力资源和社会保障局', '中站区总工会'],
  ['中站区人社局\n中站区总工会（公章）', '中站区总工会'],
  ['焦 作 市 温 县 总 工 会', '温县总工会'],
  ['孟州市　隆丰皮鞋厂工会', '孟州市隆丰皮鞋厂工会？'],
])('two seals with a gap, a works and its town: %s', (stated, union) => {
  expect(named(stated)).toBe(union);
});
