import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/**
 * The house shows the architecture: imports run one way. Each folder of `src/` with what it may import; a folder that is
 * not listed fails, so that a new one is placed on purpose.
 */
const mayImport: Record<string, string[]> = {
  text: [],
  config: ['text'],
  pictures: ['text', 'documents'],
  documents: ['text', 'pictures'],
  message: ['text', 'documents', 'config'],
  notice: ['text', 'config', 'message'],
  forms: ['text', 'documents', 'pictures', 'notice'],
  application: ['text', 'documents', 'message', 'pictures', 'forms', 'notice'],
  checks: ['text', 'forms', 'application', 'notice'],
  review: ['text', 'pictures', 'forms', 'application', 'checks', 'notice'],
  letters: ['text', 'documents', 'application', 'forms', 'notice', 'store'],
  intake: [
    ...['text', 'documents', 'message', 'pictures', 'forms', 'application', 'checks', 'review', 'letters', 'notice'],
    'store',
  ],
  store: ['text', 'application', 'message', 'notice', 'mailbox', 'pictures', 'review'],
  mailbox: ['text', 'message'],
  queue: [],
  reports: ['text', 'application', 'documents', 'forms', 'message', 'notice', 'review', 'store'],
  office: [
    ...['text', 'config', 'documents', 'message', 'notice', 'application', 'review', 'letters', 'intake'],
    ...['store', 'mailbox', 'queue', 'reports', 'previews'],
  ],
  previews: ['text', 'documents', 'pictures', 'message', 'mailbox'],
  web: [
    'text',
    'application',
    'documents',
    'forms',
    'message',
    'notice',
    'previews',
    'review',
    'store',
    'office',
    'reports',
  ],
  rehearsal: ['message', 'notice', 'store', 'office', 'reports', 'cli', 'web', 'workers'],
  cli: [
    ...['text', 'config', 'documents', 'message', 'forms', 'application', 'letters', 'intake', 'notice'],
    ...['review', 'store', 'office', 'reports'],
  ],
};
/** Files of `src/` itself that every folder may use. */
const groundFloor = ['clock.ts', 'closing.ts', 'errors.ts', 'log.ts', 'steps.ts', 'troubles.ts'];
const onlyIn: Record<string, string[]> = {
  'settings.ts': ['cli', 'office', 'rehearsal', 'intake', 'web'],
  'main.ts': ['cli'],
  'run.ts': ['rehearsal'],
};

/** Heavy readers of strangers' files live behind the child process: nothing that the main program loads may import them. */
const childOnly = [
  '@e965/xlsx',
  'sharp',
  '@hyzyla/pdfium',
  'word-extractor',
  'yauzl',
  'cfb',
  'heic-decode',
  '7z-wasm',
  '@kenjiuno/msgreader',
];

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'));
const importsOf = (file: string) =>
  [...readFileSync(join('src', file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    (match) => match[1] ?? '',
  );
/** The doorways in `workers/` count as a folder of their own. */
const folderOf = (file: string) =>
  file.startsWith('../') ? (file.split('/')[1] ?? '') : file.includes('/') ? (file.split('/')[0] ?? '') : '';

test('every folder has its place', () => {
  expect([...new Set(files.map(folderOf).filter(Boolean))].sort()).toEqual(Object.keys(mayImport).sort());
});

describe.each(files)('%s', (file) => {
  const folder = folderOf(file);
  test('imports one way', () => {
    const wrong = importsOf(file)
      .filter((target) => target.startsWith('.'))
      .map((target) => normalize(join(dirname(file), target)))
      .filter((target) => {
        const to = folderOf(target);
        if (to === '') return !(groundFloor.includes(target) || folder === '' || onlyIn[target]?.includes(folder));
        return folder !== '' && to !== folder && !mayImport[folder]?.includes(to);
      });
    expect(wrong).toEqual([]);
  });
});

test('no file leads back to itself, not even by its types', () => {
  const done = new Set<string>();
  const loopFrom = (file: string, way: readonly string[]): string[] => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return [];
    const targets = importsOf(file).filter((target) => target.startsWith('.'));
    const nexts = targets
      .map((target) => normalize(join(dirname(file), target)))
      .filter((next) => files.includes(next));
    for (const next of nexts) {
      const loop = loopFrom(next, [...way, file]);
      if (loop.length > 0) return loop;
    }
    done.add(file);
    return [];
  };
  expect(files.map((file) => loopFrom(file, [])).find((loop) => loop.length > 0) ?? []).toEqual([]);
});

test('what the main program loads imports no reader of strangers’ files', () => {
  const seen = new Set<string>();
  const visit = (file: string): string[] => {
    if (seen.has(file)) return [];
    seen.add(file);
    return readStatic(file).flatMap((target) =>
      target.startsWith('.') ? visit(normalize(join(dirname(file), target))) : [target],
    );
  };
  const loaded = ['cli/main.ts', 'cli/check.ts', 'cli/read.ts'].flatMap(visit);
  expect(seen.size).toBeGreaterThan(60);
  expect(loaded.filter((name) => childOnly.includes(name))).toEqual([]);
  expect(loaded.filter((name) => /^(kysely|pg|bullmq|imapflow)$/.test(name))).toEqual([]); // `check` starts in 0.7 s without
});

/** Imports that run when the file is loaded: no `import type`, no `import()`. */
const readStatic = (file: string) =>
  [...readFileSync(join('src', file), 'utf8').matchAll(/^(?:import|export)\s+(?!type\s)[^;]*?from\s+'([^']+)'/gm)].map(
    (match) => match[1] ?? '',
  );

/** One door to each thing that may be exchanged one day. */
const onlyDoor: [library: RegExp, folder: RegExp][] = [
  [/^kysely$/, /^store\//],
  [/^pg$/, /^(store|queue)\//],
  [/^(bullmq|ioredis)$/, /^queue\//],
  [/^imapflow$/, /^mailbox\//],
  [/^nodemailer(?!\/lib\/addressparser)/, /^letters\/smtp\//],
];

test.each(onlyDoor)('%s is known in %s alone', (library, folder) => {
  const knowing = files.filter((file) => importsOf(file).some((name) => library.test(name)));
  expect(knowing.length).toBeGreaterThan(0);
  expect(knowing.filter((file) => !folder.test(file))).toEqual([]);
});

test('code knows no 焦作: rules, names and words of the round are data', () => {
  const ofTheRound =
    /焦作|工匠|jzghscb|recommendation_form|innovation_list|patent_list|performance_sheet|honor_certificates|解放区|2018/;
  const found = files.flatMap((file) => {
    const comments = /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm;
    const code = readFileSync(join('src', file), 'utf8')
      .replace(comments, '')
      .replace(/\d{4}-\d\d-\d\dT[\d:+]+/g, ''); // nor times shown as examples
    return code
      .split('\n')
      .filter((line) => ofTheRound.test(line))
      .map((line) => `${file}: ${line.trim()}`);
  });
  expect(found).toEqual([expect.stringMatching(/^settings\.ts: .*'jiaozuo-craftsman-2018'/)]); // the default that the public face names
});
