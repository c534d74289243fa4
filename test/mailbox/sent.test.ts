import { afterEach, expect, test } from '@jest/globals';
import { type OfficeMailbox, officeMailbox, unionMail } from '../support/office-mailbox.ts';
import { type ScriptedImap, startScriptedImap } from '../support/scripted-imap.ts';

let server: ScriptedImap;
let office: OfficeMailbox;
afterEach(() => Promise.all([server.stop(), office.stop()]));

const letter = (id: string) => Buffer.from(`Message-ID: <${id}@126.com>\r\nSubject: x\r\n\r\nx\r\n`);
const mails = (...ids: string[]) => ids.map((id, at) => ({ uid: at + 1, raw: letter(id), at: null }));

test.each(['&XfJT0ZAB-', 'Sent Messages'])('a letter among those in %s went out', async (folder) => {
  [server, office] = [await startScriptedImap(), await officeMailbox()];
  server.folders.set(folder, { uidValidity: 1, mails: mails('shouli.a', 'shouli.b') });
  const mailbox = office.open(server.url);
  expect(await mailbox.hasSentCopy('<shouli.b@126.com>')).toBe(true);
  expect(await mailbox.hasSentCopy('<shouli.c@126.com>')).toBe(false);
  server.arrive(unionMail('推荐材料'));
  expect((await mailbox.poll()).kept).toHaveLength(1);
});

test('for a letter left minutes ago only the newest hundred are looked at, for those of lost books all', async () => {
  [server, office] = [await startScriptedImap(), await officeMailbox()];
  const ids = Array.from({ length: 300 }, (_, at) => `shouli.${at}`);
  server.folders.set('Sent', { uidValidity: 1, mails: mails(...ids) });
  const mailbox = office.open(server.url);
  expect(await mailbox.hasSentCopy('<shouli.200@126.com>')).toBe(true);
  expect(await mailbox.hasSentCopy('<shouli.199@126.com>')).toBe(false);
  expect([...(await mailbox.sentLetters())]).toEqual(ids.map((id) => `<${id}@126.com>`));
});

test('without such a folder, or with an empty one, it is not said to have gone', async () => {
  [server, office] = [await startScriptedImap(), await officeMailbox()];
  const mailbox = office.open(server.url);
  const said = async () => [await mailbox.hasSentCopy('<shouli.a@126.com>'), (await mailbox.sentLetters()).size];
  expect(await said()).toEqual([false, 0]);
  server.folders.set('Sent', { uidValidity: 1, mails: [] });
  expect(await said()).toEqual([false, 0]);
});
