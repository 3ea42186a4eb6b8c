import type { Clock } from "@evently/shared/clock";
import { deriveId } from "@evently/shared/ids";
import { type Pool, transaction } from "@evently/shared/postgres";
import { ServiceRefusal } from "@evently/shared/services";
import { findEditableEvent } from "../events/find_managed_event.ts";
import { changedFields } from "../organisations/changed_fields.ts";
import type { Organiser } from "../organisations/organiser.ts";
import { type Action, recordChange } from "../organisations/record_change.ts";
import type { EventBookings, RefundedBooking, WantedRefund } from "../peers/event_bookings.ts";

/** Separates ids of log entries about refunds. */
const REFUND_NAMESPACE = "a2a4f9b6-52f0-4c0e-9d3b-1f2a6f1f5b0c";

/**
 * Gives a part of what was paid for a booking back; the booking goes on. The same key gives the same refund. The log of
 * changes has it before the booking service is asked, and once more if that refuses.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this organiser may see; `FORBIDDEN`: they only read; the
 * booking service is not asked then
 * @throws {ServiceRefusal} `BOOKING_NOT_FOUND`, `VALIDATION_FAILED`, `BOOKING_STATE_CONFLICT`, `REFUND_TOO_LARGE`,
 * `IDEMPOTENCY_KEY_REUSED`
 * @throws {Unavailable} the booking service does not answer
 */
export async function refundBooking(
  { sql, clock, bookings }: { sql: Pool; clock: Clock; bookings: Pick<EventBookings, "refund"> },
  { admin, eventId, ...refund }: WantedRefund & { admin: Organiser; eventId: string },
): Promise<RefundedBooking> {
  const { organisationId, name } = await findEditableEvent({ sql }, { admin, eventId });
  const { bookingId, amount, reason, idempotencyKey } = refund;

  async function record(action: Action): Promise<void> {
    const changeId = deriveId(REFUND_NAMESPACE, action, eventId, bookingId, idempotencyKey);
    await transaction(sql, (tx) =>
      recordChange(tx, {
        by: admin,
        organisationId,
        action,
        changeId,
        subject: { id: bookingId, name },
        eventId,
        fields: changedFields({ amount, reason }),
        now: clock.now(),
      }));
  }

  await record("booking.refunded");
  try {
    return await bookings.refund(eventId, refund);
  } catch (error) {
    if (error instanceof ServiceRefusal) await record("booking.refund_refused");
    throw error;
  }
}
