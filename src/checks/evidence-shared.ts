import { evidenceOf } from '../application/peers.ts';
import { type Check, finding } from './check.ts';

/** One certificate file, photo or patent in two nominees' dossiers: team work or a mix-up; staff look. */
export const evidenceShared: Check = (application, { notice, peers }) => {
  const own = new Map(evidenceOf(application).map((each) => [each.key, each]));
  return peers.shared.flatMap(({ key, nominee, file: theirs }) => {
    const mine = own.get(key);
    if (!mine) return [];
    const words = { 另一人: nominee ?? '另一件申报', 另一文件: theirs };
    return finding(
      'evidence_shared',
      { material: { file: mine.file }, location: mine.location, seen: mine.said, words },
      notice,
    );
  });
};
