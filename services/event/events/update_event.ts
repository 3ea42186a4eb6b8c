import type { AdminIdentity } from "@evently/shared/auth";
import { toMinor } from "@evently/shared/money";
import { enqueue } from "@evently/shared/outbox";
import { transaction, type Tx } from "@evently/shared/postgres";
import { editableOwner } from "../accounts/admin_scope.ts";
import { changesOf, isEmpty } from "./changes.ts";
import type { EventDeps } from "../deps.ts";
import { CapacityBelowSold, EventNotYours, StaleVersion } from "../errors.ts";
import { assertChangeable, assertStatusSettable, type WishedChanges } from "./event_rules.ts";
import type { UpdateEventRequest } from "./event_requests.ts";
import { inRefundOrder } from "./refund_policy.ts";
import {
  callResizeInventory,
  type EventScope,
  lockEvent,
  lockInventory,
  updateEventRow,
} from "./event_changes_sql.ts";
import { type EventRecord, findEvent } from "./events_sql.ts";
import { explainForeignKey } from "./foreign_keys.ts";

type UpdateDeps = Pick<
  EventDeps,
  "sql" | "clock" | "search" | "outbox" | "publicEvents" | "seatNews"
>;

/** The event after an update, and whether that changed anything. */
export interface UpdatedEvent {
  event: EventRecord;
  isChanged: boolean;
}

/**
 * Changes an event, all or nothing, and steps its version up; values that are the stored ones already are no change,
 * in whatever state the event is. What depends on the seats locks these first, so no sale comes between; all else
 * leaves a hot event's sales alone. A cancelled event's bookings are cancelled through the outbox.
 *
 * @throws {EventNotYours} no such event, or one that this admin may not change
 * @throws {StaleVersion} a version was named, and is not the current one
 * @throws {EventStateConflict} the event's status or its sales do not allow the change
 * @throws {CapacityBelowSold}
 * @throws {UnknownVenue}
 * @throws {DomainError} `VALIDATION_FAILED`: the schedule or the status is wrong
 */
export async function updateEvent(
  { sql, clock, search, outbox, publicEvents, seatNews }: UpdateDeps,
  { admin, eventId, ...request }: UpdateEventRequest & { admin: AdminIdentity; eventId: string },
): Promise<UpdatedEvent> {
  const scope = { eventId, owner: editableOwner(admin) };
  const seen = await findEvent(sql, eventId);
  if (!seen || (scope.owner !== undefined && seen.created_by !== scope.owner)) {
    throw new EventNotYours();
  }
  if (isEmpty(wantedChanges(request, seen))) return { event: seen, isChanged: false };

  const now = clock.now();
  const updated = await transaction(sql, (tx) => applyUpdate(tx, { scope, request, now }))
    .catch(explainForeignKey);
  if (!updated.isChanged) return updated;
  const { available_seats: availableSeats, seat_seq: seq } = updated.event;
  publicEvents.forget(eventId);
  seatNews.tell(eventId, { availableSeats, seq });
  if (updated.event.status === "cancelled") outbox.nudge();
  await search.eventChanged(eventId);
  return updated;
}

async function applyUpdate(
  tx: Tx,
  { scope, request, now }: { scope: EventScope; request: UpdateEventRequest; now: Date },
): Promise<UpdatedEvent> {
  const { eventId } = scope;
  const taken = dependsOnSeats(request) ? await lockInventory(tx, scope) : 0;
  const stored = await lockEvent(tx, scope);
  const event = await findEvent(tx, eventId);
  if (taken === undefined || !stored || !event) throw new EventNotYours();

  const { total_capacity: capacity, ...changes } = wantedChanges(request, event);
  if (capacity === undefined && isEmpty(changes)) return { event, isChanged: false };
  assertChangeable(stored, changes, { taken, now });
  if (capacity !== undefined && !await callResizeInventory(tx, { eventId, capacity })) {
    throw new CapacityBelowSold({ wished: capacity, taken });
  }
  await updateEventRow(tx, { eventId, version: stored.version, schedule: event, changes, now });
  if (changes.status === "cancelled") {
    await enqueue(tx, { topic: "bookings.cancel", subjectId: eventId, eventId, now });
  }
  return { event: (await findEvent(tx, eventId))!, isChanged: true };
}

function dependsOnSeats({ total_capacity, status, currency }: UpdateEventRequest): boolean {
  return total_capacity !== undefined || status !== undefined || currency !== undefined;
}

/**
 * What the request would change of the event.
 *
 * @throws {StaleVersion} also where that is nothing
 * @throws {DomainError} `VALIDATION_FAILED`: nobody can set this status
 */
function wantedChanges(
  request: UpdateEventRequest,
  event: EventRecord,
): WishedChanges & { total_capacity?: number } {
  if (request.version && request.version !== event.version) throw new StaleVersion("admin");
  const { status, ...changes } = changesOf(toWishes(request), event);
  if (status === undefined) return changes;
  assertStatusSettable(status);
  // Sold out is published: the seats decide which of them is shown.
  const isPublishedAlready = status === "published" && event.status === "sold_out";
  return isPublishedAlready ? changes : { ...changes, status };
}

/** The request in terms of what is stored. */
function toWishes(request: UpdateEventRequest) {
  const { start_datetime, end_datetime, base_price, refund_policy, version: _, ...others } =
    request;
  return {
    ...others,
    start_at: start_datetime === undefined ? undefined : new Date(start_datetime),
    end_at: end_datetime === undefined ? undefined : new Date(end_datetime),
    base_price_minor: base_price === undefined ? undefined : toMinor(base_price),
    refund_policy: refund_policy === undefined ? undefined : inRefundOrder(refund_policy),
  };
}
