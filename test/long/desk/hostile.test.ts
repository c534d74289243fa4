import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { hostileTexts } from '../../previews/hostile-texts.ts';
import { hasBrowser, openBrowser, sitDown } from '../../support/browser.ts';
import { openTestDesk, type TestDesk } from '../../support/console.ts';

/** Whatever strangers write stands on the page as the text that it is. */
(hasBrowser ? describe : describe.skip)('hostile texts', () => {
  let browser: Browser;
  let desk: TestDesk;
  const texts = [...new Set([0, 1, 2, 3].flatMap((turn) => hostileTexts.map((text) => `${text}${turn || ''}`)))];

  beforeAll(async () => {
    browser = await openBrowser();
    desk = await openTestDesk([['10 09:00', 'wrong-check-digits']]);
    await strewTexts(desk, texts);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  test('over a thousand, in every list and page: no script runs, nothing is asked of elsewhere', async () => {
    expect(texts.length).toBeGreaterThanOrEqual(1_000);
    const page = await sitDown(browser, desk, 'admin');
    await page.addInitScript('window.alert = () => { window.ran = true; }');
    const lists = Math.ceil(texts.length / 50);
    const places = [
      ...Array.from({ length: lists }, (_, index) => `/applications?page=${index + 1}`),
      ...Array.from({ length: lists }, (_, index) => `/messages?page=${index + 1}`),
      ...Array.from({ length: 20 }, (_, index) => `/applications/${encodeURIComponent(`H-${index}`)}`),
      ...Array.from({ length: 20 }, (_, index) => `/messages/${index + 1_000}`),
      ...['/', '/letters?state=held', '/letters?state=failed', '/jobs', '/settings/audit'],
      `/applications?q=${encodeURIComponent('"><script>alert(1)</script>')}`,
      `/evidence?mail=1&file=${encodeURIComponent('<img src=x onerror=alert(1)>')}`,
    ];
    for (const place of places) {
      await page.goto(desk.desk.url + place);
      const made = await page.evaluate<string[]>(
        `[...document.querySelectorAll('main script, main style, main iframe, main object, main embed, main base, main meta, main link, main svg script, main math, main [onerror], main [onload], main [onclick], main [onfocus], main [style], main form[action^="http"], main a[href^="javascript"], main img:not([src^="/evidence/"])')].map((each) => each.outerHTML.slice(0, 100))`,
      );
      expect({ place, made }).toEqual({ place, made: [] });
      expect(await page.evaluate('window.ran ?? false')).toBe(false);
    }
    expect(page.troubles.filter((line) => !line.includes('404') && !line.includes('400'))).toEqual([]);
  }, 240_000);
});

/** Rows as a long life of strange mail would leave them: every text once as a mail and once as an application. */
async function strewTexts({ office: { db } }: TestDesk, all: readonly string[]): Promise<void> {
  const at = new Date('2018-07-10T02:00:00Z');
  const fit = (text: string) => text.replaceAll('\0', '').replace(/[\ud800-\udfff]/g, '');
  for (const [index, text] of all.map(fit).entries()) {
    const file = { path: text, bytes: 10, sha256: null, type: text, requirement: null, nominee: text, note: text };
    const understood = {
      disposition: 'application',
      author: 'person',
      text,
      files: [file],
      links: [],
      troubles: [text],
    };
    await db
      .insertInto('message')
      .values({
        ...{
          id: index + 1_000,
          identity: `hostile ${index}`,
          bytes: 1,
          received_at: at,
          received_from: 'internal_date',
        },
        ...{
          from_address: text,
          from_name: text,
          subject: text,
          fate: 'failed',
          reason: text,
          stage: text,
          kept_at: at,
        },
        ...{
          failed_at: at,
          needs_person: true,
          in_reply_to: [],
          sha256: null,
          message_id: null,
          reason_code: null,
          ruled: null,
          understood: JSON.stringify(understood),
        },
      })
      .execute();
    await db
      .insertInto('sighting')
      .values({
        account: 'a',
        folder: text.slice(0, 50),
        uid_validity: '1',
        uid: index,
        message: index + 1_000,
        internal_date: at,
        seen_at: at,
      })
      .execute();
    const finding = {
      code: 'field_blank',
      severity: 'blocking',
      requirement: 'photo',
      forUnion: text,
      forStaff: text,
      clause: text,
    };
    const evidence = { file: text, location: text, seen: text };
    await db
      .insertInto('application')
      .values({
        ...{
          notice: 'jiaozuo-craftsman-2018',
          number: `H-${index}`,
          origin: `hostile#${index}`,
          union_name: text,
          nominee: text,
        },
        ...{
          union_known: false,
          union_quota: 1,
          addresses: [],
          has_form: true,
          timeliness: 'on_time',
          complete: false,
        },
        ...{ requirements: JSON.stringify({ photo: { state: 'needs_fix', files: [text] } }), state_key: `${index}` },
        ...{ findings: JSON.stringify([{ ...finding, evidence, key: text }]), is_backlog: false, updated_at: at },
        ...{ first_received_at: at, last_received_at: at },
      })
      .execute();
    await db
      .insertInto('letter')
      .values({
        ...{
          application: null,
          in_reply_to: null,
          refs: [],
          answer: null,
          edited_by: null,
          by_hand: null,
          kind: 'receipt',
          state_key: `hostile ${index}`,
          number: text,
          to_address: text,
          subject: text,
        },
        ...{ text, html: text, message_id: `<${index}@hostile>`, state: index % 2 ? 'held' : 'failed', reason: text },
        ...{ due_at: at, created_at: at, failed_at: at },
      })
      .execute();
    await db.insertInto('audit').values({ at, by: text, what: text, number: text }).execute();
  }
}
