import { exactlyOne, isDistributed, type Pool } from "@evently/shared/postgres";

/** Probes of the database until a session must wait; enough for a busy machine. */
const MAX_PROBES = 10_000;

const BLOCKED_SESSIONS = `
  SELECT count(*) FROM pg_stat_activity
   WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`;

/** How many sessions of the database wait for a lock; where it is distributed, on all its servers. */
export async function countBlockedSessions(pool: Pool): Promise<number> {
  const counts = await isDistributed(pool)
    ? pool<{ count: number }[]>`
        SELECT coalesce(sum(result::bigint) FILTER (WHERE success), 0)::bigint AS count
          FROM run_command_on_all_nodes(${BLOCKED_SESSIONS})`
    : pool.unsafe<{ count: number }[]>(BLOCKED_SESSIONS);
  return await exactlyOne(counts, ({ count }) => count);
}

/**
 * Returns once a session of the database waits for a lock, or `unless` has settled, which would have to wait.
 *
 * @throws {Error} none does
 */
export async function waitForBlockedSession(
  sql: Pool,
  { unless }: { unless?: Promise<unknown> } = {},
): Promise<void> {
  let settled = false;
  const settle = () => settled = true;
  unless?.then(settle, settle);
  for (let probe = 0; probe < MAX_PROBES && !settled; probe++) {
    if (await countBlockedSessions(sql) > 0) return;
  }
  if (!settled) throw new Error("no session waits for a lock");
}
