/**
 * Waits for work, but not longer than told.
 *
 * @param tooLate makes the error to throw when the time is over; the work is left to itself
 */
export async function withinTime<Result>(wallMs: number, work: Promise<Result>, tooLate: () => Error): Promise<Result> {
  work.catch(() => {}); // when it fails after its time, nobody waits for it any more
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate()), wallMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
