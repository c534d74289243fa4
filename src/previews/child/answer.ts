import { readFile } from 'node:fs/promises';
import { sniff } from '../../documents/sniff/sniff.ts';
import type { NamedFile } from '../../documents/sniff/sniffed.ts';
import { Failure } from '../../errors.ts';
import type { Answer, Task } from '../task.ts';
import { fileAt, type Gone } from './fetch.ts';
import { pageOf } from './page.ts';

/** Does one task. A trouble of ours (the raw file is gone) travels back as it is; a bad file is an answer. */
export async function answerOf(task: Task): Promise<Answer> {
  try {
    const file = await fileAt(task);
    return 'gone' in file ? absent(file, task) : await made(task, file);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { kind, forPerson, message } = error;
    return { failed: { kind, forPerson, reason: message } };
  }
}

async function made(task: Task, file: NamedFile): Promise<Answer> {
  if (task.what === 'original') return { kind: 'original', type: (await sniff(file)).type, bytes: file.bytes };
  const shown = task.converted ? { name: 'converted.docx', bytes: await readFile(task.converted) } : file;
  if (task.what === 'page') return pageOf(shown, task.places);
  return (await import('./picture.ts')).pictureOf(shown, task.wanted); // who only reads waits for no picture library
}

const absent = ({ gone, why }: Gone, { what }: Task): Answer =>
  what === 'original' ? null : { absent: { kind: 'none', type: 'unknown', why, reason: gone } };
