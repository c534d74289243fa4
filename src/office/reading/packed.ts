import { Failure } from '../../errors.ts';
import type { KeptMessage } from '../../intake/index.ts';
import type { Understanding } from '../../intake/understood.ts';
import type { Notice } from '../../notice/notice.ts';
import { packShare, unpackShare } from '../../store/share-content.ts';

/** A mail that another process is to understand, by where its raw bytes lie. */
export type KeptMail = KeptMessage & { path: string };

/** An understanding on its way between two processes: shares packed as the database holds them, forms by their code. */
export type Packed = Omit<Understanding, 'shares'> & { shares: string[] };

export const packed = ({ shares, ...rest }: Understanding): Packed => ({ ...rest, shares: shares.map(packShare) });

export const unpacked = ({ shares, ...rest }: Packed, notice: Notice): Understanding => ({
  ...rest,
  shares: shares.map((share) => unpackShare(JSON.parse(share), notice)),
});

/** What went wrong in another process, to be thrown in this one. */
export type Failed = { failed: { kind: Failure['kind']; forPerson: string; reason: string } };

export function failed(error: unknown): Failed {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return error instanceof Failure
    ? { failed: { kind: error.kind, forPerson: error.forPerson, reason } }
    : { failed: { kind: 'permanent', forPerson: '处理时出错，请联系管理员查看日志', reason } };
}

/** @throws Failure what went wrong there */
export function unpackedOrThrown(answer: Packed | Failed, notice: Notice): Understanding {
  if ('failed' in answer) throw new Failure(answer.failed.kind, answer.failed.forPerson, answer.failed.reason);
  return unpacked(answer, notice);
}
