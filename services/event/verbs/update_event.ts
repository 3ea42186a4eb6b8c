import type { AdminIdentity } from "@evently/shared/auth";
import { newId } from "@evently/shared/ids";
import { toMinor } from "@evently/shared/money";
import { transaction } from "@evently/shared/postgres";
import { editableOwner } from "../admin_scope.ts";
import type { EventDeps } from "../deps.ts";
import { CapacityBelowSold, EventNotYours, StaleVersion } from "../errors.ts";
import { assertChangeable, type WishedChanges } from "../event_rules.ts";
import type { UpdateEventRequest } from "../schemas/event_requests.ts";
import { inRefundOrder } from "../schemas/summary.ts";
import { withoutUndefined } from "../sparse.ts";
import {
  callResizeInventory,
  lockEvent,
  lockInventory,
  updateEventRow,
} from "../store/event_changes.ts";
import { type EventRecord, findEvent } from "../store/events.ts";
import { explainForeignKey } from "../store/foreign_keys.ts";
import { enqueueCancelBookings } from "../store/outbox.ts";

type UpdateDeps = Pick<EventDeps, "sql" | "clock" | "search" | "outbox" | "publicEvents">;

/**
 * Changes an event, all or nothing, and steps its version up. What depends on the seats locks these
 * first, so no sale comes between; all else leaves a hot event's sales alone. A cancelled event's bookings
 * are cancelled through the outbox.
 *
 * @throws {EventNotYours} no such event, or one that this admin may not change
 * @throws {StaleVersion} a version was named, and is not the current one
 * @throws {EventStateConflict} the event's status or its sales do not allow the change
 * @throws {CapacityBelowSold}
 * @throws {UnknownVenue}
 * @throws {DomainError} `VALIDATION_FAILED`: the schedule is wrong
 */
export async function updateEvent(
  { sql, clock, search, outbox, publicEvents }: UpdateDeps,
  { admin, eventId, ...request }: UpdateEventRequest & { admin: AdminIdentity; eventId: string },
): Promise<EventRecord> {
  const now = clock.now();
  const scope = { eventId, owner: editableOwner(admin) };
  const { total_capacity: capacity, version } = request;
  const changes = toChanges(request);

  const updated = await transaction(sql, async (tx) => {
    const taken = dependsOnSeats(request) ? await lockInventory(tx, scope) : 0;
    const event = await lockEvent(tx, scope);
    if (taken === undefined || !event) throw new EventNotYours();
    if (version && version !== event.version) throw new StaleVersion("admin");
    assertChangeable(event, changes, { taken, now });
    if (capacity !== undefined && !await callResizeInventory(tx, { eventId, capacity })) {
      throw new CapacityBelowSold({ wished: capacity, taken });
    }
    await updateEventRow(tx, { eventId, version: event.version, changes, now });
    if (changes.status === "cancelled") {
      await enqueueCancelBookings(tx, { outboxId: newId(), eventId, now });
    }
    return (await findEvent(tx, eventId))!;
  }).catch(explainForeignKey);

  publicEvents.forget(eventId);
  if (updated.status === "cancelled") outbox.nudge();
  await search.eventChanged(eventId);
  return updated;
}

function dependsOnSeats({ total_capacity, status, currency }: UpdateEventRequest): boolean {
  return total_capacity !== undefined || status !== undefined || currency !== undefined;
}

/** What was left out is no change. */
function toChanges(request: UpdateEventRequest): WishedChanges {
  const { name, venue_id, event_type, start_datetime, end_datetime, base_price } = request;
  const { currency, max_tickets_per_booking, timezone, image_url, status } = request;
  const { description, refund_policy, public_counts } = request;
  return withoutUndefined({
    name,
    description,
    venue_id,
    event_type,
    start_at: start_datetime === undefined ? undefined : new Date(start_datetime),
    end_at: end_datetime === undefined ? undefined : new Date(end_datetime),
    base_price_minor: base_price === undefined ? undefined : toMinor(base_price),
    currency,
    max_tickets_per_booking,
    refund_policy: refund_policy === undefined ? undefined : inRefundOrder(refund_policy),
    timezone,
    image_url,
    public_counts,
    status,
  });
}
