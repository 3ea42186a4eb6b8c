import type { Pool } from "@evently/shared/postgres";
import { callNumberSeatChange, findSeatChanges } from "./change_feed_sql.ts";

/** Events per pass. */
const MAX_EVENTS = 200;

/**
 * Puts the events whose seats have changed into the change feed, each once per pass however often it changed. Safe in
 * several processes at once.
 *
 * @returns whether to run again at once
 */
export async function runSeatChanges({ seatSql }: { seatSql: Pool }): Promise<boolean> {
  const eventIds = await findSeatChanges(seatSql, { limit: MAX_EVENTS });
  for (const eventId of eventIds) await callNumberSeatChange(seatSql, eventId);
  return eventIds.length === MAX_EVENTS;
}
