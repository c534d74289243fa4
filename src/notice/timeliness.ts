import type { Notice } from './notice.ts';

/** `boundary` and `late` read the same to a union; only staff see the difference (a person decides on both). */
export type Timeliness = 'on_time' | 'boundary' | 'late';

const hourMs = 3_600_000;

/**
 * Where an arrival stands to the deadline (notice, clause 七: 7月20日前, read as including the 20th). The cut-off
 * itself is no longer on time; the boundary ends `boundaryHours` later, that instant excluded.
 */
export function timelinessOf(receivedAt: Date, { deadline }: Pick<Notice, 'deadline'>): Timeliness {
  const after = receivedAt.getTime() - deadline.cutOff.getTime();
  if (after < 0) return 'on_time';
  return after < deadline.boundaryHours * hourMs ? 'boundary' : 'late';
}
