import { dressedKit } from '../../fixtures/make/dressed/kit.ts';
import { gbkZip } from '../../fixtures/make/gbk-zip.ts';
import { allOf, type Kit, kit, type Piece } from '../../fixtures/make/kit.ts';
import { foxmail } from '../../fixtures/make/mail/desktop.ts';
import { eml, type MailFile } from '../../fixtures/make/mail.ts';
import { unionOf } from '../../fixtures/make/people.ts';
import { inventedNominee, robotMail, times } from './mails.ts';
import { phoneScans, signed } from './scans.ts';

/** What the sender of a mail must hear: which kind of letter and what it names as missing; null: nothing at all. */
export type Due = { letter: 'receipt' | 'correction_request' | 'late_notice'; missing: string[] } | null;

/** One mail of the season and the right answer to it. `nominee` is null in mails that are none of the round's business. */
export type SeasonMail = {
  raw: Buffer;
  received: Date;
  address: string;
  nominee: string | null;
  zipped: boolean;
  due: Due;
};

/** In every twenty mails: twelve complete, five with a gap, one late, one as a zip with GBK names, one unrelated. */
type Way = 'complete' | 'gap' | 'late' | 'zipped' | 'unrelated';
const twenty: Way[] = [
  ...Array<Way>(7).fill('complete'),
  'gap',
  'gap',
  'late',
  'gap',
  'zipped',
  'gap',
  'gap',
  'unrelated',
  ...Array<Way>(5).fill('complete'),
];

/** What a union forgets: the pieces it leaves out, and the material that is missing then. */
const gaps: [missing: string, forgotten: (pieces: Kit) => Piece[]][] = [
  ['photo', ({ photo }) => [photo]],
  ['performance_sheet', ({ performance }) => [performance]],
  ['honor_certificates', ({ honours }) => honours],
  ['patent_list', ({ patents, patentCertificates }) => [patents, ...patentCertificates]],
];

const minute = (index: number) => new Date(Date.parse('2018-07-10T01:00:00Z') + index * 60_000);
const late = (index: number) => new Date(Date.parse('2018-07-21T01:00:00Z') + index * 60_000);

/**
 * The mails of a busy season, about 1.3 MB each: one .docx and three .xlsx as Word and Excel
 * save them, three scans of a phone and a photo. The same
 * for the same numbers.
 *
 * @param from index of the first
 */
export async function* season(from: number, count: number): AsyncGenerator<SeasonMail> {
  const scans = await phoneScans();
  for (let index = from; index < from + count; index += 1) {
    const way = twenty[index % twenty.length] ?? 'complete';
    yield way === 'unrelated' ? unrelated(index) : await related(index, way, scans);
  }
}

async function related(index: number, way: Way, scans: Buffer[]): Promise<SeasonMail> {
  const nominee = inventedNominee(index);
  const bare = await kit(
    { ...nominee, honours: nominee.honours.slice(0, 1) },
    { naming: 'person', lists: 'xlsx', photoInForm: way !== 'gap' },
  );
  const pieces = await dressedKit(bare);
  const [missing, forgotten] = gaps[index % gaps.length] ?? ['', () => []];
  const left = way === 'gap' ? forgotten(pieces) : [];
  const files = allOf(pieces)
    .filter((piece) => !left.includes(piece))
    .map((piece, n) => asSent(piece, pieces, index, n, scans));
  const received = way === 'late' ? late(index) : minute(index);
  const address = `gonghui-${index}@163.com`; // a hyphen: no such account can exist
  const mail = {
    from: { name: unionOf(nominee.union).sender, address },
    ...times(received),
    subject: `推荐${nominee.name}同志申报材料`,
    text: `您好：\n现报送${nominee.union}推荐人选${nominee.name}的申报材料，请查收。`,
    files: way === 'zipped' ? [zipOf(nominee.name, files)] : files,
  };
  return {
    raw: eml(mail, foxmail, `season/${index}`),
    received,
    address,
    nominee: nominee.name,
    zipped: way === 'zipped',
    due: dueTo(way, missing),
  };
}

function dueTo(way: Way, missing: string): Due {
  if (way === 'late') return { letter: 'late_notice', missing: [] };
  return way === 'gap' ? { letter: 'correction_request', missing: [missing] } : { letter: 'receipt', missing: [] };
}

/** Certificates come as a phone takes them; every seventh photo under the name that a phone gave it. */
function asSent(piece: Piece, { photo, ...rest }: Kit, index: number, n: number, scans: Buffer[]): MailFile {
  if (piece === photo) return index % 7 === 3 ? { ...piece, name: `mmexport15313${index}${n}.jpg` } : piece;
  const certificates = [...rest.innovationCertificates, ...rest.patentCertificates, ...rest.honours];
  if (!certificates.includes(piece)) return piece;
  return { ...piece, bytes: signed(scans[(index + n) % scans.length] ?? Buffer.alloc(0), `${index}/${n}`) };
}

const zipOf = (name: string, files: MailFile[]): MailFile => ({
  name: `${name}申报材料.zip`,
  bytes: gbkZip(files.map((file) => ({ path: `${name}申报材料/${file.name}`, bytes: file.bytes }))),
});

/** Machines, and another department's letter, which is from a person and still no application. */
function unrelated(index: number): SeasonMail {
  const received = minute(index);
  const none = { received, nominee: null, zipped: false, due: null };
  if (index % 40 < 20) {
    const raw = robotMail(index, received);
    return { ...none, raw, address: /^From: .*<(.+)>/m.exec(raw.toString('latin1'))?.[1] ?? '' };
  }
  const address = `bangongshi-${index}@163.com`;
  const mail = {
    from: { name: '市总办公室', address },
    ...times(received),
    subject: '关于召开下半年安全生产工作会议的通知',
    text: '各部室：\n定于本周五上午九点在三楼会议室召开安全生产工作会议，请准时参加。',
  };
  return { ...none, raw: eml(mail, foxmail, `season/${index}`), address };
}
