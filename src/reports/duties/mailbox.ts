import { sayMoment } from '../../clock.ts';
import { isBalanced } from '../balance.ts';
import type { OfficeFacts } from '../facts.ts';
import { plain } from '../plain.ts';
import { type Duty, duty } from './duty.ts';

const command = 'npx shouli doctor';

/** Alarms that stand, the silence of a mailbox that nobody reads any more, and counts that disagree. */
export const mailboxDuties = (facts: OfficeFacts): Duty[] => [...alarmDuties(facts), ...unbalanced(facts)];

/** Alarms; silence only when none stands, for an alarm already says why. */
export function alarmDuties(facts: OfficeFacts): Duty[] {
  const alarms = facts.alarms
    .filter(({ clearedAt }) => clearedAt === null)
    .map(({ text, raisedAt }) => duty('mailbox', { since: raisedAt, text: plain(text, 90), command }));
  return alarms.length > 0 ? alarms : silent(facts);
}

function unbalanced({ balance }: OfficeFacts): Duty[] {
  if (!balance || isBalanced(balance)) return [];
  const text = `邮件数对不上：服务器${balance.server}封，台账${balance.ledger}封，请查明是哪几封`;
  return [duty('mailbox', { since: balance.at, text, command })];
}

function silent(facts: OfficeFacts): Duty[] {
  const { lastPollAt } = facts.mailbox;
  if (!isSilent(facts)) return [];
  const text = lastPollAt
    ? `${sayMoment(lastPollAt)}以后没有成功收过信，请检查网络和邮箱设置`
    : '还没有成功收过信，请检查邮箱设置';
  return [duty('mailbox', { since: lastPollAt ?? facts.now, text, command })];
}

const silentMs = 2 * 3_600_000;

/** No successful poll for two hours. In the rehearsal office time jumps over nights, which says nothing of a mailbox. */
function isSilent({ mailbox, now, rehearsal }: OfficeFacts): boolean {
  if (rehearsal) return false;
  return mailbox.lastPollAt === null || now.getTime() - mailbox.lastPollAt.getTime() > silentMs;
}
