import type { Pool } from "@evently/shared/postgres";
import { callNumberSeatChange, findSeatChanges } from "./change_feed_sql.ts";

/** Events of one pass. */
const MAX_EVENTS = 200;

/**
 * Puts the events whose seats have changed into the change feed: each once a pass, however often they changed.
 * Safe in several processes at once.
 *
 * @returns whether there may be more to do at once
 */
export async function runSeatChanges({ seatSql }: { seatSql: Pool }): Promise<boolean> {
  const eventIds = await findSeatChanges(seatSql, { limit: MAX_EVENTS });
  for (const eventId of eventIds) await callNumberSeatChange(seatSql, eventId);
  return eventIds.length === MAX_EVENTS;
}
