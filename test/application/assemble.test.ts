import { describe, expect, test } from '@jest/globals';
import type { Share } from '../../src/application/application.ts';
import { assemble } from '../../src/application/assemble.ts';
import { currentOf } from '../../src/application/current.ts';
import type { Material } from '../../src/application/material.ts';
import { settle } from '../../src/application/settle.ts';
import { statusOfAll } from '../../src/application/status.ts';
import { award, type Dossier, shareOf, unfilled } from '../support/applications.ts';
import { notice } from '../support/notice.ts';

type Mail = Dossier & { from?: string; reply?: boolean; supplement?: boolean; about?: boolean; heard?: string };
const nothing: Dossier = { form1: null, awards: null, patents: null, form4: null, certificates: {}, photo: null };
const jiefang = { name: '解放区总工会', known: true, quota: 2 };
const wenxian = { name: '温县总工会', known: true, quota: 2 };

/** Mails of one day, an hour apart, each with what it brings for one nominee. */
function joined(...mails: Mail[]) {
  const shares = mails.map(
    ({ from = 'a@163.com', reply = false, supplement = false, about = true, heard = '', ...dossier }, hour): Share => {
      const share = shareOf({
        ...nothing,
        ...dossier,
        receivedAt: dossier.receivedAt ?? `2018-07-10T${String(8 + hour).padStart(2, '0')}:00:00+08:00`,
      });
      return { ...share, source: { ...share.source, address: from }, reply, supplement, about, heard };
    },
  );
  const { applications, unplaced } = assemble(shares, notice);
  return {
    applications,
    sizes: applications.map(({ nominee, shares: own }) => [nominee, own.length]),
    unplaced: unplaced.length,
  };
}

const form = { form1: {} };
const photo = { photo: {} };

describe('mails that make one application', () => {
  test('union and name, from any address', () => {
    expect(joined({ ...form }, { ...photo, from: 'b@qq.com' })).toMatchObject({ sizes: [['李建国', 2]], unplaced: 0 });
  });
  test('the name alone, from the address that sent before', () => {
    expect(joined({ ...form }, { ...photo, union: null })).toMatchObject({ sizes: [['李建国', 2]], unplaced: 0 });
  });
  test('no form, but subject or file names name the nominee: 梁占元专利证书1.jpg, from the same address', () => {
    const certificates = { certificates: { patent_list: 1 }, nominee: null, union: null };
    const named = { ...certificates, heard: '材料3|李建国专利证书1.jpg' };
    expect(joined({ ...form }, named)).toMatchObject({ sizes: [['李建国', 2]], unplaced: 0 });
    expect(joined({ ...form }, { ...named, from: 'b@qq.com' })).toMatchObject({
      sizes: [
        ['李建国', 1],
        [null, 1],
      ],
    });
  });
  test('the same where two known nominees are named: a person divides it', () => {
    const both = { ...photo, nominee: null, union: null, heard: '李建国和孙玉峰的证书' };
    expect(joined({ ...form }, { ...form, nominee: '孙玉峰' }, both)).toMatchObject({ unplaced: 1 });
  });
  test('the name alone, from a stranger: a person places it', () => {
    expect(joined({ ...form }, { ...photo, union: null, from: 'b@qq.com' })).toMatchObject({
      sizes: [['李建国', 1]],
      unplaced: 1,
    });
  });
  test('one name under two unions: two applications', () => {
    expect(joined({ ...form, union: jiefang }, { ...form, union: wenxian })).toMatchObject({
      sizes: [
        ['李建国', 1],
        ['李建国', 1],
      ],
    });
  });
  test('a reply to our letter without a name', () => {
    expect(joined({ ...form }, { ...photo, nominee: null, union: null, reply: true })).toMatchObject({
      sizes: [['李建国', 2]],
      unplaced: 0,
    });
  });
  test.each([
    ['such a reply from another address', { ...photo, nominee: null, union: null, reply: true }],
    ['another form of a known nominee from there, our number quoted', { ...form, reply: true }],
    [
      'a supplement from there that says of what round it is not',
      { ...photo, nominee: null, union: null, supplement: true, about: false },
    ],
  ])('%s: a number grants no entry, a person places it', (_, mail) => {
    expect(joined({ ...form }, { ...mail, from: 'b@qq.com' })).toMatchObject({ sizes: [['李建国', 1]], unplaced: 1 });
  });
  test('a first mail that also says 补充 opens its own application', () => {
    const rar = { open: [{ why: 'unreadable' as const, mightBe: ['photo'] }] };
    expect(joined({ ...rar, nominee: null, supplement: true })).toMatchObject({ sizes: [[null, 1]], unplaced: 0 });
  });
  test('such a reply where two applications fit: a person places it', () => {
    expect(joined({ ...form }, { ...form, nominee: '王秀英' }, { ...photo, nominee: null, reply: true })).toMatchObject(
      {
        sizes: [
          ['李建国', 1],
          ['王秀英', 1],
        ],
        unplaced: 1,
      },
    );
  });
  test('a nameless supplement joins, a nameless mail without the word goes to a person', () => {
    expect(joined({ ...form }, { ...photo, nominee: null, supplement: true })).toMatchObject({
      sizes: [['李建国', 2]],
      unplaced: 0,
    });
    expect(joined({ ...form }, { ...photo, nominee: null })).toMatchObject({ sizes: [['李建国', 1]], unplaced: 1 });
  });
  test('first a rar without a name, then the forms with one', () => {
    const { applications, sizes } = joined(
      { nominee: null, union: null, open: [{ why: 'unreadable', mightBe: ['photo'] }] },
      { ...form },
    );
    expect(sizes).toEqual([['李建国', 2]]);
    expect(applications[0]?.union?.name).toBe('解放区总工会');
  });
});

test('what waits for a person to place it is not missing where it may belong', () => {
  const { applications } = joined(
    { ...form },
    { ...form, nominee: '王秀英' },
    { certificates: { honor_certificates: 1 }, nominee: null },
  );
  expect(applications.map((application) => statusOfAll(application, notice).honor_certificates?.state)).toEqual([
    'unsure',
    'unsure',
  ]);
  expect(applications.map((application) => statusOfAll(application, notice).performance_sheet?.state)).toEqual([
    'missing',
    'missing',
  ]);
});

describe('time', () => {
  test('on time by its first mail, whatever came later', () => {
    const { applications } = joined(
      { ...form, receivedAt: '2018-07-20T23:59:59+08:00' },
      { ...photo, receivedAt: '2018-07-23T09:00:00+08:00' },
    );
    expect(applications[0]).toMatchObject({
      timeliness: 'on_time',
      lastReceivedAt: new Date('2018-07-23T09:00:00+08:00'),
    });
  });
  test('late by its first mail', () => {
    expect(joined({ ...form, receivedAt: '2018-07-21T00:00:00+08:00' }).applications[0]?.timeliness).toBe('boundary');
  });
});

describe('which version counts', () => {
  const current = (...mails: Mail[]) => {
    const [application] = joined(...mails).applications;
    if (!application) throw new Error('nothing joined');
    return {
      form: currentOf(application, 'recommendation_form').form?.form,
      photo: currentOf(application, 'photo').photo,
      states: statusOfAll(application, notice),
    };
  };

  test('the newest filled form', () => {
    expect(
      current({ form1: { 民族: '汉' } }, { form1: { 民族: '回' } }).form?.fields.find(({ key }) => key === 'nation')
        ?.text,
    ).toBe('回');
  });
  test('a blank template sent later replaces nothing', () => {
    expect(current({ form1: {} }, { form1: unfilled }).form?.blank).toBe(false);
    expect(current({ form1: unfilled }).states.recommendation_form?.state).toBe('blank_form');
  });
  test('a photo file before the one pasted into the form', () => {
    expect(current({ form1: {} }, { photo: {} }).photo?.insideForm).toBeNull();
    expect(current({ form1: {} }).photo?.insideForm).toBe('表1第13行第2列');
  });
  test('the same certificate sent twice is one certificate', () => {
    expect(
      current({ certificates: { honor_certificates: 1 } }, { certificates: { honor_certificates: 1 } }).states
        .honor_certificates,
    ).toMatchObject({ state: 'present', certificates: 1 });
  });
});

describe('two versions in one mail', () => {
  const [mail] = joined({ form1: { 民族: '汉' } }).applications;
  const [other] = joined({ form1: { 民族: '回' } }).applications;
  const nationOf = (first: string, second: string) => {
    const forms = [mail, other].flatMap((application) => application?.shares[0]?.materials[0] ?? []);
    const materials = forms.map((form, index) => ({
      ...form,
      file: index === 0 ? first : second,
      revised: (index === 0 ? first : second).includes('修改'),
    }));
    const share = mail?.shares[0];
    if (!mail || !share) throw new Error('nothing joined');
    const both = { ...mail, shares: [{ ...share, materials }] };
    return currentOf(both, 'recommendation_form').form?.form?.fields.find(({ key }) => key === 'nation')?.text;
  };
  test('the later file counts, unless the earlier says 修改', () => {
    expect(nationOf('推荐表.docx', '推荐表2.docx')).toBe('回');
    expect(nationOf('推荐表修改.docx', '推荐表.docx')).toBe('汉');
  });
});

describe('获奖证书 may be an innovation’s or an honour’s', () => {
  const both = (share: Share): Share => {
    const fits = ['innovation_list', 'honor_certificates'].map((requirement) => ({
      ...(share.materials[0] as Material),
      requirement,
      part: 'certificates' as const,
      form: null,
      file: '获奖证书.jpg',
      sha256: '获奖证书',
    }));
    const question = { why: 'unsure' as const, file: '获奖证书.jpg', sha256: '获奖证书', source: share.source };
    return {
      ...share,
      open: [{ ...question, mightBe: fits.map(({ requirement }) => requirement), reason: null, link: null, fits }],
    };
  };
  const states = (dossier: Dossier) => {
    const [application] = joined({ form1: {}, awards: [award], ...dossier }).applications;
    if (!application) throw new Error('nothing joined');
    const settled = settle({ ...application, shares: application.shares.map(both) }, notice);
    const { innovation_list, honor_certificates } = statusOfAll(settled, notice);
    return [innovation_list?.state, honor_certificates?.state];
  };
  test('both lack theirs: a person decides', () => expect(states({})).toEqual(['unsure', 'unsure']));
  test('the honours came in another mail: it is the innovation’s', () =>
    expect(states({ certificates: { honor_certificates: 1 } })).toEqual(['present', 'present']));
  test('the innovation’s came: it is the honour’s', () =>
    expect(states({ certificates: { innovation_list: 1 } })).toEqual(['present', 'present']));
  test('the honours come on paper: it is the innovation’s', () =>
    expect(states({ onPaper: ['honor_certificates'] })).toEqual(['present', 'on_paper']));
});

describe('what is unread is never missing', () => {
  const state = (open: NonNullable<Dossier['open']>) => {
    const [application] = joined({ open }).applications;
    return application && statusOfAll(application, notice).photo?.state;
  };
  test.each([
    [[], 'missing'],
    [[{ why: 'unsure' as const, mightBe: ['photo'] }], 'unsure'],
    [
      [
        { why: 'behind_link' as const, mightBe: ['photo'] },
        { why: 'unsure' as const, mightBe: ['photo'] },
      ],
      'behind_link',
    ],
    [
      [
        { why: 'unreadable' as const, mightBe: ['photo'] },
        { why: 'behind_link' as const, mightBe: ['photo'] },
      ],
      'unreadable',
    ],
    [[{ why: 'unreadable' as const, mightBe: ['patent_list'] }], 'missing'],
  ])('%j: %s', (open, expected) => {
    expect(state(open)).toBe(expected);
  });
});
