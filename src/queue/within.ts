/**
 * Waits for a promise, but not for ever.
 *
 * @returns whether it was fulfilled within `wallMs`; what it is rejected with is thrown
 */
export async function within(wallMs: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), wallMs);
  });
  try {
    return await Promise.race([promise.then(() => true), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
