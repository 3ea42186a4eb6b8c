import type { Clock } from "@evently/shared/clock";
import type { Sql } from "@evently/shared/postgres";
import type { Fact } from "./fact.ts";
import { insertDeliveries } from "./facts_sql.ts";

/**
 * Takes facts from another service for the webhooks of the events' owners. Idempotent by the facts' ids.
 *
 * @returns the number of deliveries that are to be made
 */
export async function recordFacts(
  { sql, clock, webhooks }: { sql: Sql; clock: Clock; webhooks: { nudge(): void } },
  { facts }: { facts: readonly Fact[] },
): Promise<number> {
  const written = await insertDeliveries(sql, { facts, now: clock.now() });
  if (written > 0) webhooks.nudge();
  return written;
}
