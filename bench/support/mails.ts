import { allOf, kit } from '../../fixtures/make/kit.ts';
import { foxmail } from '../../fixtures/make/mail/desktop.ts';
import { eml, type Mail } from '../../fixtures/make/mail.ts';
import { patentNumber, residentNumber } from '../../fixtures/make/numbers.ts';
import { everybody, type Nominee, unionOf } from '../../fixtures/make/people.ts';

/** A made-up nominee with the mails that a union sends about him or her. */
export type Sent = { nominee: string; address: string; mails: Buffer[] };

const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶'];
const givenNames = ['立新', '海燕', '志远', '春梅', '国栋', '秀英', '建业', '晓峰', '玉兰', '永强', '文静', '大勇'];
const rosterUnions = ['解放区', '山阳区', '中站区', '马村区', '修武县', '博爱县', '武陟县', '温县', '沁阳市', '孟州市'];

/** The nominee of an index: another name, number, face, patent and post box each time; nobody of them lives. */
export function inventedNominee(index: number): Nominee {
  const base = everybody[index % everybody.length];
  if (!base) throw new Error('nobody is invented yet');
  const order = (100 + 2 * index + (base.sex === '男' ? 1 : 0)) % 1000;
  return {
    ...base,
    seed: 100 + index,
    name: nameOf(index),
    idNumber: residentNumber(base.birth, order),
    union: `${rosterUnions[index % rosterUnions.length]}总工会` as Nominee['union'],
    level: '技师（二级）',
    awards: base.awards.slice(0, 1).map((one) => ({ ...one, result: `${one.result}（${index + 1}号线）` })),
    patents: base.patents
      .slice(0, 1)
      .map((one) => ({ ...one, number: patentNumber(Number(one.number.slice(0, 4)), one.kind, 1000 + index) })),
  };
}

/** Some four thousand different ones. */
function nameOf(index: number): string {
  const round = Math.floor(index / surnames.length);
  const given = (at: number) => givenNames[at % givenNames.length] ?? '';
  return `${surnames[index % surnames.length]}${given(round)[0]}${given(round + Math.floor(round / givenNames.length))[1]}`;
}

/** How a union sends: everything at once, or something forgotten and sent when asked for. */
export type Way = 'complete' | 'forgets_photo' | 'corrects';

/**
 * @param received of the first mail; a correction comes an hour later
 * @returns the mails in order of arrival
 */
export async function sentBy(index: number, way: Way, received: Date): Promise<Sent> {
  const nominee = inventedNominee(index);
  const pieces = await kit(nominee, { naming: 'person', photoInForm: way === 'complete' });
  const address = `gonghui-${index}@163.com`; // a hyphen: no such account can exist
  const files = allOf(pieces).filter((piece) => way === 'complete' || piece !== pieces.photo);
  const head = { from: { name: unionOf(nominee.union).sender, address } };
  const first: Mail = {
    ...head,
    ...times(received),
    subject: `推荐${nominee.name}同志申报材料`,
    text: `您好：\n现报送${nominee.union}推荐人选${nominee.name}的申报材料，请查收。`,
    files,
  };
  const second: Mail = {
    ...head,
    ...times(new Date(received.getTime() + 3_600_000)),
    subject: `补充${nominee.name}照片`,
    text: `您好：\n${nominee.union}推荐人选${nominee.name}的照片补上，请查收。`,
    files: [pieces.photo],
  };
  const mails = way === 'corrects' ? [first, second] : [first];
  return { nominee: nominee.name, address, mails: mails.map((mail, n) => eml(mail, foxmail, `bench/${index}/${n}`)) };
}

/** A complete mail with a certificate scanned so large that the whole has `bytes` bytes. */
export async function enlarged(index: number, bytes: number, received: Date): Promise<Buffer> {
  const nominee = inventedNominee(index);
  const pieces = allOf(await kit(nominee, { naming: 'person' }));
  const scan = pieces.find(({ requirement }) => requirement === 'honor_certificates');
  if (!scan) throw new Error('no certificate');
  const rest = pieces.reduce((sum, piece) => sum + piece.bytes.length, 0) * 1.37;
  const padding = Buffer.alloc(Math.max(0, Math.floor((bytes - rest) / 1.37)), 'a scanner that never compresses '); // behind the picture's end
  const files = pieces.map((piece) =>
    piece === scan ? { ...piece, bytes: Buffer.concat([piece.bytes, padding]) } : piece,
  );
  const from = { name: unionOf(nominee.union).sender, address: `gonghui-${index}@163.com` };
  const text = `您好：\n现报送${nominee.union}推荐人选${nominee.name}的申报材料，请查收。`;
  return eml(
    { from, ...times(received), subject: `推荐${nominee.name}同志申报材料`, text, files },
    foxmail,
    `bench/huge/${index}`,
  );
}

/** Machines that write to every mailbox; none of them may get a letter. */
export function robotMail(index: number, received: Date): Buffer {
  const { sent: at } = times(received);
  const kinds = [
    {
      name: '系统退信',
      address: `Postmaster-${index}@163.com`,
      lines: ['Auto-Submitted: auto-replied'],
      subject: '系统退信',
    },
    {
      name: '会议推广',
      address: `news-${index}@qq.com`,
      lines: ['List-Unsubscribe: <mailto:off@example.com>', 'Precedence: bulk'],
      subject: '年中大促',
    },
    {
      name: '老王',
      address: `wang-${index}@126.com`,
      lines: ['Auto-Submitted: auto-replied', 'X-Autoreply: yes'],
      subject: '自动回复: 我在休假',
    },
  ];
  const kind = kinds[index % kinds.length];
  if (!kind) throw new Error('no kind');
  const mail: Mail = {
    from: { name: kind.name, address: kind.address },
    ...times(received),
    sent: at,
    subject: kind.subject,
    text: `这是一封自动发出的邮件（${index}）。`,
    extraHeaders: kind.lines,
  };
  return eml(mail, foxmail, `robot/${index}`);
}

export function times(received: Date): { received: string; sent: string } {
  const iso = (at: Date) => `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
  return { received: iso(received), sent: iso(new Date(received.getTime() - 7_000)) };
}
