import { readFileSync } from 'node:fs';
import type { ParsedMail } from '../../src/message/mail.ts';
import { parseMail } from '../../src/message/parse.ts';
import { loadMailWords } from '../../src/message/words.ts';

/** The words the product is delivered with. */
export const words = loadMailWords('config/words/mail.yaml');

/** The committed mail of that trouble, as it lies on disk. */
export const raw = (name: string): Buffer => readFileSync(`fixtures/mails/${name}.eml`);
export const parsed = (name: string): ParsedMail => parseMail(raw(name), words);

/** A mail typed as text. */
export const typed = (text: string): ParsedMail => parseMail(Buffer.from(text, 'utf8'), words);
