/**
 * Waits for `work`, but no longer than `limitMs`; after that it settles as `late` returns or throws. The work itself
 * goes on; what becomes of it is not missed.
 */
export async function within<T, Late>(
  limitMs: number,
  work: Promise<T>,
  late: () => Late,
): Promise<T | Late> {
  const overdue = Promise.withResolvers<Late>();
  const timer = setTimeout(() => {
    try {
      overdue.resolve(late());
    } catch (error) {
      overdue.reject(error);
    }
  }, limitMs);
  try {
    return await Promise.race([work, overdue.promise]);
  } finally {
    clearTimeout(timer);
  }
}
