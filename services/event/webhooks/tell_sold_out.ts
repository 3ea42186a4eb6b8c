import type { Clock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { type Pool, transaction } from "@evently/shared/postgres";
import { atTime } from "../events/events_sql.ts";
import { toEventResponse } from "../events/wire.ts";
import { type ChangedEvent, findChangesInLane } from "../search_feed/change_feed_sql.ts";
import type { Fact } from "./fact.ts";
import { insertDeliveries } from "./facts_sql.ts";
import {
  claimLane,
  findLanesToRead,
  isTopicWanted,
  type LaneRead,
  skipChanges,
  storeSaleStates,
} from "./sale_states_sql.ts";

/** Changes of a lane that are read in one pass. */
const MAX_CHANGES = 100;
const SOLD_OUT = "event.sold_out";
const AVAILABLE = "event.available";

/**
 * Reads the change feed on and tells webhooks which events have sold out since, and which have seats again. Sales know
 * nothing of it; an event that was sold out for less than a moment is not told. Safe in several processes at once.
 *
 * @returns whether to run again at once
 */
export async function tellSoldOut(
  { sql, clock, webhooks }: { sql: Pool; clock: Clock; webhooks: { nudge(): void } },
): Promise<boolean> {
  const lanes = await findLanesToRead(sql);
  if (lanes.length === 0) return false;
  if (!await isTopicWanted(sql, [SOLD_OUT, AVAILABLE])) {
    await skipChanges(sql);
    return false;
  }
  let isMore = false;
  let written = 0;
  for (const read of lanes) {
    const { lane, change: after } = read;
    const changes = await findChangesInLane(sql, { lane, after, limit: MAX_CHANGES });
    written += await tellLane(sql, { read, changes, now: clock.now() });
    isMore ||= changes.length === MAX_CHANGES;
  }
  if (written > 0) webhooks.nudge();
  return isMore;
}

/** Claims the changes that were read, stores the states and writes what is new of them, all or nothing. */
async function tellLane(
  sql: Pool,
  { read, changes, now }: { read: LaneRead; changes: readonly ChangedEvent[]; now: Date },
): Promise<number> {
  const last = changes.at(-1)?.change;
  if (last === undefined) return 0;
  const onSale = changes.map((event) => atTime(event, now))
    .filter(({ status }) => status === "published" || status === "sold_out");
  const events = new Map(onSale.map((event) => [event.eventId, event]));
  const states = onSale.map(({ eventId, status }) => ({
    eventId,
    isSoldOut: status === "sold_out",
  }));
  return await transaction(sql, async (tx) => {
    if (!await claimLane(tx, read, { last })) return 0;
    const changed = await storeSaleStates(tx, states);
    const facts = changed.flatMap(({ eventId, isSoldOut }): Fact[] => {
      const event = events.get(eventId);
      if (!event) return [];
      const topic = isSoldOut ? SOLD_OUT : AVAILABLE;
      const data = toEventResponse(event, now);
      return [{ id: newId(), topic, eventId, happenedAt: now, data }];
    });
    return await insertDeliveries(tx, { facts, now });
  });
}
