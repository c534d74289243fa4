import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean, type Problem, refusal } from '../config/problem.ts';
import { readText, readYaml } from '../config/yaml-file.ts';
import { Failure } from '../errors.ts';
import { mailWordsSchema } from '../message/words.ts';
import { crossProblems } from './cross-check.ts';
import { type FormDefinition, formSchema } from './form-schema.ts';
import type { Notice } from './notice.ts';
import { readRoster } from './roster.ts';
import { noticeSchema } from './schema.ts';
import { letterKinds, letterProblems, type Phrases, phraseProblems, phrasesSchema } from './texts.ts';
import { nameWordsSchema, sentenceWordsSchema, valueWordsSchema } from './words.ts';

/**
 * Reads one round from `config/`.
 *
 * @param configDir the folder that holds `notices/` and `words/`
 * @param code the round's folder under `notices/`
 * @throws Failure (usage) with every mistake of every file at once, in Chinese
 */
export function loadNotice(configDir: string, code: string): Notice {
  const known = foldersIn(join(configDir, 'notices'));
  if (!known.includes(code)) {
    const meant = didYouMean(code, known);
    throw new Failure(
      'usage',
      `${configDir} 里没有批次“${code}”${meant ? `，是不是“${meant}”？` : `；现有：${known.join('、') || '无'}`}`,
    );
  }
  const problems: Problem[] = [];
  const notice = readRound(configDir, join('notices', code), problems);
  if (notice && problems.length === 0) problems.push(...crossProblems(notice, join('notices', code)));
  if (!notice || problems.length > 0) throw refusal(problems);
  return notice;
}

/** Every file is read even when an earlier one is wrong, so that one start names all mistakes. */
function readRound(configDir: string, folder: string, problems: Problem[]): Notice | null {
  const yaml = <Schema extends Parameters<typeof readYaml>[2]>(file: string, schema: Schema) =>
    readYaml(join(configDir, file), file, schema, problems);
  const file = yaml(join(folder, 'notice.yaml'), noticeSchema);
  const values = yaml('words/values.yaml', valueWordsSchema);
  const sentences = yaml('words/sentences.yaml', sentenceWordsSchema);
  const names = yaml('words/names.yaml', nameWordsSchema);
  const mail = yaml('words/mail.yaml', mailWordsSchema);
  const phrases = yaml(join(folder, 'letters/phrases.yaml'), phrasesSchema) as Phrases | null;
  const forms = readForms(configDir, join(folder, 'forms'), problems);
  const roster = readRoster(
    readText(join(configDir, folder, 'roster.csv'), join(folder, 'roster.csv'), problems) ?? '',
    join(folder, 'roster.csv'),
    problems,
  );
  const letters = readLetters(configDir, join(folder, 'letters'), problems);
  if (phrases) problems.push(...phraseProblems(join(folder, 'letters/phrases.yaml'), phrases, file?.severities ?? {}));
  if (!file || !values || !sentences || !names || !mail || !phrases) return null;
  return {
    ...file,
    severities: file.severities as Notice['severities'],
    forms,
    roster,
    words: { values, sentences, names, mail },
    phrases,
    letters,
  };
}

function readForms(configDir: string, folder: string, problems: Problem[]): FormDefinition[] {
  return filesIn(join(configDir, folder), '.yaml').flatMap((name) => {
    const form = readYaml(join(configDir, folder, name), join(folder, name), formSchema, problems);
    return form ? [{ ...form, code: name.replace(/\.yaml$/, '') }] : [];
  });
}

function readLetters(configDir: string, folder: string, problems: Problem[]): Notice['letters'] {
  const read = (name: string) => {
    const file = join(folder, `${name}.txt`);
    const template = readText(join(configDir, file), file, problems)?.replaceAll('\r\n', '\n') ?? '';
    if (template) problems.push(...letterProblems(file, template, name === 'footer'));
    return template;
  };
  return Object.fromEntries([...letterKinds, 'footer' as const].map((kind) => [kind, read(kind)])) as Notice['letters'];
}

function foldersIn(path: string): string[] {
  return listing(path)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function filesIn(path: string, ending: string): string[] {
  return listing(path)
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map(({ name }) => name)
    .sort();
}

function listing(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // said by whoever needed something in it
    throw error;
  }
}
