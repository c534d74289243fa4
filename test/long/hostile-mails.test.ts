import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { hostileFiles } from '../../fixtures/documents/hostile.ts';
import { foxmail } from '../../fixtures/make/mail/desktop.ts';
import { eml } from '../../fixtures/make/mail.ts';
import { checkJson } from '../../src/cli/check-json.ts';
import { checkText } from '../../src/cli/check-text.ts';
import { lookAt } from '../../src/cli/look.ts';
import { openReader } from '../../src/documents/reader.ts';
import { notice } from '../support/notice.ts';

/** The whole road over bad input: a finding or a named reason, never a crash, a hang, or "missing" for what came. */
const reader = openReader();
const folder = mkdtempSync(join(tmpdir(), 'shouli-hostile-'));
afterAll(async () => {
  await reader.close();
  rmSync(folder, { recursive: true });
});
const services = { notice, ownAddresses: [notice.mailbox], read: reader.read };

/** Some minutes' worth of base64 adds nothing here: the reader's own tests give it the largest. */
const maxAttachedBytes = 20e6;

describe.each(Object.entries(hostileFiles))('a mail with %s', (trouble, make) => {
  test('is understood in seconds, and nothing it holds is called missing', async () => {
    const file = await make();
    if (file.bytes.length > maxAttachedBytes) file.bytes = file.bytes.subarray(0, 5e6);
    const began = performance.now();
    const { messages, applications, letters } = checkJson(
      await lookAt([{ file: mailWith(trouble, file), said: null }], services),
    );
    expect(performance.now() - began).toBeLessThan(20_000);

    expect(messages[0]).toMatchObject({ disposition: expect.stringMatching(/^(application|needs_person)$/) });
    const unread = (messages[0]?.attachments ?? []).filter(({ note }) => note.startsWith('没有打开'));
    const states = Object.values(applications[0]?.requirements ?? {}).map(({ state }) => state);
    if (unread.length > 0) expect(states).toContain('unreadable');
    if (unread.length > 0 && !/照片|推荐表/.test(file.name)) expect(states).not.toContain('missing');
    for (const letter of letters) expect(letter.text).not.toMatch(/undefined|\[object|NaN|Error/);
  });
});

describe.each(readdirSync('fixtures/mails').filter((name) => name.endsWith('.eml')))('%s', (name) => {
  test('gets a disposition, a reason where it is no application, and a page that can be printed', async () => {
    const looked = await lookAt([{ file: `fixtures/mails/${name}`, said: null }], services);
    const [message] = checkJson(looked).messages;
    expect(message?.disposition).toMatch(/^(application|set_aside|needs_person)$/);
    expect(message?.reason === null).toBe(message?.disposition === 'application');
    expect(checkText(looked, notice)).toContain(name);
  });
});

function mailWith(trouble: string, attached: { name: string; bytes: Buffer }): string {
  const at = '2018-07-16T10:00:00+08:00';
  const mail = {
    from: { name: '解放区总工会', address: 'jfq@example.com' },
    subject: '解放区总工会推荐焦作工匠人选李建国',
    text: '材料见附件。',
    files: [attached],
    sent: at,
    received: at,
  };
  const path = join(folder, 'mail.eml');
  writeFileSync(path, eml(mail, foxmail, trouble));
  return path;
}
