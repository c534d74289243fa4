import { afterAll, expect, test } from '@jest/globals';
import { whoIsHere } from '../../src/cli/person.ts';
import { whenLettersLeave } from '../../src/cli/when-letters-leave.ts';
import { machineNow } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { readSettings } from '../../src/settings.ts';
import { takeOfficeLock } from '../../src/store/office-lock.ts';
import { liftStop, putPause, putStop } from '../../src/store/stop.ts';
import { freshRecord } from '../support/database.ts';

/** What `release` and `resume` promise: a person who read 半分钟内 does not look again. */
const { db, url, close } = await freshRecord();
afterAll(close);
const said = (SMTP_URL = 'smtps://a%40126.com:x@smtp.126.com:465') =>
  whenLettersLeave({ db, settings: readSettings({ SMTP_URL }, '/nowhere') });

test('no office at work: not before it starts', async () => {
  expect(await said()).toContain('没有在运行，启动后才会发出');
});

test('nowhere to hand them: not at all', async () => {
  expect(await said('')).toContain('没有设置 SMTP_URL');
});

test('an office at work: soon; not while letters are stopped, or the provider wants a pause', async () => {
  const lock = await takeOfficeLock(url, silentLog, () => {});
  expect(await said()).toBe('半分钟内开始发出。');
  await putStop(db, '人工停止');
  expect(await said()).toContain('现在停止发信');
  await liftStop(db);
  await putPause(db, new Date(machineNow().getTime() + 600_000));
  expect(await said()).toMatch(/要等到 \d\d:\d\d 以后/);
  await lock?.release();
});

test('a container’s number without an account has a name in the journal, and the stop button works', () => {
  const nobody = () => {
    throw new Error('uv_os_get_passwd returned ENOENT');
  };
  expect(whoIsHere(nobody)).toMatch(/^uid \d+$/);
  expect(whoIsHere(() => 'wang')).toBe('wang');
});
