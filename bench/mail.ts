/**
 * CPU of taking one ordinary application apart, ours against mailparser's simpleParser, in the same run:
 * `node --import tsx bench/mail.ts`. Prints the medians and their ratio.
 */
import { simpleParser } from 'mailparser';
import { entity, filePart, gb, parts, textPart, to, word } from '../fixtures/mails/writing.ts';
import { parseMail } from '../src/message/parse.ts';
import { loadNotice } from '../src/notice/load.ts';

const rounds = 60;
const words = loadNotice('config', 'jiaozuo-craftsman-2018').words.mail;
const mail = application(1.3e6);

const ours = await median(() => parseMail(mail, words));
const theirs = await median(() => simpleParser(mail));
console.log(
  `mail of ${(mail.length / 1e6).toFixed(2)} MB, 7 attachments, ${rounds} rounds each, CPU per mail (median)`,
);
console.log(`parseMail     ${ours.toFixed(2)} ms`);
console.log(`simpleParser  ${theirs.toFixed(2)} ms`);
console.log(`ratio         ${(theirs / ours).toFixed(1)} : 1`);

/** Six materials and one more certificate, with a text in both formats, as Foxmail sends them. */
function application(bytes: number): Buffer {
  const names = [
    '推荐表.doc',
    '创新成果一览表.xls',
    '专利一览表.xls',
    '业绩量化表.xls',
    '荣誉证书1.jpg',
    '荣誉证书2.jpg',
    '照片.jpg',
  ];
  const size = Math.round((bytes * 3) / 4 / 1.03 / names.length);
  const content = Buffer.from(Array.from({ length: size }, (_, index) => (index * 7919 + (index >> 8)) & 255));
  const files = names.map((name) =>
    filePart(
      [
        `Content-Type: application/octet-stream;\r\n\tname="${word('GB2312', gb(name))}"`,
        `Content-Disposition: attachment;\r\n\tfilename="${word('GB2312', gb(name))}"`,
      ],
      content,
    ),
  );
  const text = '您好，现报送我县推荐人选李建国的材料，请查收。\r\n'.repeat(10);
  const alternative = parts(
    'alt',
    textPart('text/plain', 'GB2312', gb(text)),
    textPart('text/html', 'GB2312', gb(`<div>${text}</div>`)),
  );
  return entity(
    [
      `From: "${word('GB2312', gb('温县总工会'))}" <wxzgh@example.com>`,
      to,
      `Subject: ${word('GB2312', gb('温县总工会报送焦作工匠材料'))}`,
      'Content-Type: multipart/mixed; boundary="mix"',
    ],
    parts('mix', entity(['Content-Type: multipart/alternative; boundary="alt"'], alternative), ...files),
  );
}

/** Milliseconds of CPU (user and system) of one call. */
async function median(work: () => unknown): Promise<number> {
  for (let round = 0; round < 10; round++) await work();
  const taken: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    taken.push((user + system) / 1000);
  }
  return taken.sort((a, b) => a - b)[rounds / 2] ?? Number.NaN;
}
