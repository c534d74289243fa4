// What an office gets from a capable programmer in an afternoon: one mail after the other, fetched, parsed, each
// attachment's name and text looked at, answered. No database, no retry, nothing kept. Runs on Node alone, so that its
// memory is its own: `IMAP_URL=… SMTP_URL=… node bench/plain/answer.mjs` (bench/road.ts calls it).
import ExcelJS from 'exceljs';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import mammoth from 'mammoth';
import { createTransport } from 'nodemailer';

const cutOff = new Date('2018-07-21T00:00:00+08:00');
/** How each of the six is told: by words in a file's name or in its text. */
const materials = [
  { code: 'recommendation_form', title: '推荐表', words: /推荐表/ },
  { code: 'innovation_list', title: '技术创新成果一览表', words: /创新成果(一览|明细)/ },
  { code: 'patent_list', title: '专利成果一览表', words: /专利(成果)?(一览|明细)/ },
  { code: 'performance_sheet', title: '业绩量化表', words: /量化表/ },
  { code: 'honor_certificates', title: '荣誉证书复印件', words: /荣誉证书|荣誉称号/ },
  { code: 'photo', title: '2寸彩色照片', words: /照片|2寸|二寸/ },
];

const imapUrl = new URL(process.env.IMAP_URL ?? '');
const imap = new ImapFlow({
  host: imapUrl.hostname,
  port: Number(imapUrl.port),
  secure: false,
  auth: { user: decodeURIComponent(imapUrl.username), pass: decodeURIComponent(imapUrl.password) },
  logger: false,
});
const post = createTransport(process.env.SMTP_URL);

await imap.connect();
await imap.mailboxOpen('INBOX', { readOnly: true });
for await (const { source, internalDate } of imap.fetch('1:*', { source: true, internalDate: true }))
  await answer(await simpleParser(source), internalDate);
await imap.logout();
post.close();

async function answer(mail, arrived) {
  const sender = mail.from?.value[0]?.address;
  const found = new Set();
  for (const { filename = '', content } of mail.attachments) {
    const seen = `${filename}\n${await textOf(filename, content)}`;
    const material =
      materials.find(({ words }) => words.test(filename)) ?? materials.find(({ words }) => words.test(seen));
    if (material) found.add(material);
  }
  if (!sender || (found.size === 0 && !/工匠|申报材料/.test(mail.subject ?? ''))) return;
  const missing = materials.filter((material) => !found.has(material));
  await post.sendMail({
    from: '焦作市总工会 <office@126.example>',
    to: sender,
    inReplyTo: mail.messageId,
    subject: `回复：${mail.subject}`,
    text: letter(arrived, missing),
    headers: { 'X-Letter': kindOf(arrived, missing), 'X-Missing': missing.map(({ code }) => code).join(' ') },
  });
}

function kindOf(arrived, missing) {
  if (arrived >= cutOff) return 'late_notice';
  return missing.length > 0 ? 'correction_request' : 'receipt';
}

function letter(arrived, missing) {
  if (arrived >= cutOff) return '您好：\n来信收到。邮件到达时已过截止时间，由工作人员处理。';
  if (missing.length === 0) return '您好：\n材料收到，六项齐全。';
  return `您好：\n材料收到，还缺少：${missing.map(({ title }) => title).join('、')}。请补齐后再发。`;
}

async function textOf(name, content) {
  try {
    if (/\.docx$/i.test(name)) return (await mammoth.extractRawText({ buffer: content })).value;
    if (!/\.xlsx$/i.test(name)) return '';
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(content);
    const cells = [];
    book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => cells.push(cell.text))));
    return cells.join('\n');
  } catch (error) {
    console.error(`${name}: ${error.message}`); // a broken file counts as not sent
    return '';
  }
}
