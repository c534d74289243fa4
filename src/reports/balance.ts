import type { Fate } from '../store/records.ts';
import type { Balance } from './facts.ts';
import { fateWords } from './say.ts';

const order: Fate[] = ['recorded', 'set_aside', 'failed', 'pending', 'before_round'];

/** Whether nothing is missing: said so, and true of every folder and of the sum of fates. A report never vouches on a flag alone. */
export function isBalanced({ ok, server, ledger, folders, byFate }: Balance): boolean {
  const fates = order.reduce((sum, fate) => sum + byFate[fate], 0);
  return ok && server === ledger && fates === ledger && folders.every((each) => each.server === each.ledger);
}

/** `录入31 暂存6 失败0 待处理1 开始前4` */
export function sayFates(byFate: Record<Fate, number>): string {
  return order.map((fate) => `${fateWords[fate]}${byFate[fate]}`).join(' ');
}
