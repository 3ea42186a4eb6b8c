import type { Pool } from "@evently/shared/postgres";

/** Probes of the database until a session must wait; enough for a busy machine. */
const MAX_PROBES = 10_000;

/**
 * Returns once a session of the database waits for a lock.
 *
 * @throws {Error} none does
 */
export async function waitForBlockedSession(sql: Pool): Promise<void> {
  for (let probe = 0; probe < MAX_PROBES; probe++) {
    const [waiting] = await sql`
      SELECT FROM pg_stat_activity
       WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`;
    if (waiting) return;
  }
  throw new Error("no session waits for a lock");
}
