import { afterEach, expect, test } from '@jest/globals';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { listLetters } from '../../src/store/letter-list.ts';
import { at, passes, persona } from '../support/life.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { type ScriptedSmtp, startScriptedSmtp } from '../support/scripted-smtp.ts';

type Side = { address: string; office: TestOffice; server: NeteaseServer; smtp: ScriptedSmtp };

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function side(address: string): Promise<Side> {
  const server = await startNeteaseServer();
  const smtp = await startScriptedSmtp();
  const given = { IMAP_URL: server.url, SMTP_URL: smtp.url, MAIL_FROM: address, LETTERS: 'auto', QUIET_MINUTES: '0' };
  const office = await openTestOffice(given, at('09 08:00').toISOString());
  open.push(server, smtp, office);
  return { address, office, server, smtp };
}

/** What one sent since the last look arrives at the other, by whatever way. */
function carry(from: Side, to: Side, now: Date, way: (raw: string) => string): number {
  const letters = from.smtp.delivered.splice(0);
  for (const { raw } of letters) {
    const hop = `Received: from smtp.126.com by mx1 (Coremail) with SMTP id x; ${now.toUTCString()}\r\n`;
    to.server.deliver({ raw: Buffer.from(hop + way(raw.toString('latin1')), 'latin1'), receivedAt: now });
  }
  return letters.length;
}

const asSent = (raw: string) => raw;
/** A gateway that lets no header of its own kind through. */
const stripped = (raw: string) => raw.replace(/^(?:Auto-Submitted|X-[\w-]+):.*\r\n/gim, '');

test.each([
  ['as they were sent', asSent],
  ['without a header that tells a machine', stripped],
])(
  'two Shoulis facing each other for a day, letters arriving %s: at most one letter',
  async (_, way) => {
    const [here, there] = [await side('gonghui@here.example'), await side('gonghui@there.example')];
    const raw = persona('two-items-missing').toString('latin1').replaceAll('mcq-gonghui@163.com', there.address);
    here.server.deliver({ raw: Buffer.from(raw, 'latin1'), receivedAt: at('09 08:05') });
    let carried = 0;
    for (let hour = 1; hour <= 24; hour++) {
      const now = new Date(at('09 08:05').getTime() + hour * 3_600_000);
      for (const { office } of [here, there]) await passes(office, now);
      carried += carry(here, there, now, way) + carry(there, here, now, way);
    }
    const letters = [...(await listLetters(here.office.db)), ...(await listLetters(there.office.db))];
    expect(letters.filter(({ kind }) => kind !== 'digest')).toMatchObject([{ to: there.address, state: 'sent' }]);
    expect(carried).toBe(1);
  },
  60_000,
);
