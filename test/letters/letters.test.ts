import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Parser } from 'htmlparser2';
import type { Application, CheckedApplication } from '../../src/application/application.ts';
import { peersOf } from '../../src/application/peers.ts';
import { check } from '../../src/checks/index.ts';
import { chineseCount, chineseNumber } from '../../src/letters/chinese-number.ts';
import { chooseLetter } from '../../src/letters/choose.ts';
import type { Letter } from '../../src/letters/letter.ts';
import { writeLetter } from '../../src/letters/write.ts';
import type { Notice } from '../../src/notice/notice.ts';
import { application, award, type Dossier } from '../support/applications.ts';
import { notice } from '../support/notice.ts';

const everything = [
  'recommendation_form',
  'innovation_list',
  'patent_list',
  'performance_sheet',
  'honor_certificates',
  'photo',
];
const nothing: Dossier = { form1: null, awards: null, patents: null, form4: null, certificates: {}, photo: null };
const looked = (one: Application): CheckedApplication => check(one, { notice, peers: peersOf(one, [one]) });

function letterFor(one: Application, now = '2018-07-19T09:00:00+08:00', round: Notice = notice): Letter {
  const checked = looked(one);
  return writeLetter(checked, chooseLetter(checked, notice, new Date(now)), 'JZGJ-2018-0007', round);
}

/** Each letter that goes out, and the dossier that calls for it. The files were written by hand, as a clerk would want to read them. */
const letters: Record<string, () => Letter> = {
  'receipt-complete': () => letterFor(application()),
  'receipt-with-advice': () =>
    letterFor(
      application({
        form1: { 从事现岗位工作时间: '12年' },
        patents: [['1', '无', '', '', '', '']],
        form4: { 发明专利: '0' },
        certificates: { innovation_list: 1 },
        onPaper: ['honor_certificates'],
        photo: null,
      }),
    ),
  'receipt-for-staff-to-look': () =>
    letterFor(
      application({
        form1: null,
        form4: null,
        certificates: { innovation_list: 1, patent_list: 1 },
        open: [
          { why: 'unreadable', reason: 'encrypted', file: '材料.zip/推荐表.docx', mightBe: ['recommendation_form'] },
          { why: 'unsure', file: '微信图片_20180716.jpg', mightBe: ['honor_certificates'] },
          {
            why: 'behind_link',
            file: '量化表.xlsx',
            mightBe: ['performance_sheet'],
            link: {
              provider: 'QQ邮箱超大附件',
              name: '量化表.xlsx',
              bytes: 80_000_000,
              expiresAt: '2018-08-15T10:00:00+08:00',
              url: 'https://mail.qq.com/cgi-bin/ftnExs_download?k=1',
            },
          },
        ],
      }),
    ),
  'receipt-to-the-nominee': () => {
    const one = application();
    const [share] = one.shares;
    if (share) share.source.senderName = '李建国';
    return letterFor(one, undefined, {
      ...notice,
      office: { ...notice.office, contact: '王某', phone: '0391-0000000' },
    });
  },
  'correction-request': () =>
    letterFor(
      application({
        form1: { 身份证号码: '410890197503150017' },
        awards: [award.map((cell, at) => (at === 5 ? '' : cell))],
        form4: null,
        certificates: { innovation_list: 1 },
        photo: { grey: true },
        open: [{ why: 'unreadable', reason: 'corrupt', file: '量化表.docx', mightBe: ['performance_sheet'] }],
      }),
    ),
  'correction-after-the-cut-off': () => letterFor(application({ form4: null }), '2018-07-21T00:00:00+08:00'),
  'late-notice': () => letterFor(application({ form4: null, receivedAt: '2018-07-21T00:00:00+08:00' })),
  'late-notice-with-an-archive': () =>
    letterFor(
      application({
        ...nothing,
        receivedAt: '2018-07-21T00:00:00+08:00',
        open: [{ why: 'unreadable', reason: 'archive_unsupported', file: '材料.rar', mightBe: everything }],
      }),
    ),
  'nobody-known': () =>
    letterFor(
      application({
        ...nothing,
        union: null,
        nominee: null,
        open: [{ why: 'unreadable', reason: 'archive_unsupported', file: '材料.rar', mightBe: everything }],
      }),
    ),
};

describe('letters as they are read', () => {
  test.each(Object.keys(letters))('%s', (name) => {
    const letter = letters[name]?.();
    expect(`${letter?.subject}\n\n${letter?.text}`).toBe(readFileSync(`test/letters/golden/${name}.txt`, 'utf8'));
  });

  test('every golden file belongs to a letter', () => {
    expect(readdirSync('test/letters/golden').sort()).toEqual(
      Object.keys(letters)
        .map((name) => `${name}.txt`)
        .sort(),
    );
  });

  test.each(Object.keys(letters))('%s: the HTML says the same words, holds no link, picture or script', (name) => {
    const letter = letters[name]?.();
    const tags = new Set<string>();
    let words = '';
    new Parser({ onopentag: (tag) => tags.add(tag), ontext: (text) => (words += text) }).end(letter?.html ?? '');
    expect(words.replace(/\s/g, '')).toBe(letter?.text.replace(/\s/g, ''));
    expect(
      [...tags].filter((tag) => !['html', 'head', 'meta', 'body', 'div', 'p', 'br', 'ul', 'li'].includes(tag)),
    ).toEqual([]);
  });

  test.each(Object.keys(letters))('%s: no ID number, no mobile number, no address to click', (name) => {
    const said = JSON.stringify(letters[name]?.());
    expect(said).not.toMatch(/\d{15}|1\d{10}|https?:/);
  });
});

describe('which letter', () => {
  const kindAt = (one: Application, now: string) => chooseLetter(looked(one), notice, new Date(now));
  test.each([
    ['complete', application(), '2018-07-19T09:00:00+08:00', { kind: 'receipt', held: false }],
    ['complete, told after the cut-off', application(), '2018-07-22T09:00:00+08:00', { kind: 'receipt', held: false }],
    [
      'a gap, one second before the cut-off',
      application({ form4: null }),
      '2018-07-20T23:59:59+08:00',
      { kind: 'correction_request', dated: true, held: false },
    ],
    [
      'a gap, at the cut-off',
      application({ form4: null }),
      '2018-07-21T00:00:00+08:00',
      { kind: 'correction_request', dated: false, held: true },
    ],
    [
      'only something unread',
      application({ form4: null, open: [{ why: 'unreadable', mightBe: ['performance_sheet'] }] }),
      '2018-07-19T09:00:00+08:00',
      { kind: 'receipt' },
    ],
    [
      'a gap, arrived at the cut-off',
      application({ form4: null, receivedAt: '2018-07-21T00:00:00+08:00' }),
      '2018-07-21T00:20:00+08:00',
      { kind: 'late_notice', held: false },
    ],
    [
      'complete, arrived two days late',
      application({ receivedAt: '2018-07-23T00:00:00+08:00' }),
      '2018-07-23T00:20:00+08:00',
      { kind: 'late_notice', held: false },
    ],
    ['only a note for staff', application({ union: null }), '2018-07-19T09:00:00+08:00', { kind: 'receipt' }],
    ['only advice', application({ photo: { grey: true } }), '2018-07-19T09:00:00+08:00', { kind: 'receipt' }],
  ])('%s', (_, one, now, expected) => {
    expect(kindAt(one, now)).toMatchObject(expected);
  });
});

describe('hostile words', () => {
  test('line breaks of a name open no header', () => {
    const letter = letterFor(application({ nominee: '李\r\nBcc: all@example.com' }));
    expect(letter.subject).not.toMatch(/[\r\n]/);
  });
  test('markup in a file name or name stays text', () => {
    const letter = letterFor(
      application({ nominee: '<script>alert(1)</script>', union: { name: '<b>{{编号}}</b>', known: false, quota: 1 } }),
    );
    expect(letter.html).not.toContain('<script>');
    expect(letter.text).toContain('<b>{{编号}}</b>');
  });
});

test.each([
  [0, '零'],
  [6, '六'],
  [10, '十'],
  [12, '十二'],
  [20, '二十'],
  [35, '三十五'],
  [99, '九十九'],
])('%i is %s', (value, said) => {
  expect(chineseNumber(value)).toBe(said);
});

test('two things are 两, the second is 二', () => {
  expect([chineseCount(2), chineseNumber(2), chineseCount(12)]).toEqual(['两', '二', '十二']);
});
