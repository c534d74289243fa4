import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import type { ChildLimits, ChildSeams } from '../../src/documents/pool/children.ts';
import type { EvidenceFile, MailPlace } from '../../src/previews/preview.ts';
import { openPreviews } from '../../src/previews/previews.ts';
import { notice } from '../support/notice.ts';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
});

/** A review desk for a test: previews over a folder of its own, one child that is warm after the first look. */
export function openDesk(limits: Partial<ChildLimits> = {}, seams: ChildSeams = {}, more: { idleMs?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'shouli-previews-'));
  const dataDir = join(folder, 'data');
  const previews = openPreviews({ dataDir, limits: { children: 1, ...limits }, ...more }, seams);
  closing.push(async () => {
    await previews.close();
    rmSync(folder, { recursive: true, force: true });
  });
  let files = 0;
  return {
    ...previews,
    dataDir,
    /** Lays a file on disk, as evidence under the sender's name for it. */
    file(name: string, bytes: Buffer): EvidenceFile {
      files += 1;
      const file = join(folder, `file-${files}`);
      writeFileSync(file, bytes);
      return { name, sha256: sha256(bytes), at: { file } };
    },
  };
}

/** As the office gives them: none are said in these mails. */
export const keys = { passwords: [], words: notice.words.mail };

/** An attachment of a mail that lies in a file. */
export function inMail(file: string, attachment: string): EvidenceFile & { at: MailPlace } {
  const mail = { file, sha256: sha256(readFileSync(file)) };
  return { name: attachment.split('/').at(-1) ?? attachment, sha256: null, at: { mail, attachment, keys } };
}
