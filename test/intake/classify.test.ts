import { describe, expect, test } from '@jest/globals';
import type { Document } from '../../src/documents/document.ts';
import { classify } from '../../src/intake/classify.ts';
import { areColoursAsked } from '../../src/intake/classify-picture.ts';
import type { PictureFacts } from '../../src/pictures/picture.ts';
import { document, grid, paragraph, portrait } from '../support/documents.ts';
import { certificate, file, form1For, scan } from '../support/files.ts';
import { notice } from '../support/notice.ts';

const [innovation, patents, honours] = ['innovation_list', 'patent_list', 'honor_certificates'];
const every = notice.requirements.map(({ code }) => code);

/** What one file alone is taken for: the requirements it answers, and those it might be evidence for. */
function sorted(path: string, content: Parameters<typeof file>[1], type?: Parameters<typeof file>[2]) {
  const [one] = classify([file(path, content, type)], notice);
  return { answers: one?.answers.map(({ requirement, part }) => `${requirement} ${part}`), mightBe: one?.mightBe };
}
const mightBe = (...args: Parameters<typeof sorted>) => sorted(...args).mightBe;

describe('one name for several kinds of certificates: any of them may be inside', () => {
  test.each([
    ['李建国荣誉证书及专利证书.pdf', [honours, patents]],
    ['荣誉证书、获奖证书和专利证书.pdf', [honours, innovation, patents]],
    ['荣誉、获奖、专利证书汇总.pdf', [honours, innovation, patents]],
    ['专利证书+荣誉证书.zip/IMG_1.pdf', [patents, honours]],
  ])('%s', (path, codes) => {
    expect(mightBe(path, scan)?.toSorted()).toEqual(codes.toSorted());
    expect(mightBe(path, certificate)?.toSorted()).toEqual(codes.toSorted());
  });
  test.each([
    ['专利证书-一种夹具及加工方法.jpg', `${patents} certificates`],
    ['主要发明专利、实用新型专利证书.jpg', `${patents} certificates`],
    ['荣誉证书、专利证书.zip/专利证书1.jpg', `${patents} certificates`],
    ['焦作市三八红旗手证书.jpg', `${honours} certificates`],
    ['优秀共产党员.jpg', `${honours} certificates`],
    ['焦作市职工技术创新成果奖（优秀奖）.jpg', `${innovation} certificates`],
  ])('%s says one', (path, answer) => {
    expect(sorted(path, certificate).answers).toEqual([answer]);
  });
  test.each([
    ['附件2证书.pdf', [`${innovation} certificates`]],
    ['附件三 证书扫描件.pdf', [`${patents} certificates`]],
    ['附件2.pdf', []],
    ['附件2一览表及证书.pdf', []],
  ])('scanned: %s', (path, answers) => {
    expect(sorted(path, scan).answers).toEqual(answers);
  });
});

describe('certificates pasted into a file beside its form', () => {
  const pasted = (facts: Partial<PictureFacts>) => ({ ...portrait, ...certificate, location: '', ...facts });
  const withPictures = (content: Document, ...facts: Partial<PictureFacts>[]) => ({
    ...content,
    pictures: facts.map(pasted),
  });
  const list = document([
    paragraph('专利成果一览表'),
    grid([
      ['序号', '专利名称', '专利类型', '专利号', '授权公告日'],
      ['1', '一种支架', '发明', 'ZL201310699744.2', '2015.06'],
    ]),
  ]);
  test('below a list: they may be its own', () => {
    expect(sorted('附件3.docx', withPictures(list, {}))).toEqual({ answers: [`${patents} form`], mightBe: [patents] });
  });
  test('behind a 推荐表: they may be any', () => {
    expect(mightBe('推荐表.docx', withPictures(form1For('李建国'), {}))).toEqual([innovation, patents, honours]);
  });
  test('under a heading that says which', () => {
    const { blocks } = form1For('李建国');
    expect(mightBe('推荐表.docx', withPictures(document([...blocks, paragraph('附：荣誉证书')]), {}))).toEqual([
      honours,
    ]);
  });
  test.each([
    ['a seal is square', { width: 420, height: 420 }],
    ['a signature is flat', { width: 600, height: 120 }],
    ['a second portrait', { width: 413, height: 579, paperShare: 0.2 }],
  ])('%s: nothing to look for', (_, facts) => {
    expect(mightBe('附件3.docx', withPictures(list, facts))).toEqual([]);
  });
});

describe('what only speaks of certificates or lists', () => {
  test('a table of honours without a picture is no copy of a certificate', () => {
    const honoursTold = document([
      paragraph('荣誉目录'),
      paragraph('1. 某省技术能手'),
      paragraph('2. 某市五一劳动奖章'),
    ]);
    expect(sorted('荣誉目录.docx', honoursTold)).toEqual({ answers: [], mightBe: [honours] });
    expect(sorted('荣誉证书.pdf', { ...honoursTold, pages: 1 }).answers).toEqual([`${honours} certificates`]);
  });
  test('a list under the round’s title in columns nobody knows is for a person', () => {
    const told = grid([
      ['编号', '创新内容', '何时何地获何奖'],
      ['1', '卡盘改造', '2015年某市二等奖'],
    ]);
    expect(mightBe('表.xlsx', document([paragraph('技术创新成果一览表'), told]))).toEqual([innovation]);
  });
  test('a table of contents that names a list is none', () => {
    const contents = grid([
      ['序号', '材料'],
      ['1', '技术创新成果一览表'],
      ['2', '照片'],
    ]);
    expect(mightBe('目录.docx', document([paragraph('材料目录'), contents]))).toEqual([]);
  });
  test('the notice sent back with its empty annexes is nobody’s material', () => {
    const blank = grid([
      ['姓名', '', '性别', ''],
      ['工作单位', '', '联系电话', ''],
    ]);
    const call = document([paragraph('关于选树首批焦作工匠的通知'), paragraph('焦作工匠推荐表'), blank]);
    expect(sorted('通知.docx', call)).toEqual({ answers: [], mightBe: [] });
    expect(sorted('推荐表.docx', document([paragraph('焦作工匠推荐表'), blank])).answers).toHaveLength(1);
  });
});

test.each([
  ['申报表.rar', 'archive_unsupported', 'rar', every],
  ['荣誉证书.zip', 'corrupt', 'zip', every],
  ['推荐表.7z', 'corrupt', 'unknown', every],
  ['推荐表.docx', 'encrypted', 'docx', ['recommendation_form']],
] as const)('unread, %s might be', (path, reason, type, codes) => {
  expect(mightBe(path, reason, type)).toEqual(codes);
});

test.each([
  ['荣誉证书.jpg', false],
  ['推荐表扫描件.jpg', false],
  ['专利证书.jpeg', false],
  ['2寸照片.jpg', true],
  ['IMG_20180712.jpg', true],
  ['李建国.jpg', true],
])('%s: do its colours say more than its name? %p', (name, asked) => {
  expect(areColoursAsked(name, notice)).toBe(asked);
});
