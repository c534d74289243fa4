/**
 * What old Word files lose against the .docx they were made from, read by ourselves and with LibreOffice's help:
 * `node --import tsx bench/old-word.ts [NOMINEES]`. Needs `soffice`, which also makes the .doc and .rtf.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Layout } from '../fixtures/make/forms/recommendation.ts';
import { asWord, innovationList, recommendation } from '../fixtures/make/forms.ts';
import { everybody } from '../fixtures/make/people.ts';
import { portrait } from '../fixtures/make/pictures/portrait.ts';
import { withLibreOffice } from '../src/documents/libreoffice/with-libreoffice.ts';
import { openReader, type Reader } from '../src/documents/reader.ts';
import type { NamedFile } from '../src/documents/sniff/sniffed.ts';
import { readForms } from '../src/forms/read-forms.ts';
import { silentLog } from '../src/log.ts';
import { loadNotice } from '../src/notice/load.ts';

const notice = loadNotice('config', 'jiaozuo-craftsman-2018');
const layouts: Layout[] = ['grid', 'boxed', 'paired'];
const styles = ['floating', 'inline', 'vml'] as const;
const folder = mkdtempSync(join(tmpdir(), 'old-word-'));

type Facts = { fields: string[]; cells: string[]; photo: string };

/** What a form says: fields, cells of its list, where its photo stands. */
async function factsOf(reader: Reader, file: NamedFile): Promise<Facts> {
  const reading = await reader.read(file);
  const forms = reading.kind === 'document' ? readForms(reading.document, notice) : [];
  return {
    fields: forms.flatMap((form) => form.fields.map(({ key, text, location }) => `${key} ${text} ${location}`)),
    cells: forms.flatMap(({ tables }) =>
      tables.flatMap(({ rows }) =>
        rows.flatMap((row) => Object.values(row.cells).map((cell) => `${cell.location} ${cell.text}`)),
      ),
    ),
    photo: forms.flatMap(({ photo }) => (photo?.picture ? [photo.picture.location] : [])).join(),
  };
}

/** Converts many files at one start. */
function convert(paths: string[], to: string): void {
  const words = [
    '--headless',
    `-env:UserInstallation=file://${folder}/profile`,
    '--convert-to',
    to,
    '--outdir',
    folder,
  ];
  execFileSync('soffice', [...words, ...paths], { stdio: 'ignore' });
}

const nominees = everybody.slice(0, Number(process.argv[2] ?? 12));
mkdirSync(join(folder, 'docx'));
const made: { name: string; to: 'doc' | 'rtf' }[] = [];
for (const [index, nominee] of nominees.entries()) {
  const look = { layout: layouts[index % 3] ?? 'grid', pictures: styles[Math.floor(index / 3) % 3] ?? 'inline' };
  const to = index % 4 === 3 ? 'rtf' : 'doc';
  const files = [await recommendation(nominee, await portrait(nominee), look), await asWord(innovationList(nominee))];
  for (const [kind, bytes] of files.entries()) {
    writeFileSync(join(folder, 'docx', `${index}-${kind}.docx`), bytes);
    made.push({ name: `${index}-${kind}`, to });
  }
}
for (const to of ['doc', 'rtf'] as const)
  convert(
    made.flatMap((each) => (each.to === to ? [join(folder, 'docx', `${each.name}.docx`)] : [])),
    to,
  );

const plain = openReader({ children: 1 });
const helped = withLibreOffice(openReader({ children: 1 }), { log: silentLog, folder: null });
const converted = convertedAlone();

/** Whatever the file, the .docx that LibreOffice makes of it: what the product would read if it always asked. */
function convertedAlone(): Reader {
  const out = join(folder, 'back');
  for (const to of ['doc', 'rtf']) {
    const paths = made.flatMap((each) => (each.to === to ? [join(folder, `${each.name}.${to}`)] : []));
    const words = [
      '--headless',
      `-env:UserInstallation=file://${folder}/profile`,
      '--convert-to',
      'docx',
      '--outdir',
      out,
    ];
    execFileSync('soffice', [...words, ...paths], { stdio: 'ignore' });
  }
  return {
    ...plain,
    read: ({ name }) => plain.read({ name: 'x.docx', bytes: readFileSync(join(out, name.replace(/\w+$/, 'docx'))) }),
  };
}

const whole = (bytes: Buffer) => bytes;
const cutShort = (bytes: Buffer) => bytes.subarray(0, -512);
for (const [who, reader, files, arrived] of [
  ['by ourselves', plain, made, whole],
  ['with LibreOffice where in doubt', helped, made, whole],
  ['through LibreOffice always', converted, made, whole],
  ['.doc without their last 512 bytes, by ourselves', plain, made.filter(({ to }) => to === 'doc'), cutShort],
  ['the same with LibreOffice', helped, made.filter(({ to }) => to === 'doc'), cutShort],
] as const) {
  const right = { fields: [0, 0], cells: [0, 0], photo: [0, 0] } satisfies Record<keyof Facts, [number, number]>;
  const began = performance.now();
  for (const { name, to } of files) {
    const truth = await factsOf(plain, { name: 'x.docx', bytes: readFileSync(join(folder, 'docx', `${name}.docx`)) });
    const seen = await factsOf(reader, {
      name: `${name}.${to}`,
      bytes: arrived(readFileSync(join(folder, `${name}.${to}`))),
    });
    for (const what of ['fields', 'cells'] as const) {
      right[what][0] += truth[what].filter((each) => seen[what].includes(each)).length;
      right[what][1] += truth[what].length;
    }
    if (truth.photo === '') continue;
    right.photo[0] += seen.photo === truth.photo ? 1 : 0;
    right.photo[1] += 1;
  }
  const ms = (performance.now() - began) / files.length;
  const told = Object.entries(right).map(([what, [good, all]]) => `${what} ${good}/${all}`);
  console.log(`${files.length} files, ${who}: ${told.join(', ')}; ${ms.toFixed(0)} ms a file`);
}
await Promise.all([plain.close(), helped.close()]);
rmSync(folder, { recursive: true });
