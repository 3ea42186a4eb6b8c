import { newId } from "@evently/shared/ids";
import type { Tx } from "@evently/shared/postgres";
import type { EventChange } from "../events/update_event.ts";
import { toEventResponse } from "../events/wire.ts";
import { insertDeliveries } from "./facts_sql.ts";
import type { EventTopic } from "./topics.ts";

/** Tells webhooks of a change that an organiser made to an event or to what it sells, in the transaction of that change. */
export async function writeEventFact(
  tx: Tx,
  change: EventChange,
): Promise<void> {
  const topic = topicOf(change);
  if (topic === undefined) return;
  const { after, now } = change;
  const { eventId } = after;
  const data = toEventResponse(after, now);
  await insertDeliveries(tx, {
    facts: [{ id: newId(), topic, eventId, happenedAt: now, data }],
    now,
  });
}

/** What is told of a change; of a draft nothing is, until it is published. */
function topicOf({ statusBefore, after }: EventChange): EventTopic | undefined {
  if (after.status === "cancelled") return "event.cancelled";
  if (statusBefore !== "draft") return "event.changed";
  return after.status === "draft" ? undefined : "event.published";
}
