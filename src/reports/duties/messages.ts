import { sayDay } from '../../clock.ts';
import type { FailedJob, MessageRecord } from '../../store/records.ts';
import type { OfficeFacts } from '../facts.ts';
import { plain } from '../plain.ts';
import { type Duty, duty } from './duty.ts';

/** Mails that a person has to answer or place, and work that gave up. */
export function messageDuties(facts: OfficeFacts): Duty[] {
  return [...questions(facts), ...proposals(facts), ...failures(facts)];
}

function questions({ messages, proposals: open }: OfficeFacts): Duty[] {
  const asked = messages.filter(
    ({ id, needsPerson, fate }) => needsPerson && fate !== 'failed' && !open.some(({ message }) => message === id),
  );
  return asked.map((message) => {
    const why = message.reason ? `（${plain(message.reason, 50)}）` : '';
    const text = `请看来信${why}：${sayMail(message)}`;
    return duty('question', { since: message.receivedAt, message: message.id, text, command: 'npx shouli messages' });
  });
}

function proposals({ proposals: open, messages, now }: OfficeFacts): Duty[] {
  return open.map(({ message, from, subject, perhaps }) => {
    const since = messages.find(({ id }) => id === message)?.receivedAt ?? now;
    const text = `请认定来件属于哪一件，可能是${perhaps.join('、')}：${sayMail({ from, subject, receivedAt: since })}`;
    return duty('proposal', { since, message, text, command: 'npx shouli messages' });
  });
}

/** A letter that could not be sent is told among the letters; here stand the mails, with or without a job of theirs. */
function failures({ failed, messages, letters }: OfficeFacts): Duty[] {
  const told = new Set(letters.filter(({ state }) => state === 'failed' || state === 'bounced').map(({ id }) => id));
  const jobs = failed.filter(({ kind, row }) => kind === 'intake' || !told.has(row));
  const withJob = new Set(jobs.filter(({ kind }) => kind === 'intake').map(({ row }) => row));
  const alone = messages.filter(({ id, fate }) => fate === 'failed' && !withJob.has(id));
  return [...jobs.map((job) => jobDuty(job, messages)), ...alone.map(failedMail)];
}

function jobDuty(job: FailedJob, messages: readonly MessageRecord[]): Duty {
  const mail = job.kind === 'intake' ? messages.find(({ id }) => id === job.row) : undefined;
  const what = job.kind === 'intake' ? '邮件没能处理完' : '回函没能发出';
  const text = `${what}（${plain(job.reason, 50)}），请排除原因后重跑${mail ? `：${sayMail(mail)}` : ''}`;
  const command = job.kind === 'intake' ? `npx shouli rerun ${job.row}` : 'npx shouli rerun --failed';
  return duty('failed_work', {
    since: job.failedAt,
    message: job.kind === 'intake' ? job.row : null,
    letter: job.kind === 'deliver' ? job.row : null,
    text,
    command,
  });
}

function failedMail(message: MessageRecord): Duty {
  const why = message.reason ? `（${plain(message.reason, 50)}）` : '';
  return duty('failed_work', {
    since: message.receivedAt,
    message: message.id,
    text: `邮件没能处理完${why}，请排除原因后重跑：${sayMail(message)}`,
    command: `npx shouli rerun ${message.id}`,
  });
}

function sayMail({ from, subject, receivedAt }: Pick<MessageRecord, 'from' | 'subject' | 'receivedAt'>): string {
  return `“${plain(subject, 30) || '无主题'}”，${plain(from, 40) || '发件人不明'}，${sayDay(receivedAt)}`;
}
