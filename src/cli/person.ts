import { userInfo } from 'node:os';

/**
 * Who is at the keyboard, for journal and history. A container may run under a number that no account bears; the button
 * that stops all letters must work there too.
 */
export function whoIsHere(account: () => string = () => userInfo().username): string {
  try {
    return account();
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`; // userInfo throws where the number has no account
  }
}
