import { newId } from "@evently/shared/ids";
import { many, type Tx } from "@evently/shared/postgres";
import { type EventRecord, selectEvents } from "../events/events_sql.ts";
import { organisationOf, organisationOfWebhook } from "../organisations/scope_sql.ts";
import { toEventResponse } from "../events/wire.ts";
import type { Fact } from "./fact.ts";
import { insertDeliveries } from "./facts_sql.ts";
import type { EventTopic } from "./topics.ts";

const CHANGED: EventTopic = "event.changed";
/** The most events of a venue that are told of its change, the next ones first. */
const MAX_EVENTS = 500;

/** Tells webhooks of the events whose venue an organiser changed, in the transaction of that change. */
export async function writeVenueFacts(
  tx: Tx,
  { venueId, now }: { venueId: string; now: Date },
): Promise<void> {
  const events = await listWatchedEvents(tx, { venueId, now });
  const facts = events.map((event): Fact => ({
    id: newId(),
    topic: CHANGED,
    eventId: event.eventId,
    happenedAt: now,
    data: toEventResponse(event, now),
  }));
  if (facts.length > 0) await insertDeliveries(tx, { facts, now });
}

/** Published events of the venue that are still to end, and of which a webhook is told. */
function listWatchedEvents(
  tx: Tx,
  { venueId, now }: { venueId: string; now: Date },
): Promise<EventRecord[]> {
  return many(
    tx<EventRecord[]>`${selectEvents(tx)}
     WHERE e.venue_id = ${venueId} AND e.status = 'published' AND e.end_at > ${now}
       AND EXISTS (SELECT FROM webhooks w WHERE ${organisationOfWebhook(tx)} = ${
      organisationOf(tx)
    } AND ${CHANGED} = ANY (w.topics))
     ORDER BY e.start_at, e.event_id LIMIT ${MAX_EVENTS}`,
    (row) => row,
  );
}
