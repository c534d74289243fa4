import { describe, expect, test } from '@jest/globals';
import type { Share } from '../../src/application/application.ts';
import { assemble } from '../../src/application/assemble.ts';
import { currentOf } from '../../src/application/current.ts';
import { statusOfAll } from '../../src/application/status.ts';
import { type Dossier, shareOf, unfilled } from '../support/applications.ts';
import { notice } from '../support/notice.ts';

type Mail = Dossier & { from?: string; reply?: boolean; supplement?: boolean };
const nothing: Dossier = { form1: null, awards: null, patents: null, form4: null, certificates: {}, photo: null };
const jiefang = { name: '解放区总工会', known: true, quota: 2 };
const wenxian = { name: '温县总工会', known: true, quota: 2 };

/** Mails of one day, an hour apart, each with what it brings for one nominee. */
function joined(...mails: Mail[]) {
  const shares = mails.map(({ from = 'a@163.com', reply = false, supplement = false, ...dossier }, hour): Share => {
    const share = shareOf({
      ...nothing,
      ...dossier,
      receivedAt: dossier.receivedAt ?? `2018-07-10T${String(8 + hour).padStart(2, '0')}:00:00+08:00`,
    });
    return { ...share, source: { ...share.source, address: from }, reply, supplement };
  });
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
  test('such a reply from another address: a new matter, joined to nobody', () => {
    expect(joined({ ...form }, { ...photo, nominee: null, union: null, reply: true, from: 'b@qq.com' }).sizes).toEqual([
      ['李建国', 1],
      [null, 1],
    ]);
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
