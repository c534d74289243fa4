import { decodeText } from '../../text/charset.ts';
import { squeeze } from '../../text/squeeze.ts';
import type { LinkedFile } from '../mail.ts';
import { limits } from '../mime/limits.ts';
import type { MailWords } from '../words.ts';
import { contentIdsIn, htmlLines } from './html.ts';
import { type Line, textOf } from './line.ts';
import { linkedFiles } from './links.ts';
import { plainLines } from './plain.ts';
import { type Separated, separate } from './quoted.ts';

/** A text part of the mail, transfer-decoded. Parts with the same `alternative` say the same in different formats. */
export type Body = { html: boolean; charset: string | null; bytes: Buffer; alternative: number | null };

/** How the mail relates to others, and when it was sent, as its headers say. */
export type Relation = { answers: boolean; sentOn: boolean; sentAt: Date | null };

export type ReadBodies = {
  text: string;
  quoted: string;
  forwarded: string;
  links: LinkedFile[];
  contentIds: Set<string>;
  troubles: string[];
};

type Formats = { plain: Separated; html: Separated };
type Budget = { signs: number; lines: number; troubles: Set<string>; contentIds: Set<string> };

/** PostgreSQL takes no U+0000 in a text, and nobody can read the others. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** A forwarder's 请查收 with a signature; who writes more than this sends a mail of their own. */
const maxForwarderSigns = 60;

/**
 * Reads the mail's own text out of its text parts.
 *
 * @returns `text` the sender's own words, `quoted` the rest, `forwarded` the quoted text when it is the content: a mail
 *   sent on with (nearly) nothing added, never a letter of ours; `links` of all formats; `contentIds` the page shows
 */
export function readBodies(bodies: Body[], relation: Relation, words: MailWords): ReadBodies {
  const budget: Budget = {
    signs: limits.bodySigns,
    lines: limits.bodyLines,
    troubles: new Set(),
    contentIds: new Set(),
  };
  const groups = grouped(bodies).map((group) => readGroup(group, budget, words));
  const chosen = withoutRepeats(groups.map(chooseFormat));
  const own = textOf(chosen.flatMap((each) => each.own));
  const quoted = textOf(chosen.flatMap((each) => each.quoted));
  const sentOn = isSentOn(own, quoted, chosen, relation, words);
  const lines = groups.flatMap(({ plain, html }) => [plain, html].flatMap((each) => linkLines(each, sentOn)));
  return {
    text: own,
    quoted,
    forwarded: sentOn ? quoted : '',
    links: linkedFiles(lines, relation.sentAt, words),
    contentIds: budget.contentIds,
    troubles: [...budget.troubles],
  };
}

function grouped(bodies: Body[]): Body[][] {
  const alternatives = new Map<number, Body[]>();
  const groups: Body[][] = [];
  for (const body of bodies) {
    const known = body.alternative === null ? undefined : alternatives.get(body.alternative);
    if (known) {
      known.push(body);
      continue;
    }
    const group = [body];
    groups.push(group);
    if (body.alternative !== null) alternatives.set(body.alternative, group);
  }
  return groups;
}

function readGroup(group: Body[], budget: Budget, words: MailWords): Formats {
  const linesOf = (html: boolean) =>
    group.filter((body) => body.html === html).flatMap((body) => linesOfBody(body, budget, words));
  return { plain: separate(linesOf(false), words), html: separate(linesOf(true), words) };
}

function linesOfBody({ html, charset, bytes }: Body, budget: Budget, words: MailWords): Line[] {
  const { text: whole, sure } = decodeText(bytes, charset);
  if (!sure) budget.troubles.add('正文里有认不出的字，请对照原邮件查看');
  const text = whole.slice(0, budget.signs).replace(unprintable, '');
  const plain = html ? null : plainLines(text, budget.lines);
  const { lines, cut } = plain
    ? { lines: plain, cut: plain.length >= budget.lines }
    : htmlLines(text, words, budget.lines);
  if (html) for (const id of contentIdsIn(text)) budget.contentIds.add(id);
  if (cut || whole.length > budget.signs) budget.troubles.add('正文过长或层次过深，后面的没有读，请下载原邮件查看');
  budget.signs = Math.max(0, budget.signs - whole.length);
  budget.lines = Math.max(0, budget.lines - lines.length);
  return lines;
}

/**
 * Plain text if it has content, else the page. Where only the page shows what is quoted (containers without any words
 * to mark them), the page.
 */
function chooseFormat({ plain, html }: Formats): Separated {
  if (!hasText(plain)) return html;
  const onlyPageKnows = !plain.quoted.some(isWritten) && html.quoted.some(isWritten);
  return hasText(html) && onlyPageKnows ? html : plain;
}

const isWritten = ({ text }: Line) => text.trim() !== '';
const hasText = ({ own, quoted }: Separated) => own.some(isWritten) || quoted.some(isWritten);

/** Some senders put plain text and its page side by side instead of as alternatives. */
function withoutRepeats(groups: Separated[]): Separated[] {
  const seen = new Set<string>();
  return groups.filter(({ own, quoted }) => {
    const bare = squeeze(textOf([...own, ...quoted]));
    return bare === '' || seen.size < seen.add(bare).size;
  });
}

function isSentOn(own: string, quoted: string, groups: Separated[], relation: Relation, words: MailWords): boolean {
  if (!quoted || squeeze(own).length > maxForwarderSigns || holdsOwnLetter(quoted, words)) return false;
  return relation.sentOn || groups.some(({ forward }) => forward) || (!relation.answers && squeeze(own) === '');
}

function holdsOwnLetter(quoted: string, words: MailWords): boolean {
  const lines = quoted.split('\n').map((line) => squeeze(line.slice(0, 300)));
  return lines.some((line) => words.ownLetter.closings.some((closing) => closing.test(line)));
}

const linkLines = ({ own, quoted }: Separated, sentOn: boolean) => (sentOn ? [...own, ...quoted] : own);
