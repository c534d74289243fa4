import type { Share } from '../application/application.ts';
import { otherHonourIn } from '../checks/wrong-form.ts';
import type { Author } from '../message/identify.ts';
import type { WrittenMail } from '../message/mail.ts';
import type { Notice } from '../notice/notice.ts';
import { asks } from './sayings.ts';
import type { SortedFile } from './sorted-file.ts';

/** What becomes of a mail. `reasonCode` for scripts, `reason` for people; both null for an application. */
export type Fate = {
  disposition: 'application' | 'set_aside' | 'needs_person';
  reasonCode: string | null;
  reason: string | null;
};

const application: Fate = { disposition: 'application', reasonCode: null, reason: null };
const person = (reasonCode: string, reason: string): Fate => ({ disposition: 'needs_person', reasonCode, reason });
const away = (reasonCode: string, reason: string): Fate => ({ disposition: 'set_aside', reasonCode, reason });

/**
 * What a mail is, once its files are sorted. Machines' mail is set aside unless materials came with it; a person's mail
 * is an application, or a person answers it; it is set aside only when everything was opened and nothing is of the round.
 */
export function fateOf(
  mail: WrittenMail,
  author: Author,
  files: readonly SortedFile[],
  shares: readonly Share[],
  receivedAt: Date,
  notice: Notice,
): Fate {
  const forms = files.some(({ answers }) => answers.some(({ form }) => form !== null));
  const evidence =
    files.some(({ answers, mightBe }) => answers.length > 0 || mightBe.length > 0) || mail.links.length > 0;
  if (receivedAt < notice.opens) return away('before_round', '本批开始收件以前的邮件');
  const about = shares.some((share) => share.about);
  const answered = shares.some(({ reply }) => reply);
  const added = shares.some(({ supplement }) => supplement);
  if (author.kind !== 'person')
    return forms || (evidence && (about || answered || added))
      ? person('automatic_with_materials', `像自动邮件（${author.why}），但附有材料`)
      : away(author.kind, author.why);
  const asking = asks(mail.subject, mail.text, notice);
  if (asking && forms && onlyBlank(files)) return person('question', '来信附空白表格询问，请人工答复');
  if (forms && !about && !answered && !added && onlyForeign(files, notice))
    return person('other_campaign', '表格是另一项评选的，来信也没有说到本次申报，请人工判断');
  if (forms || (evidence && (about || answered || added))) return application;
  if (answered && shares.some(({ onPaper }) => onPaper.length > 0)) return application;
  if (evidence) return person('unclear_attachments', '有附件，但看不出与本次申报有关');
  if (files.length === 0) return person('no_attachment', '来信没有附件，请人工答复');
  return about || answered || asking
    ? person('no_material', '来信与本次申报有关或有疑问，但附件中没有所需材料')
    : away('unrelated', '附件已全部打开，与本次申报无关');
}

/** The mailbox takes in other campaigns too: a form of theirs, in a letter of theirs, asks for none of our six materials. */
function onlyForeign(files: readonly SortedFile[], notice: Notice): boolean {
  const forms = files.flatMap(({ answers }) => answers.flatMap(({ form }) => form ?? []));
  return forms.every((form) => otherHonourIn(form, notice) !== null);
}

/** Nothing but empty templates came: with a question beside them, they are what is asked about. */
const onlyBlank = (files: readonly SortedFile[]) =>
  files.every(({ answers, mightBe }) => mightBe.length === 0 && answers.every(({ form }) => form?.blank));
