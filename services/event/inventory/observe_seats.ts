import { SWEEP_LAG } from "@evently/shared/metrics";
import type { Sql } from "@evently/shared/postgres";
import { oldestExpiredHold } from "./seats_sql.ts";

/** Reads how far the sweep of expired seats is behind, for metrics. */
export async function observeSeats(sql: Sql, { now }: { now: Date }): Promise<void> {
  const endedAt = await oldestExpiredHold(sql, { now });
  SWEEP_LAG.set(endedAt ? Math.max(0, now.getTime() - endedAt.getTime()) / 1_000 : 0);
}
