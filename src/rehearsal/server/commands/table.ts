import type { Command } from '../session.ts';
import { authenticate, capability, id, login, logout, refuse } from './account.ts';
import { fetch } from './fetch.ts';
import { close, list, noop, select, status } from './folders.ts';
import { search } from './search.ts';

const beforeLogin: Record<string, Command> = {
  CAPABILITY: capability,
  ID: id,
  NOOP: noop,
  LOGIN: login,
  AUTHENTICATE: authenticate,
  LOGOUT: logout,
};

const afterLogin: Record<string, Command> = {
  ...beforeLogin,
  LIST: list,
  XLIST: list,
  LSUB: list,
  STATUS: status,
  SELECT: select,
  EXAMINE: select,
  CHECK: noop,
  CLOSE: close,
  SEARCH: search,
  'UID SEARCH': search,
  FETCH: fetch,
  'UID FETCH': fetch,
};

const changing = ['STORE', 'UID STORE', 'COPY', 'UID COPY', 'MOVE', 'UID MOVE', 'EXPUNGE', 'UID EXPUNGE', 'APPEND'];
const changingFolders = ['CREATE', 'DELETE', 'RENAME', 'SUBSCRIBE', 'UNSUBSCRIBE'];
for (const name of [...changing, ...changingFolders]) afterLogin[name] = refuse;

/** @returns what answers a command, or undefined for one that is not known, or not before LOGIN */
export const commandFor = (name: string, loggedIn: boolean): Command | undefined =>
  (loggedIn ? afterLogin : beforeLogin)[name];
