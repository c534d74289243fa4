import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * One line of JSON an event, to the error output: the terminal's own lines stay readable. Identities only: no ID
 * number, phone, code or text of a mail is ever handed to it (design rule 10); what a library puts in is blotted out.
 */
export function openLog(level: string): Log {
  return pino(
    { level, base: null, redact: { paths: ['*.pass', '*.auth', '*.password', '*.url'], censor: '***' } },
    pino.destination(2),
  );
}

/** For commands and tests that tell by their own output. */
export const silentLog: Log = pino({ level: 'silent' });
