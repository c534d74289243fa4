import type { OpenDb } from '../store/database.ts';
import type { Journal } from '../store/journal.ts';
import type { Numbers } from '../store/numbers.ts';
import type { LetterPolicy } from './settle-letter.ts';

/** What recording needs of the office. */
export type Recorder = { db: OpenDb; journal: Journal; numbers: Numbers; policy: LetterPolicy };
