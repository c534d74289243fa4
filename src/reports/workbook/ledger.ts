import type { LetterRecord } from '../../store/records.ts';
import type { KeptRecord, OfficeFacts } from '../facts.ts';
import { fateWords, letterStateWords, letterWords } from '../say.ts';
import { type Sheet, sheetOf } from './sheet.ts';

/** 邮件台账: every mail ever met and what became of it, in order of arrival. */
export function messagesSheet({ messages }: OfficeFacts): Sheet {
  const inOrder = [...messages].sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime() || a.id - b.id);
  return sheetOf<KeptRecord>('邮件台账', inOrder, [
    ['序号', 8, ({ id }) => id],
    ['收到时间', 18, ({ receivedAt }) => receivedAt],
    ['去向', 10, ({ fate }) => fateWords[fate]],
    ['原因', 36, ({ reason }) => reason],
    ['需人工', 8, ({ needsPerson }) => (needsPerson ? '是' : '否')],
    ['申报件', 18, ({ applications }) => applications.join('、')],
    ['发件人', 28, ({ from }) => from],
    ['发件人姓名', 18, ({ fromName }) => fromName],
    ['主题', 48, ({ subject }) => subject],
    ['文件夹', 14, ({ folder }) => folder],
    ['UID', 12, ({ uid }) => uid],
    ['字节', 12, ({ bytes }) => bytes],
    ['见到次数', 10, ({ sightings }) => sightings],
    ['登记时间', 18, ({ keptAt }) => keptAt],
    ['原始文件（SHA-256）', 70, ({ sha256 }) => sha256 && { hash: sha256 }],
  ]);
}

/** 回函: every letter made, sent or not. */
export function lettersSheet({ letters }: OfficeFacts): Sheet {
  const inOrder = [...letters].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || a.id - b.id);
  return sheetOf<LetterRecord>('回函', inOrder, [
    ['序号', 8, ({ id }) => id],
    ['申报件', 16, ({ number }) => number],
    ['种类', 16, ({ kind }) => letterWords[kind]],
    ['状态', 12, ({ state }) => letterStateWords[state]],
    ['收件人', 28, ({ to }) => to],
    ['主题', 48, ({ subject }) => subject],
    ['应发时间', 18, ({ dueAt }) => dueAt],
    ['发出时间', 18, ({ sentAt }) => sentAt],
    ['次数', 8, ({ attempts }) => attempts],
    ['说明', 36, ({ reason }) => reason],
  ]);
}
