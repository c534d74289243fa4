import { afterEach, expect, test } from '@jest/globals';
import { type OfficeMailbox, officeMailbox, unionMail } from '../support/office-mailbox.ts';
import { type ScriptedImap, startScriptedImap } from '../support/scripted-imap.ts';

let server: ScriptedImap;
let office: OfficeMailbox;
afterEach(() => Promise.all([server.stop(), office.stop()]));

const logins = () => server.commands.filter((command) => command.startsWith('LOGIN')).length;
/** A supervisor starts the program, which looks into the mailbox once. */
const started = (url = server.url) =>
  office
    .open(url)
    .poll()
    .then(
      () => 'read',
      ({ trouble }) => trouble,
    );
const hoursAgo = (hours: number) => {
  for (const [name, value] of office.remembered) {
    const { at, ...rest } = JSON.parse(value);
    const earlier = at.map((each: string) => new Date(new Date(each).getTime() - hours * 3_600_000));
    office.remembered.set(name, JSON.stringify({ ...rest, at: earlier }));
  }
};

test.each([
  ['login_refused', { login: 'NO LOGIN Login error or password error' }],
  ['imap_off', { login: 'NO LOGIN User has no permission' }],
  ['unsafe_login', { idsWanted: 99 }],
])('%s, started again and again: six logins an hour, then six more in the next', async (trouble, behaviour) => {
  [server, office] = [await startScriptedImap(behaviour), await officeMailbox()];
  for (let start = 0; start < 20; start++) expect(await started()).toBe(trouble);
  expect(logins()).toBe(6);
  hoursAgo(1);
  for (let start = 0; start < 20; start++) expect(await started()).toBe(trouble);
  expect(logins()).toBe(12);
});

test('a new code is tried at once; no code is written down', async () => {
  [server, office] = [
    await startScriptedImap({ login: 'NO LOGIN Login error or password error' }),
    await officeMailbox(),
  ];
  for (let start = 0; start < 7; start++) await started();
  server.behaviour.login = 'OK LOGIN completed';
  server.arrive(unionMail('推荐材料'));
  expect(await started()).toBe('login_refused');
  expect(await started(server.url.replace(':code@', ':newcode@'))).toBe('read');
  expect([...office.remembered.values()].join()).not.toContain('code');
});

test('a clock that was set back bars nobody', async () => {
  [server, office] = [
    await startScriptedImap({ login: 'NO LOGIN Login error or password error' }),
    await officeMailbox(),
  ];
  for (let start = 0; start < 6; start++) await started();
  hoursAgo(-48);
  expect(await started()).toBe('login_refused');
  expect(logins()).toBe(7);
});

test('a server that is away says nothing about the account', async () => {
  [server, office] = [await startScriptedImap(), await officeMailbox()];
  const { url } = server;
  await server.stop();
  for (let start = 0; start < 8; start++) expect(await started(url)).toBe('unreachable');
  expect(office.remembered.size).toBe(0);
});
