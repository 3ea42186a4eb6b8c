import type { AdminIdentity } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { editableOwner } from "../accounts/admin_scope.ts";
import { findEvent } from "../events/events_sql.ts";
import type { EventBookings, WaitlistPause } from "../peers/event_bookings.ts";

/**
 * Pauses or resumes the offers of an event. Idempotent.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this admin may change
 * @throws {Unavailable} the booking service does not answer
 */
export async function pauseWaitlist(
  { sql, bookings }: { sql: Sql; bookings: Pick<EventBookings, "pauseWaitlist"> },
  { admin, eventId, isPaused }: { admin: AdminIdentity; eventId: string; isPaused: boolean },
): Promise<WaitlistPause> {
  const owner = editableOwner(admin);
  const event = await findEvent(sql, eventId);
  if (!event || (owner !== undefined && event.createdBy !== owner)) {
    throw new DomainError("EVENT_NOT_FOUND", "organiser");
  }
  return await bookings.pauseWaitlist(eventId, { isPaused });
}
