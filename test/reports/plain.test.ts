import { describe, expect, test } from '@jest/globals';
import { maskNumbers, plain } from '../../src/reports/plain.ts';

describe('numbers of people are masked wherever strangers write them', () => {
  test.each([
    ['an ID number in a subject', '推荐表410890197503150016张某', '推荐表********0016张某'],
    ['one that ends in X', '41089019750315001X', '********001X'],
    ['typed in full-width signs', '４１０８９０１９７５０３１５００１Ｘ', '********001X'],
    ['typed in groups', '410890 19750315 0016', '********0016'],
    ['an old one of 15 digits', '410890750315001', '********5001'],
    ['masked by a check, its area still showing', '410890********0016', '********0016'],
    ['a bank card', '6222020000000000000', '********0000'],
    ['a phone', '联系13900000000', '联系139****0000'],
    ['a phone in groups', '139-0000-0000', '139****0000'],
    ['a phone with its country', '8613900000000', '86139****0000'],
    ['a phone as mail address', '13900000000@example.com', '139****0000@example.com'],
    ['an office line', '0391-0000000', '0391-****00'],
    ['an office line of a big city', '(010)00000000', '(010)****00'],
  ])('%s', (_, given, shown) => {
    expect(maskNumbers(given)).toBe(shown);
  });

  test('a zero-width sign inside the number hides nothing', () => {
    expect(plain('410890\u200b197503150016')).toBe('********0016');
  });

  test('masking what is masked changes nothing', () => {
    const once = maskNumbers('410890197503150016 13900000000 0391-0000000');
    expect(maskNumbers(once)).toBe(once);
  });

  test.each([
    ['an application’s number', 'JZGJ-2018-0007、JZGJ-2018-0008'],
    ['a picture named by the phone', '微信图片_20180716123456.jpg'],
    ['a QQ address', '0391000105@qq.com'],
    ['a patent number', 'ZL201310699744.2'],
    ['a day and an hour', '2018-07-18 08:30:00'],
  ])('%s stays', (_, given) => {
    expect(maskNumbers(given)).toBe(given);
  });
});

test('a report is one line without signs that hide, turn or lead elsewhere', () => {
  expect(plain('补充\r\nBcc: 某人\u202e材料\u0000')).toBe('补充 Bcc: 某人材料');
  expect(plain('见 https://example.com/a?b=1，谢谢')).toBe('见 （网址略），谢谢');
});

test('long text is cut with a mark, signs outside the basic plane kept whole', () => {
  expect(plain('𠮷'.repeat(8), 5)).toBe('𠮷𠮷𠮷𠮷…');
  expect(plain('𠮷'.repeat(5), 5)).toBe('𠮷𠮷𠮷𠮷𠮷');
});

test('a megabyte of letters takes no time', () => {
  const started = performance.now();
  plain('a'.repeat(1_000_000));
  plain('1'.repeat(1_000_000));
  plain(`1${'*'.repeat(1_000_000)}`);
  expect(performance.now() - started).toBeLessThan(1000);
});
