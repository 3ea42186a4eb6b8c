import type { Audience } from "./audience.ts";

/** Name of the lock that all tabs of this browser share. */
const lockOf = (audience: Audience) => `evently-refresh-${audience}`;

/**
 * Runs what changes the log-in, one tab at a time. `waited` tells that another tab was at it before, which may have
 * done what is to be done. Without locks, as over plain http from another machine, nothing waits.
 */
export async function alone<Result>(
  audience: Audience,
  run: (waited: boolean) => Promise<Result>,
): Promise<Result> {
  const lockName = lockOf(audience);
  const locks: LockManager | undefined = navigator.locks;
  if (!locks) return await run(false);
  const first = await locks.request(
    lockName,
    { ifAvailable: true },
    async (lock) => lock ? { result: await run(false) } : undefined,
  );
  return first ? first.result : await locks.request(lockName, () => run(true));
}
