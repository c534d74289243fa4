import type { Failure } from '../../errors.ts';
import type { MailboxFacts } from '../../mailbox/probe.ts';
import type { Notice } from '../../notice/notice.ts';
import type { Inspected, Settings } from '../../settings.ts';
import type { OpenDb } from '../../store/database.ts';
import type { ServerFacts } from '../../store/server-facts.ts';

/** What one test saw. `advice` (Chinese, may have lines): what to do, or a hint when all is well; else empty. */
export type Seen = {
  ok: boolean;
  seen: string;
  advice: string;
  /** Could not be looked at because of another trouble, which is told in its own place. */
  isBlocked?: boolean;
};

/** One test of the doctor. `name` is for scripts and never changes, `title` is what people read. */
export type Test = { name: string; title: string; run: (scene: Scene) => Seen | Promise<Seen> };

/** The record, open: its own server or the one that DATABASE_URL names. */
export type OpenRecord = { db: OpenDb; url: string; facts: ServerFacts; isEmbedded: boolean };

/** What the tests look at: opened once, so that no test logs in twice. A Failure stands for what could not be had. */
export type Scene = {
  inspected: Inspected;
  /** Those that commands work under: the rehearsal's folder while no mailbox is set. */
  settings: Settings;
  rehearsal: boolean;
  isDeep: boolean;
  notice: Notice | Failure;
  record: OpenRecord | Failure;
  /** The office that works on this database now. */
  office: { since: Date | null } | null;
  /** The mailbox, tried from end to end; null when it is not to be knocked at. */
  probe: Promise<MailboxFacts> | null;
};

export const fine = (seen: string, hint = ''): Seen => ({ ok: true, seen, advice: hint });
export const wrong = (seen: string, advice: string): Seen => ({ ok: false, seen, advice });
export const blocked = (why: string): Seen => ({
  ok: false,
  seen: `没有检查：${why}`,
  advice: '先处理那一项，再运行一次',
  isBlocked: true,
});
export const noRecord = blocked('“数据库”一项没有通过');

/** Whether a setting is written wrongly, so that it must not be tried (a code could cross the net in the clear). */
export const isMistaken = ({ inspected }: Scene, name: string) => hasMistake(inspected, name);
export const hasMistake = ({ mistakes }: Inspected, name: string) => mistakes.some(({ setting }) => setting === name);
