/** Name of the lock that all tabs of this browser share. */
const LOCK = "evently-refresh-user";

/**
 * Runs what changes the log-in, one tab at a time. `waited` tells that another tab was at it before, which may have
 * done what is to be done. Without locks, as over plain http from another machine, nothing waits.
 */
export async function alone<Result>(run: (waited: boolean) => Promise<Result>): Promise<Result> {
  const locks: LockManager | undefined = navigator.locks;
  if (!locks) return await run(false);
  const first = await locks.request(
    LOCK,
    { ifAvailable: true },
    async (lock) => lock ? { result: await run(false) } : undefined,
  );
  return first ? first.result : await locks.request(LOCK, () => run(true));
}
