import type { Pool } from "@evently/shared/postgres";
import { callNumberChange, findChangedEvents } from "./changed_events_sql.ts";

/** Events per pass. */
const MAX_EVENTS = 200;

/**
 * Puts the events that have changed into the change feed, each once per pass however often it changed. Safe in
 * several processes at once.
 *
 * @returns whether to run again at once
 */
export async function numberChanges({ seatSql }: { seatSql: Pool }): Promise<boolean> {
  const eventIds = await findChangedEvents(seatSql, { limit: MAX_EVENTS });
  for (const eventId of eventIds) await callNumberChange(seatSql, eventId);
  return eventIds.length === MAX_EVENTS;
}
