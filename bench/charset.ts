/**
 * How often Chinese text is read wrong whose charset nobody tells, or tells rightly:
 * `node --import tsx bench/charset.ts [COUNT]`. Garbled is whatever is not letter by letter what was written.
 */
import iconv from 'iconv-lite';
import { simpleParser } from 'mailparser';
import { chinese } from '../fixtures/mails/chinese.ts';
import { readHead } from '../src/mailbox/head.ts';
import { parseMail } from '../src/message/parse.ts';
import { loadNotice } from '../src/notice/load.ts';
import { seeded } from '../test/support/seeded.ts';

const count = Number(process.argv[2] ?? 20_000);
const words = loadNotice('config', 'jiaozuo-craftsman-2018').words.mail;
const corpus = chinese(seeded(2018));
const texts = (make: () => string, most = count) => Array.from({ length: most }, make);

const mail = (head: string[], charset: string, body: string) =>
  Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), iconv.encode(body, charset)]);
const bodyOf = (raw: Buffer) => parseMail(raw, words).text;
const plain = (text: string) => text.replace(/\r\n/g, '\n');

console.log(`${count} texts each; seed 2018`);
for (const charset of ['gb18030', 'utf-8']) {
  const read = (text: string) => bodyOf(mail(['Content-Transfer-Encoding: 8bit'], charset, text));
  rate(`bodies in ${charset}, no charset declared`, texts(corpus.letter), (text) => read(text) === plain(text));
}
const traditional = texts(corpus.traditional);
for (const charset of ['big5', 'gb18030'])
  rate(
    `traditional letters in ${charset}, no charset declared`,
    traditional,
    (text) => bodyOf(mail(['Content-Transfer-Encoding: 8bit'], charset, text)) === text,
  );
for (const [title, make] of [
  ['subjects', corpus.subject],
  ['subjects of two to six signs', corpus.shortSubject],
  ['subjects, two to six common signs by chance', corpus.anyCommon],
  ['subjects, two to six rare signs by chance', corpus.anySigns],
] as const)
  for (const charset of ['gb18030', 'utf-8'])
    rate(`raw 8-bit ${title} in ${charset}`, texts(make), (text) => subjectOf(text, charset) === text);
rate('raw 8-bit names in gb18030', texts(corpus.person), (name) => {
  const raw = Buffer.concat([
    Buffer.from('From: "'),
    iconv.encode(name, 'gb18030'),
    Buffer.from('" <a@126.com>\r\n\r\n'),
  ]);
  return readHead(raw).fromName === name;
});
for (const [label, charset] of [
  ['utf-8', 'utf-8'],
  ['gb2312', 'gbk'],
  ['gbk', 'gbk'],
  ['gb18030', 'gb18030'],
  ['big5', 'big5'],
] as const)
  await labelled(label, charset);

function subjectOf(text: string, charset: string): string {
  return readHead(Buffer.concat([Buffer.from('Subject: '), iconv.encode(text, charset), Buffer.from('\r\n\r\n')]))
    .subject;
}

function rate(title: string, all: string[], isRight: (text: string) => boolean): void {
  const wrong = all.filter((text) => !isRight(text));
  const percent = ((wrong.length / all.length) * 100).toFixed(3);
  const shown = [...new Set(wrong)].slice(0, 3).map((text) => text.slice(0, 16));
  console.log(`${title.padEnd(52)} ${percent.padStart(7)} % garbled  ${shown.join(' | ')}`);
}

/** Labels that are true: never worse than mailparser on the same mail. */
async function labelled(label: string, charset: string): Promise<void> {
  const sample = texts(label === 'big5' ? corpus.traditional : corpus.letter, Math.min(count, 2_000)).filter(
    (text) => iconv.decode(iconv.encode(text, charset), charset) === text,
  );
  const [ours, theirs] = [[] as string[], [] as string[]];
  for (const text of sample) {
    const raw = mail([`Content-Type: text/plain; charset=${label}`, 'Content-Transfer-Encoding: 8bit'], charset, text);
    if (bodyOf(raw) !== plain(text)) ours.push(text);
    if (plain((await simpleParser(raw)).text ?? '').trim() !== plain(text)) theirs.push(text);
  }
  const figure = (wrong: string[]) => `${((wrong.length / sample.length) * 100).toFixed(3)} %`;
  console.log(
    `${`labelled ${label}, truly`.padEnd(52)} ${figure(ours)} garbled; mailparser ${figure(theirs)}; ${sample.length} mails`,
  );
}
