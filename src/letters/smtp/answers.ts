import { decodeText } from '../../text/charset.ts';
import type { Answer, Outcome, Verdict } from './answer.ts';
import { replyTable } from './reply-table.ts';
import { noAnswerToLetter, troubleTable } from './trouble-table.ts';

/**
 * Says what an outcome means. The server's own code decides before the name of the error: nodemailer calls every
 * refused login EAUTH, a passing 454 as well as a wrong code.
 *
 * @returns never throws; an outcome nobody has seen before is tried again later
 */
export function sortOutcome(outcome: Outcome): Answer {
  const text = outcome.reply ? clean(outcome.reply.text) : outcome.trouble;
  return {
    ...(outcome.reply ? verdictOfReply(outcome, text) : verdictOfSilence(outcome)),
    code: outcome.reply ? String(outcome.reply.code) : (outcome.trouble.split(' ')[0] ?? ''),
    text,
    uncertain: outcome.reply === null && outcome.handedOver,
  };
}

function verdictOfReply({ reply, stage }: Outcome, text: string): Verdict {
  const code = String(reply?.code ?? '');
  return verdictOf(
    replyTable.find(
      (row) => row.code.test(code) && (!row.at || row.at.includes(stage)) && (!row.says || row.says.test(text)),
    ),
  );
}

function verdictOfSilence({ trouble, stage, handedOver }: Outcome): Verdict {
  if (handedOver) return noAnswerToLetter;
  return verdictOf(troubleTable.find(({ names, at }) => names.test(trouble || '-') && (!at || at.includes(stage))));
}

/** The tables' last rows fit everything; what is left out here are the columns that only find the row. */
function verdictOf(row: Verdict | undefined): Verdict {
  const { next, afterMinutes, doubling, atMostTries, forPerson } = row ?? noAnswerToLetter;
  return { next, afterMinutes, doubling, atMostTries, forPerson };
}

/** One line without codes, addresses and control characters. nodemailer leaves GBK answers one character per byte. */
function clean(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  const read = /[\x80-\xff]/.test(text) && bytes.toString('latin1') === text ? decodeText(bytes).text : text;
  return read
    .replace(/^\d{3}[ -]?/gm, '')
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .replace(/[^\s<>@]+@[^\s<>@,;]+/g, '…')
    .trim()
    .slice(0, 300);
}
