import { createHash } from 'node:crypto';
import { z } from 'zod';
import { machineNow, sayMoment } from '../../clock.ts';
import { MailboxFailure, type MailboxTrouble } from '../failure.ts';
import type { ImapAddress } from './address.ts';
import { ofTheAccount } from './pause.ts';

/** Keeps a short text under a name beyond this process. */
export type Memory = {
  recall: (name: string) => Promise<string | null>;
  remember: (name: string, value: string) => Promise<void>;
};

/**
 * How often a server may still be asked in vain. The pauses of `pause.ts` die with the process: a supervisor that
 * starts us again and again would knock each time, until NetEase locks the account.
 */
export type Logins = {
  /** @throws MailboxFailure, without knocking, when the last hour's refusals are used up */
  ask: () => Promise<void>;
  /** Counts a refusal; other troubles say nothing about the account. */
  note: (failure: MailboxFailure) => Promise<void>;
};

const hourMs = 3_600_000;
const mostAnHour = 6;

const noted = z.object({ key: z.string(), trouble: z.string(), at: z.array(z.coerce.date()) });

/** @param memory null: only this process remembers, in its pauses */
export function countLogins(address: ImapAddress, memory: Memory | null): Logins {
  if (memory === null) return { ask: async () => undefined, note: async () => undefined };
  const name = `logins_refused:${address.account}`;
  const key = fingerprint(address);
  const lately = async () => {
    const kept = noted.safeParse(JSON.parse((await memory.recall(name)) ?? 'null'));
    if (!kept.success || kept.data.key !== key) return { trouble: 'login_refused' as MailboxTrouble, at: [] };
    const now = machineNow().getTime();
    // one of the future was written before the clock was set back: it must bar nobody
    const at = kept.data.at.filter((each) => each.getTime() <= now && now - each.getTime() < hourMs);
    return { trouble: kept.data.trouble as MailboxTrouble, at };
  };
  return {
    async ask() {
      const { trouble, at } = await lately();
      const first = at.at(-mostAnHour);
      if (first) throw usedUp(trouble, new Date(first.getTime() + hourMs));
    },
    async note({ trouble }) {
      if (!ofTheAccount.includes(trouble)) return;
      const { at } = await lately();
      await memory.remember(name, JSON.stringify({ key, trouble, at: [...at, machineNow()] }));
    },
  };
}

/** A new code is a new chance. Eight hexadecimal digits tell codes apart and give none away. */
const fingerprint = ({ host, port, user, code }: ImapAddress) =>
  createHash('sha256')
    .update(JSON.stringify([host, port, user, code]))
    .digest('hex')
    .slice(0, 8);

function usedUp(trouble: MailboxTrouble, until: Date): MailboxFailure {
  const forPerson = `一小时内登录邮箱被拒绝了 ${mostAnHour} 次。为免帐号被锁定，${sayMoment(until)}以前不再试登录；请先用浏览器登录邮箱核对授权码，换了新授权码并重新启动后会立即再试。`;
  return new MailboxFailure(trouble, forPerson, `一小时内已 ${mostAnHour} 次，这次没有再试`); // the doctor shows it
}
