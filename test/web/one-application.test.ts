import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bringFile } from '../../src/office/bring-file.ts';
import { broughtMail } from '../../src/office/brought-mail.ts';
import { listApplications } from '../../src/store/application-list.ts';
import { listLetters } from '../../src/store/letter-list.ts';
import { openTestDesk, type TestDesk } from '../support/console.ts';
import { arrives, at } from '../support/life.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk([
    ['10 09:00', 'complete-in-one-mail'],
    ['10 10:00', 'two-items-missing'],
    ['10 10:01', 'all-in-one-gbk-zip'],
    ['10 10:02', 'two-nominees-one-mail'],
  ]);
}, 60_000);
afterAll(async () => {
  await desk.close();
});

const second = '/applications/JZGJ-2018-0002';
const read = async (path: string) => (await (await desk.as('reviewer')).get(path)).text;
/** The words of a section's lines, without markup. */
const linesOf = (page: string, id: string) => {
  const [section = ''] = new RegExp(`<section id="${id}".*?</section>`, 's').exec(page) ?? [];
  return [...section.matchAll(/<li[^>]*>(.*?)<\/li>/gs)].map(([, line = '']) => line.replace(/<[^>]*>/g, '').trim());
};

test('a letter that waits stands where it was written, and is said to be still to come', async () => {
  const page = await read(second);
  const [newest, ...before] = linesOf(page, 'history');
  expect(newest).toMatch(/^07-10 10:02 材料补正通知　待发，预计 2018年7月10日 10时20分 发出/);
  expect(before[0]).toMatch(/^07-10 10:02 写好材料补正通知/);
  expect(linesOf(page, 'letters')).toEqual([
    expect.stringMatching(/^07-10 10:02 材料补正通知 待发，预计 2018年7月10日 10时20分 发出/),
  ]);
});

const textIn = (markup: string) => markup.replace(/<[^>]*>/g, '');
/** What answers nothing: the files in sight, and those folded away, each line without markup. */
const looseIn = (page: string) => {
  const [block = ''] = /<section class="requirement" id="loose">.*?<\/section>/s.exec(page) ?? [];
  const [inSight = '', folded = ''] = block.split('<details id="loose-others"');
  const lines = (part: string) => [...part.matchAll(/<li.*?<\/li>/gs)].map(([line]) => textIn(line));
  return { inSight: lines(inSight), folded: lines(folded) };
};
/** The files under a requirement, by its place in the notice. */
const filesUnder = (page: string, ordinal: number) => {
  const [block = ''] =
    new RegExp(`<section class="requirement" id="requirement-${ordinal}".*?</section>`, 's').exec(page) ?? [];
  return [...block.matchAll(/<a href="[^"]*#evidence"[^>]*>([^<]*)<\/a>/g)].map(([, name]) => name);
};
const say = async (file: string, to: string) => {
  const page = await read(second);
  const seen = /name="seen" value="(\d+)"/.exec(page)?.[1] ?? '';
  const [, ref = ''] = new RegExp(`value="(\\d+:${file})"`).exec(page) ?? [];
  return (await desk.as('reviewer')).post(`${second}/reassign_material`, { seen, file: ref, to });
};
const remark = '柜台收到的说明.txt';

test('a file that staff bring and nothing recognises stands on the page, marked, with the way to say what it is', async () => {
  const [record] = await listApplications(desk.office.db, 'JZGJ-2018-0002');
  const files = [{ name: remark, bytes: Buffer.from('今天上午马村区总工会送来，请收。') }];
  const brought = { number: 'JZGJ-2018-0002', files, by: '赵敏' };
  expect(await bringFile(desk.office, brought, record?.version ?? 0)).toMatchObject({ done: true });
  await desk.office.work();
  const page = await read(second);
  expect(looseIn(page).inSight).toEqual([
    expect.stringMatching(`^${remark} 待认定 不是所需的表格或证书.*补入.*说明是哪一项`),
  ]);
  expect(page).toContain(`<option value="">请选择</option>`);
  const [, look = ''] = new RegExp(`href="([^"]*)"[^>]*>${remark}</a>`).exec(page) ?? [];
  expect(await read(look.replaceAll('&amp;', '&').replace('#evidence', ''))).toContain('今天上午马村区总工会送来');
});

test('nobody can act on it who may only look', async () => {
  const { text } = await (await desk.as('viewer')).get(second);
  expect(looseIn(text).inSight).toEqual([expect.stringMatching(`^${remark} 待认定`)]);
  expect(text).not.toContain('说明是哪一项');
});

test('what it is must be chosen: to choose nothing does not put it aside', async () => {
  const { status, text } = await say(remark, '');
  expect(status).toBeGreaterThanOrEqual(400);
  expect(text).toContain('请写明这个文件是哪一项');
  expect(looseIn(await read(second)).inSight).toHaveLength(1);
});

test('said to be a certificate it stands under its requirement; said to be nothing, it waits folded, and whoever said so is named', async () => {
  expect((await say(remark, 'honor_certificates:certificates')).status).toBe(303);
  const taken = await read(second);
  expect([filesUnder(taken, 5), looseIn(taken).inSight]).toEqual([[remark], []]);
  expect((await say(remark, 'aside')).status).toBe(303);
  const page = await read(second);
  expect(filesUnder(page, 5)).toEqual([]);
  expect(looseIn(page)).toEqual({
    inSight: [],
    folded: [expect.stringMatching(`^${remark} 赵敏认定与申报材料无关.*补入`)],
  });
});

test('what a union mails beside its materials and nothing recognises waits folded as well', async () => {
  const letter = (await listLetters(desk.office.db, { number: 'JZGJ-2018-0002' })).at(-1);
  const raw = broughtMail(
    [
      { name: '主要荣誉证书.rar', bytes: Buffer.from('Rar!\x1a\x07\x00 not really') },
      { name: '附言.txt', bytes: Buffer.from('辛苦了，材料见附件。') },
    ],
    {
      ...{ from: 'mcq-gonghui@163.com', by: '', number: '0002', at: at('10 10:05') },
      ...{ messageId: '<more@163.com>', inReplyTo: letter?.messageId ?? '' },
    },
  );
  await arrives(desk.office, desk.server, '10 10:05', raw);
  const page = await read(second);
  expect(linesOf(page, 'mails')).toHaveLength(3);
  expect(looseIn(page).inSight).toEqual([]);
  expect(looseIn(page).folded).toContainEqual(expect.stringMatching(/^附言.txt 不是所需的表格或证书.*来信/));
});

test('neither an opened archive nor what another nominee’s application holds is listed as lost', async () => {
  const all = (await listApplications(desk.office.db)).filter(({ number }) => !number.endsWith('0002'));
  expect(all.length).toBe(4); // one, the one of the archive, and two of one mail
  for (const { number } of all) expect(await read(`/applications/${number}`)).not.toContain('id="loose"');
});
