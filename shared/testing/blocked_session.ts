import type { Pool } from "@evently/shared/postgres";

/** Probes of the database until a session must wait; enough for a busy machine. */
const MAX_PROBES = 10_000;

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
    const [waiting] = await sql`
      SELECT FROM pg_stat_activity
       WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`;
    if (waiting) return;
  }
  if (!settled) throw new Error("no session waits for a lock");
}
