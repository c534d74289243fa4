import type { Notice } from '../../notice/notice.ts';
import { certificatesOf } from '../../notice/notice.ts';
import { decisionWords } from '../../reports/say.ts';
import { type Deed, type ToRequirement, undoable } from '../../review/acts.ts';
import { listActs } from '../../store/acts.ts';
import { listApplications } from '../../store/application-list.ts';
import { applicationOfNumber } from '../../store/application-numbers.ts';
import type { Db } from '../../store/database.ts';
import { readKnown } from '../../store/happenings.ts';
import { findByMessageId } from '../../store/letters-by-hand.ts';
import { filesOfMail, messageOfIdentity } from '../../store/messages.ts';
import type { DecisionRecord } from '../../store/records.ts';
import { findShares, sharesHeld } from '../../store/shares.ts';

/** Why a deed cannot be done, in Chinese for whoever wants it; null when it can. */
export async function objectionTo(tx: Db, deed: Deed, note: string | null, notice: Notice): Promise<string | null> {
  const number = 'number' in deed ? deed.number : null;
  if (number !== null) {
    const objection = await toApplication(tx, number, deed);
    if (objection) return objection;
  }
  return (await toDeed(tx, deed, notice)) ?? toWords(deed, note);
}

async function toApplication(tx: Db, number: string, { kind }: Deed): Promise<string | null> {
  const id = await applicationOfNumber(tx, number);
  if (id === null) return `没有编号为 ${number} 的申报件`;
  const { isGone, mergedInto } = await readKnown(tx, id);
  if (!isGone || kind === 'undo' || kind === 'note') return null;
  return mergedInto === null ? `${number} 已撤销，里面没有材料` : `${number} 已并入 ${mergedInto}，请到那一件处理`;
}

async function toDeed(tx: Db, deed: Deed, notice: Notice): Promise<string | null> {
  switch (deed.kind) {
    case 'accept_requirement':
    case 'paper':
      return toRequirement(deed.requirement, notice);
    case 'dismiss_finding':
      return toFinding(tx, deed.number, deed.finding);
    case 'reassign_material':
      return (deed.to === 'aside' ? null : toPart(deed.to, notice)) ?? toFile(tx, deed.number, deed.file);
    case 'split':
    case 'place':
    case 'merge':
      return toPlace(tx, deed, notice);
    case 'decide':
      return toDecision(tx, deed.number, deed.decision);
    case 'undo':
      return toUndoing(tx, deed.number, deed.act);
    case 'rule':
      return (await messageOfIdentity(tx, deed.mail)) === null ? '台账里没有这封邮件' : null;
    case 'edit_letter':
    case 'release_letter':
    case 'hold_letter':
      return toLetter(tx, deed.number, deed.letter, deed.kind);
    case 'bring':
      return deed.to === null ? null : toPart(deed.to, notice);
    default:
      return null;
  }
}

const toRequirement = (code: string, { requirements }: Notice) =>
  requirements.some((each) => each.code === code) ? null : `本批没有“${code}”这项材料`;

function toPart({ requirement, part }: ToRequirement, notice: Notice): string | null {
  const wanted = notice.requirements.find(({ code }) => code === requirement);
  if (!wanted) return toRequirement(requirement, notice);
  const parts = [
    ...(wanted.kind === 'form' || wanted.kind === 'list' ? ['form'] : []),
    ...(certificatesOf(wanted) ? ['certificates'] : []),
    ...(wanted.kind === 'photo' ? ['photo'] : []),
  ];
  const words = { form: '表格', certificates: '证书', photo: '照片' };
  return parts.includes(part) ? null : `“${wanted.name}”这项不收${words[part]}`;
}

async function toFinding(tx: Db, number: string, key: string): Promise<string | null> {
  const [record] = await listApplications(tx, number);
  if (record?.findings.some((finding) => finding.key === key)) return null;
  return record?.dismissed.some((finding) => finding.key === key)
    ? '这个问题已经有人认定不算问题'
    : '这个问题现在已不存在，请刷新后再看';
}

async function toFile(tx: Db, number: string, file: { mail: string; path: string }): Promise<string | null> {
  const id = await applicationOfNumber(tx, number);
  const holds = id === null ? [] : await sharesHeld(tx, id);
  if (!holds.some((ref) => ref.startsWith(`${file.mail}#`))) return '这封邮件的材料不在本件里，请先归件';
  return (await filesOfMail(tx, file.mail)).includes(file.path) ? null : `邮件里没有文件“${file.path}”`;
}

async function toPlace(
  tx: Db,
  deed: Extract<Deed, { kind: 'split' | 'place' | 'merge' }>,
  notice: Notice,
): Promise<string | null> {
  const to = deed.kind === 'merge' ? deed.into : deed.to;
  const target = to === 'new' ? null : await toApplication(tx, to, deed);
  if (target) return target;
  if (deed.kind === 'merge' && to === deed.number) return '填的就是这一件，不能并入自己，请填另一件的编号';
  if (deed.kind === 'split' && to === deed.number) return '材料已经在这一件里，请填另一件的编号';
  if (deed.kind === 'merge') return null;
  const [booked] = await findShares(tx, [deed.share], notice);
  if (!booked) return '没有找到这份材料，请刷新后再看';
  const at = booked.application;
  if (deed.kind === 'place') return at === null ? null : '这份材料已经归入申报件，请刷新后再看';
  const id = await applicationOfNumber(tx, deed.number);
  if (at === null || at !== id) return '这份材料不在本件里，请刷新后再看';
  return (await sharesHeld(tx, at)).length > 1 ? null : '本件只有这一份材料，不能分出；要合到另一件，请用“并入”';
}

/** A browser's back button offers the same form once more; after something new the same decision may be taken again. */
async function toDecision(tx: Db, number: string, decision: DecisionRecord['kind']): Promise<string | null> {
  const last = (await listActs(tx, { number })).findLast(({ deed, undoneBy }) => deed.kind === 'decide' && !undoneBy);
  if (last?.deed.kind !== 'decide' || last.deed.decision !== decision) return null;
  const { version } = await readKnown(tx, (await applicationOfNumber(tx, number)) ?? 0);
  const words = `${last.by} 已记为“${decisionWords[decision]}”，此后没有新情况，不必再记；要改理由请先撤销`;
  return last.version === version ? words : null;
}

async function toUndoing(tx: Db, number: string, id: string): Promise<string | null> {
  const act = (await listActs(tx, { number })).find((each) => each.id === id);
  if (!act) return `${number} 没有这一条处理记录`;
  if (act.undoneBy !== null) return '这一条已经撤销过了';
  return undoable.includes(act.deed.kind) ? null : '这一条不能撤销';
}

async function toLetter(tx: Db, number: string, messageId: string, kind: Deed['kind']): Promise<string | null> {
  const letter = await findByMessageId(tx, messageId);
  if (letter === null || letter.number !== number) return '没有这封信：情况已变化，信已重写，请刷新后再看';
  if (letter.state !== 'due' && letter.state !== 'held') return '这封信已经发出，不能再改';
  if (kind === 'release_letter' && letter.state === 'due') return '这封信已在待发，不用再放行';
  return kind === 'hold_letter' && letter.state === 'held' ? '这封信已经在等人决定' : null;
}

/** More than this is no name, subject or letter. */
const longest = { name: 60, subject: 200, words: 20_000 };

/** What a person has to say with it, and what can be no such thing. */
function toWords(deed: Deed, note: string | null): string | null {
  if ((deed.kind === 'undo' || deed.kind === 'decide') && note === null) return '请写明理由，以后可以查到';
  if ('reason' in deed && deed.reason.trim() === '') return '请写明理由，以后可以查到';
  if ('name' in deed && (deed.name.trim() === '' || deed.name.length > longest.name)) return '请写出名称，不超过60字';
  if (deed.kind === 'note' && (deed.text.trim() === '' || deed.text.length > longest.words)) return '请写出备注内容';
  if (deed.kind === 'paper' && !(Number.isSafeInteger(deed.copies) && deed.copies >= 0 && deed.copies <= 99))
    return '份数应为 0 到 99 的整数';
  if (deed.kind !== 'edit_letter') return null;
  if (deed.subject.trim() === '' || /[\r\n]/.test(deed.subject) || deed.subject.length > longest.subject)
    return '主题应为一行，不超过200字';
  return deed.text.trim() === '' || deed.text.length > longest.words ? '信不能是空的，也不要超过2万字' : null;
}
