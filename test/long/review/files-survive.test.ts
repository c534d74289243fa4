import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FileRef } from '../../../src/review/acts.ts';
import { type Desk, done, openDesk } from '../../support/desk.ts';
import { persona } from '../../support/life.ts';

/** Files that the machine could not sort, or not open, and names that it read and a person corrects. */
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk('15 08:00');
  await desk.arrives('15 10:00', persona('sealed-form-as-scanned-pdf'));
  await desk.arrives('15 10:01', persona('wechat-named-certificates'));
  await desk.arrives('15 10:02', persona('rar-only'));
  await desk.arrives('15 10:03', persona('unknown-union-personal-qq'));
  await desk.passes('15 10:04');
}, 60_000);
afterAll(() => desk.close());

/** The one mail of an application. */
async function fileOf(number: string, path: string): Promise<FileRef> {
  const [share = ''] = await desk.shares(number);
  return { mail: share.slice(0, share.lastIndexOf('#')), path };
}
const stateOf = async (number: string, requirement: string) => (await desk.record(number)).requirements[requirement];
const assign = async (number: string, path: string, requirement: string, part: 'form' | 'certificates' | 'photo') =>
  desk.act({ kind: 'reassign_material', number, file: await fileOf(number, path), to: { requirement, part } });

test('a scanned form that a person recognised is there; the receipt says that all six are', async () => {
  const number = await desk.numberOf('尚德胜');
  expect(await stateOf(number, 'recommendation_form')).toMatchObject({ state: 'unsure' });
  done(await assign(number, '推荐表（盖章）.pdf', 'recommendation_form', 'form'));
  expect(await stateOf(number, 'recommendation_form')).toEqual({ state: 'present', files: ['推荐表（盖章）.pdf'] });
  expect(await desk.record(number)).toMatchObject({ complete: true });
  await desk.passes('15 10:24');
  await desk.survives();
  expect(desk.outbox().filter((raw) => raw.includes(number))).toHaveLength(1);
}, 60_000);

test('certificates sorted one by one; what is no material is put aside, and nothing is asked for', async () => {
  const number = await desk.numberOf('田永强');
  const to = [
    ['微信图片_20180715093010.jpg', 'innovation_list'],
    ['微信图片_20180715093013.jpg', 'innovation_list'],
    ['微信图片_20180715093016.jpg', 'patent_list'],
  ] as const;
  for (const [path, requirement] of to) done(await assign(number, path, requirement, 'certificates'));
  expect(await stateOf(number, 'innovation_list')).toMatchObject({ state: 'present', certificates: 2 });
  expect(await stateOf(number, 'honor_certificates')).toMatchObject({ state: 'unsure' });
  const aside = await fileOf(number, '微信图片_20180715093019.jpg');
  const act = done(await desk.act({ kind: 'reassign_material', number, file: aside, to: 'aside' }));
  expect(await stateOf(number, 'honor_certificates')).toMatchObject({ state: 'missing' });
  expect(await desk.letters(number)).toEqual(['receipt sent', 'correction_request due']); // thanked at 10:21, before anybody looked
  await desk.loseAndRebuild();
  done(await desk.act({ kind: 'undo', number, act, note: '是荣誉证书' }));
  done(await assign(number, aside.path, 'honor_certificates', 'certificates'));
  expect(await desk.record(number)).toMatchObject({ complete: true });
  await desk.survives();
}, 60_000);

test('what nobody could open was looked at elsewhere: it is the photo', async () => {
  const number = await desk.numberOf('许志远');
  done(await assign(number, '材料.rar', 'photo', 'photo'));
  expect(await stateOf(number, 'photo')).toEqual({ state: 'present', files: ['材料.rar'] });
  expect(await stateOf(number, 'performance_sheet')).toMatchObject({ state: 'missing' });
  await desk.rerunAll();
  expect(await stateOf(number, 'photo')).toEqual({ state: 'present', files: ['材料.rar'] });
}, 60_000);

test('a file that was taken for one thing is another', async () => {
  const number = await desk.numberOf('刘满仓');
  const act = done(await assign(number, '荣誉证书-焦作市技术能手.jpg', 'innovation_list', 'certificates'));
  expect(await stateOf(number, 'innovation_list')).toMatchObject({ certificates: 2 });
  expect(await stateOf(number, 'honor_certificates')).toMatchObject({ state: 'missing' });
  done(await desk.act({ kind: 'undo', number, act, note: '原来是对的' }));
  expect(await stateOf(number, 'honor_certificates')).toMatchObject({ state: 'present' });
}, 60_000);

test('a union of the roster is known at once; taken back, it is as the mail says', async () => {
  const number = await desk.numberOf('刘满仓');
  expect(await desk.record(number)).toMatchObject({ unionKnown: false, unionQuota: 1 });
  const act = done(await desk.act({ kind: 'set_union', number, name: '温县' }));
  const record = await desk.record(number);
  expect(record).toMatchObject({ union: '温县总工会', unionKnown: true, unionQuota: 2 });
  expect(record.findings.map(({ code }) => code)).not.toContain('union_unknown');
  await desk.survives();
  done(await desk.act({ kind: 'undo', number, act, note: '不是温县' }));
  expect(await desk.record(number)).toMatchObject({ union: '焦作市丰禾机械厂工会', unionKnown: false });
}, 60_000);

test('a name set by a person counts; a later mail joins under the new name, and under the old one', async () => {
  const number = await desk.numberOf('刘满仓');
  done(await desk.act({ kind: 'set_nominee', number, name: '刘满昌' }));
  expect(await desk.record(number)).toMatchObject({ nominee: '刘满昌' });
  await desk.arrives('15 11:00', againFrom('unknown-union-personal-qq', 'someone-else@qq.com'));
  expect(await desk.shares(number)).toHaveLength(2);
  expect(await desk.record(number)).toMatchObject({ nominee: '刘满昌' });
  await desk.survives();
}, 60_000);

/** The same materials once more in a new mail, from another address. */
function againFrom(story: string, address: string): Buffer {
  const raw = persona(story).toString('latin1');
  const from = /^From: .*<([^>]+)>/m.exec(raw)?.[1] ?? '';
  return Buffer.from(raw.replaceAll(from, address).replace(/^Message-ID: </im, 'Message-ID: <again.'), 'latin1');
}
