import { readFileSync } from 'node:fs';
import type { ParsedMail } from '../../src/message/mail.ts';
import { parseMail } from '../../src/message/parse.ts';
import { notice } from '../support/notice.ts';

/** The words the product is delivered with. */
export const words = notice.words.mail;

/** The committed mail of that trouble, as it lies on disk. */
export const raw = (name: string): Buffer => readFileSync(`fixtures/mails/${name}.eml`);
export const parsed = (name: string): ParsedMail => parseMail(raw(name), words);

/** A mail typed as text. */
export const typed = (text: string): ParsedMail => parseMail(Buffer.from(text, 'utf8'), words);
