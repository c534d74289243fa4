import type { MessageRecord } from '../../store/records.ts';
import type { OfficeFacts } from '../facts.ts';
import { newIn, type Window } from './window.ts';

/** Mails of the window that need nobody, counted by why. */
export type SetAside = { reason: string; name: string; count: number };

const names = new Map(
  Object.entries({
    auto_reply: '自动回复',
    bounce: '退信',
    own_letter: '本系统发出的信',
    newsletter: '群发邮件',
    advertisement: '广告',
    read_receipt: '已读回执',
    recall: '撤回通知',
    no_reply: '不收回信的地址',
    unrelated: '与本次申报无关',
    duplicate: '重复的邮件',
    before_round: '本批开始以前的邮件',
    other: '其他',
  }),
);

export function setAsideOf({ messages }: OfficeFacts, window: Window): SetAside[] {
  const away = newIn(window, messages)
    .filter(({ fate, needsPerson }) => (fate === 'set_aside' && !needsPerson) || fate === 'before_round')
    .map(({ fate, reasonCode }) => (fate === 'before_round' ? 'before_round' : knownReason(reasonCode)));
  return [...new Set(away)]
    .map((reason) => ({ reason, name: names.get(reason) ?? '', count: away.filter((each) => each === reason).length }))
    .sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason, 'en'));
}

const knownReason = (code: string | null) => (code !== null && names.has(code) ? code : 'other');

/** `自动回复：邮件头 x-qq-auto-reply`: what was set aside, in the clerk's words, before the trace that gave it away. */
export function sayReason({ fate, reason, reasonCode }: Pick<MessageRecord, 'fate' | 'reason' | 'reasonCode'>): string {
  const name = fate === 'set_aside' ? names.get(knownReason(reasonCode)) : undefined;
  const isTold = name === undefined || name === names.get('other') || reason?.includes(name);
  return isTold ? (reason ?? '') : [name, reason].filter(Boolean).join('：');
}
