import { afterAll, expect, test } from '@jest/globals';
import { silentLog } from '../../src/log.ts';
import { listenForNews } from '../../src/store/desk/news.ts';
import { remember } from '../../src/store/office-state.ts';
import { liftStop, putPause, putStop } from '../../src/store/stop.ts';
import { freshRecord } from '../support/database.ts';
import { until } from '../support/until.ts';

const { db, url, close } = await freshRecord();
const heard: string[] = [];
const news = listenForNews(url, silentLog, (table) => heard.push(table));
afterAll(async () => {
  await news.close();
  await close();
});

/** Listening begins beside us: says something until it is heard. */
await until(async () => {
  await remember(db, 'last_poll', '2018-07-10T01:00:00.000Z');
  return heard.length > 0;
});

test.each([
  ['the stop button', () => putStop(db, '领导要先看一遍')],
  ['letters leave again', () => liftStop(db)],
  ['the provider wants a pause', () => putPause(db, new Date('2018-07-10T10:00:00Z'))],
  ['the mailbox was read', () => remember(db, 'last_poll', '2018-07-10T02:00:00.000Z')],
])('an open page hears of it at once: %s', async (_, change) => {
  heard.length = 0;
  await change();
  await until(() => heard.includes('office_state'));
  expect(new Set(heard)).toEqual(new Set(['office_state']));
});

test('what no page shows is no news', async () => {
  heard.length = 0;
  await remember(db, 'tidied', '');
  await putStop(db, '停'); // what comes behind it is heard
  await until(() => heard.length > 0);
  expect(heard).toEqual(['office_state']);
});
