import type { Organiser } from "../organisations/organiser.ts";
import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import type { EventRecord } from "../events/events_sql.ts";
import { findManagedEvent } from "../events/find_managed_event.ts";
import type { EventBookings, EventRefunds } from "../peers/event_bookings.ts";

/** How far the bookings of a cancelled event are cancelled and refunded. */
export interface Cancellation {
  event: EventRecord;
  counted: EventRefunds;
  /** `undefined` while bookings are left, or refunds to make. */
  doneAt: Date | undefined;
}

/**
 * Tells how far the cancellation of an event has come.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this admin may see; `EVENT_STATE_CONFLICT`: it is not
 * cancelled; the booking service is not asked then
 * @throws {Unavailable} the booking service does not answer
 */
export async function viewCancellation(
  { sql, bookings }: { sql: Sql; bookings: Pick<EventBookings, "countRefunds"> },
  scope: { admin: Organiser; eventId: string },
): Promise<Cancellation> {
  const event = await findManagedEvent({ sql }, scope);
  if (event.status !== "cancelled") {
    throw new DomainError(
      "EVENT_STATE_CONFLICT",
      `Event must be cancelled: current status is ${event.status}`,
    );
  }
  const counted = await bookings.countRefunds(scope.eventId);
  const isDone = counted.active === 0 && counted.refunded === counted.refunds;
  const doneAt = isDone ? laterOf(event.updatedAt, counted.lastAt) : undefined;
  return { event, counted, doneAt };
}

function laterOf(time: Date, other: Date | undefined): Date {
  return other && other > time ? other : time;
}
