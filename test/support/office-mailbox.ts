import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../src/log.ts';
import type { Mailbox, MailboxOptions } from '../../src/mailbox/mailbox.ts';
import { openMailbox } from '../../src/mailbox/open-mailbox.ts';
import { openRawStore, type RawStore } from '../../src/mailbox/raw-store.ts';
import { type MemoryLedger, memoryLedger } from './memory-ledger.ts';

/** An office that receives mail: its ledger in memory, its raw files in a folder of its own. */
export type OfficeMailbox = {
  ledger: MemoryLedger;
  rawStore: RawStore;
  /** Opens the mailbox as a newly started program would. */
  open: (imapUrl: string, told?: Pick<MailboxOptions, 'onProgress' | 'onKept'>) => Mailbox;
  /** What outlives a program, by name. */
  remembered: Map<string, string>;
  /** Names of the files in the raw store, finished or not. */
  files: () => string[];
  stop: () => Promise<void>;
};

/** @param opens when the round opens */
export async function officeMailbox(opens = new Date('2018-06-01T00:00:00+08:00')): Promise<OfficeMailbox> {
  const dataDir = mkdtempSync(join(tmpdir(), 'office-'));
  const ledger = memoryLedger();
  const rawStore = await openRawStore(dataDir);
  const opened: Mailbox[] = [];
  const remembered = new Map<string, string>();
  const memory = {
    recall: async (name: string) => remembered.get(name) ?? null,
    remember: async (name: string, value: string) => void remembered.set(name, value),
  };
  return {
    ledger,
    rawStore,
    remembered,
    open: (imapUrl, told = {}) => {
      const mailbox = openMailbox({ imapUrl, ledger, rawStore, opens, log: silentLog, memory, ...told });
      opened.push(mailbox);
      return mailbox;
    },
    files: () =>
      readdirSync(join(dataDir, 'raw'), { recursive: true, encoding: 'utf8' }).filter((n) => n.includes('.')),
    stop: async () => {
      await Promise.all(opened.map((mailbox) => mailbox.close()));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A mail of a union, as a server of NetEase would hand it out. */
export function unionMail(subject: string, body = '材料见附件。'): string {
  return [
    'Return-Path: <gonghui@example.com>',
    'Delivered-To: clerk@example.com',
    'Received: from mail.example.com (unknown [192.0.2.8])',
    '\tby mx1 (Coremail) with SMTP id QMCowAA; Tue, 10 Jul 2018 10:00:00 +0800 (CST)',
    'From: =?gb2312?B?veLK1A==?= <gonghui@example.com>',
    `Subject: ${subject}`,
    `Message-ID: <${Buffer.from(subject).toString('hex')}@example.com>`,
    'Date: Tue, 10 Jul 2018 09:59:58 +0800',
    'Content-Type: text/plain; charset=utf-8',
    '',
    body,
    '',
  ].join('\r\n');
}
