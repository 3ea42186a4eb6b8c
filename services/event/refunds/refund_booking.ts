import type { AdminIdentity } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { editableOwner } from "../accounts/admin_scope.ts";
import { findEvent } from "../events/events_sql.ts";
import type { EventBookings, RefundedBooking, WantedRefund } from "../peers/event_bookings.ts";

/**
 * Gives a part of what was paid for a booking back; the booking goes on. The same key gives the same refund.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this admin may change; the booking service is not asked then
 * @throws {ServiceRefusal} `BOOKING_NOT_FOUND`, `VALIDATION_FAILED`, `BOOKING_STATE_CONFLICT`, `REFUND_TOO_LARGE`,
 * `IDEMPOTENCY_KEY_REUSED`
 * @throws {Unavailable} the booking service does not answer
 */
export async function refundBooking(
  { sql, bookings }: { sql: Sql; bookings: Pick<EventBookings, "refund"> },
  { admin, eventId, ...refund }: WantedRefund & { admin: AdminIdentity; eventId: string },
): Promise<RefundedBooking> {
  const owner = editableOwner(admin);
  const event = await findEvent(sql, eventId);
  if (!event || (owner !== undefined && event.createdBy !== owner)) {
    throw new DomainError("EVENT_NOT_FOUND", "organiser");
  }
  return await bookings.refund(eventId, refund);
}
