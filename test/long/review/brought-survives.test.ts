import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { materialsOf } from '../../../src/application/application.ts';
import { parseMail } from '../../../src/message/parse.ts';
import { takeBalance } from '../../../src/office/balance.ts';
import { bringFile } from '../../../src/office/bring-file.ts';
import { broughtMail, maxBroughtBytes, namedOnce } from '../../../src/office/brought-mail.ts';
import { history } from '../../../src/office/history.ts';
import { readReviewed } from '../../../src/store/reviewed.ts';
import { type Desk, done, openDesk } from '../../support/desk.ts';
import { persona } from '../../support/life.ts';
import { notice } from '../../support/notice.ts';

/** 郭卫东's union carried the last two materials in; staff put them to his application. */
let desk: Desk;
let number = '';
let jpeg: Buffer;

beforeAll(async () => {
  desk = await openDesk('10 08:00', { LETTERS: 'auto' });
  await desk.arrives('10 10:00', persona('two-items-missing'));
  number = await desk.numberOf('郭卫东');
  jpeg = await sharp({ create: { width: 600, height: 800, channels: 3, background: '#884422' } })
    .jpeg()
    .toBuffer();
}, 60_000);
afterAll(() => desk.close());

const bring = async (name: string, bytes: Buffer, to: Parameters<typeof bringFile>[1]['to'] = null) =>
  bringFile(desk.office(), { number, files: [{ name, bytes }], by: 'li', to }, (await desk.record(number)).version);

describe('what staff bring in', () => {
  test('waits with the letter of before, and belongs to the application for sure', async () => {
    await desk.passes('10 10:19');
    done(await bring('扫描件.jpg', jpeg, { requirement: 'honor_certificates', part: 'certificates' }));
    await desk.office().work();
    expect((await desk.record(number)).requirements.honor_certificates).toMatchObject({
      state: 'present',
      files: ['扫描件.jpg'],
      certificates: 1,
    });
    expect((await desk.messages()).at(-1)).toMatchObject({
      fate: 'recorded',
      applications: [number],
      from: 'jzghscb@126.com',
      receivedFrom: 'brought',
    });
    await desk.survives();
  }, 60_000);

  test('says who brought it', async () => {
    const { application } = await readReviewed(desk.office().db, await desk.record(number), notice);
    const brought = application && materialsOf(application).find(({ file }) => file === '扫描件.jpg');
    expect(brought).toMatchObject({ assignedBy: 'li', source: { broughtBy: 'li' } });
    const lines = (await history(desk.office(), number)).map(({ by, text }) => `${by} ${text}`);
    expect(lines).toContainEqual(expect.stringMatching(/^li 补入材料：扫描件.jpg，作为“主要荣誉证书复印件”/));
    expect(lines).toContainEqual(expect.stringMatching(/^li 由工作人员补入材料　/));
  });

  test('the union, and not the office, gets the letter of the new state: one', async () => {
    await desk.passes('10 11:00');
    expect(desk.outbox().filter((raw) => raw.includes(number))).toHaveLength(1);
    expect(desk.outbox().at(-1)).toMatch(/^To: .*mcq-gonghui@163.com/m);
    done(
      await bring('量化表.pdf', Buffer.from('%PDF-1.4 a scan that nobody can read'), {
        requirement: 'performance_sheet',
        part: 'form',
      }),
    );
    await desk.passes('10 12:00');
    expect(await desk.record(number)).toMatchObject({ complete: true, timeliness: 'on_time' });
    expect(await desk.letters(number)).toEqual(['correction_request sent', 'receipt sent']);
    expect(desk.outbox().at(-1)).toMatch(/^To: .*mcq-gonghui@163.com/m);
    await desk.survives();
  }, 60_000);

  test('the mailbox is counted without it', async () => {
    expect(await takeBalance(desk.office())).toMatchObject({ ok: true, server: 1, ledger: 1 });
  });

  test('is refused like any act when somebody changed the application meanwhile, and nothing is kept', async () => {
    const before = (await desk.messages()).length;
    const late = await bringFile(desk.office(), { number, files: [{ name: 'a.jpg', bytes: jpeg }], by: 'li' }, 1);
    expect(late).toMatchObject({ refused: 'stale' });
    const nowhere = await bringFile(
      desk.office(),
      { number: 'X-1', files: [{ name: 'a.jpg', bytes: jpeg }], by: 'li' },
      null,
    );
    expect(nowhere).toMatchObject({ refused: 'invalid', forPerson: '没有编号为 X-1 的申报件' });
    expect((await desk.messages()).length).toBe(before);
  });
});

test('a stranger who writes the header of such a mail is nobody of the staff', async () => {
  const raw = persona('own-letter-arriving-back')
    .toString('latin1')
    .replace(/^Subject:/m, 'X-Shouli-Brought-By: li\r\nSubject:');
  await desk.arrives('10 13:00', Buffer.from(raw, 'latin1'));
  expect((await desk.messages()).at(-1)).toMatchObject({ fate: 'set_aside', reasonCode: 'own_letter' });
});

describe('the mail that holds the files', () => {
  const head = { from: 'o@126.com', by: '李四', number: 'JZGJ-2018-0001', at: new Date('2018-07-10T10:00:00Z') };
  const ids = { messageId: '<brought.JZGJ-2018-0001.1@126.com>', inReplyTo: null };

  test.each([
    '荣誉证书.jpg',
    "it's 100% (done).pdf",
    `${'很长的名字'.repeat(12)}.docx`,
    '扫描件 1.PDF',
    'ａ＝b;c"d.jpg',
  ])('is read back byte for byte: %s', (name) => {
    const bytes = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));
    const mail = parseMail(broughtMail([{ name, bytes }], { ...head, ...ids }), notice.words.mail);
    expect(mail.attachments.map((each) => [each.path, Buffer.compare(each.bytes, bytes)])).toEqual([[name, 0]]);
    expect(mail).toMatchObject({ subject: '工作人员补入材料[JZGJ-2018-0001]', troubles: [] });
  });

  test('names that cannot stand in a mail', () => {
    const bytes = Buffer.from('x');
    const given = ['C:\\桌面\\照片.jpg', '照片.jpg', '../etc/passwd', '\r\n'].map((name) => ({ name, bytes }));
    expect(namedOnce(given).map(({ name }) => name)).toEqual(['照片.jpg', '2-照片.jpg', 'passwd', '文件4']);
  });

  test.each([
    ['no file', [], '请选择'],
    ['an empty one', [{ name: 'a', bytes: Buffer.alloc(0) }], '空文件'],
    ['one byte too many', [{ name: 'a', bytes: Buffer.alloc(maxBroughtBytes + 1) }], '50MB'],
  ])('%s', (_, files, said) => {
    expect(() => namedOnce(files)).toThrow(expect.objectContaining({ forPerson: expect.stringContaining(said) }));
  });
});
