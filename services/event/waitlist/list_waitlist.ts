import type { Organiser } from "../organisations/organiser.ts";
import type { Sql } from "@evently/shared/postgres";
import { findManagedEvent } from "../events/find_managed_event.ts";
import type { EventBookings, EventWaitlist } from "../peers/event_bookings.ts";

/**
 * Lists who waits for an event, by place in line.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this admin may see; the booking service is not asked then
 * @throws {Unavailable} the booking service does not answer
 */
export async function listWaitlist(
  { sql, bookings }: { sql: Sql; bookings: Pick<EventBookings, "waitlist"> },
  { admin, eventId, page, limit }: {
    admin: Organiser;
    eventId: string;
    page: number;
    limit: number;
  },
): Promise<EventWaitlist> {
  await findManagedEvent({ sql }, { admin, eventId });
  return await bookings.waitlist(eventId, { page, limit });
}
