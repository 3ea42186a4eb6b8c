import type { Clock } from "@evently/shared/clock";
import { type Pool, transaction } from "@evently/shared/postgres";
import { findEditableEvent } from "../events/find_managed_event.ts";
import type { Organiser } from "../organisations/organiser.ts";
import { recordChange } from "../organisations/record_change.ts";
import type { EventBookings, WaitlistPause } from "../peers/event_bookings.ts";

/**
 * Pauses or resumes the offers of an event. Idempotent. The log of changes has it before the booking service is asked.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this organiser may see; `FORBIDDEN`: they only read
 * @throws {Unavailable} the booking service does not answer
 */
export async function pauseWaitlist(
  { sql, clock, bookings }: {
    sql: Pool;
    clock: Clock;
    bookings: Pick<EventBookings, "pauseWaitlist">;
  },
  { admin, eventId, isPaused }: { admin: Organiser; eventId: string; isPaused: boolean },
): Promise<WaitlistPause> {
  const { organisationId, name } = await findEditableEvent({ sql }, { admin, eventId });
  const action = isPaused ? "waitlist.paused" : "waitlist.resumed";
  const subject = { id: eventId, name };
  const now = clock.now();
  await transaction(
    sql,
    (tx) => recordChange(tx, { by: admin, organisationId, action, subject, eventId, now }),
  );
  return await bookings.pauseWaitlist(eventId, { isPaused });
}
