import type { Notice } from '../notice/notice.ts';
import type { Deed, DeedKind, DoneAct, FileRef, Found } from '../review/acts.ts';
import { plain } from './plain.ts';
import { decisionWords } from './say.ts';

type Say = {
  [Kind in DeedKind]: (deed: Extract<Deed, { kind: Kind }>, found: Found, nameOf: (code: string) => string) => string;
};

/** What a person did, as a line of the history; without who, when and the note. */
export function sayDeed(
  { deed, found }: Pick<DoneAct, 'deed' | 'found'>,
  acts: readonly DoneAct[],
  notice: Notice,
): string {
  if (deed.kind === 'undo') {
    const taken = acts.find(({ id }) => id === deed.act);
    return `撤销：${taken ? sayDeed(taken, acts, notice) : deed.act}`;
  }
  const nameOf = (code: string) => notice.requirements.find((each) => each.code === code)?.name ?? code;
  return (say[deed.kind] as Say['note'])(deed as never, found, nameOf);
}

const said = (text: string) => plain(text, 200);
const file = ({ path }: FileRef) => `“${plain(path, 80)}”`;

const say: Say = {
  accept_requirement: ({ requirement, reason }, _, nameOf) => `认可“${nameOf(requirement)}”：${said(reason)}`,
  dismiss_finding: ({ reason }) => `认定一处不算问题：${said(reason)}`,
  reassign_material: ({ file: ref, to }, _, nameOf) =>
    to === 'aside' ? `文件${file(ref)}与申报材料无关` : `文件${file(ref)}认作“${nameOf(to.requirement)}”`,
  set_union: ({ name }) => `推荐单位改为“${plain(name, 60)}”`,
  set_nominee: ({ name }) => `推荐人选改为“${plain(name, 60)}”`,
  split: (_, { from, to }) => `从 ${from} 分出一份材料到 ${to}`,
  place: (_, { to }) => `待归件的材料归入 ${to}`,
  merge: ({ number, into, otherName }) =>
    `${number} 并入 ${into}${otherName === undefined ? '' : `，已确认与“${plain(otherName, 60) || '姓名不明'}”是同一个人`}`,
  paper: ({ requirement, copies, sealSeen }, _, nameOf) =>
    `收到纸质“${nameOf(requirement)}”${copies}份，${sealSeen ? '已见公章' : '未见公章'}`,
  note: ({ text }) => `备注：${said(text)}`,
  decide: ({ decision }) => decisionWords[decision],
  undo: ({ act }) => `撤销：${act}`,
  rule: ({ ruled }) =>
    ruled === null ? '邮件改由系统判断' : ruled === 'application' ? '认定邮件是申报材料' : '认定邮件不是申报材料',
  edit_letter: ({ subject }) => `改写待发的信：${plain(subject, 80)}`,
  release_letter: () => '放行一封待人工发送的信',
  hold_letter: () => '暂缓发出一封信',
  release_all_held: (_, { letters = [] }) => `放行全部待人工发送的信（${letters.length}封）`,
  bring: ({ files, to }, _, nameOf) =>
    `补入材料：${files.map((name) => plain(name, 60)).join('、')}${to ? `，作为“${nameOf(to.requirement)}”` : ''}`,
};
