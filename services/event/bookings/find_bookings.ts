import type { Clock } from "@evently/shared/clock";
import { withMemberships } from "../organisations/with_memberships.ts";
import type { Organiser } from "../organisations/organiser.ts";
import { readPages } from "@evently/shared/http";
import type { Sql } from "@evently/shared/postgres";
import { findManagedEvent } from "../events/find_managed_event.ts";
import type {
  BookingSearch,
  EventBookings,
  ManagedBooking,
  ManagedBookingDetail,
} from "../peers/event_bookings.ts";

export interface FindBookingsDeps {
  sql: Sql;
  clock: Clock;
  bookings: Pick<EventBookings, "list" | "readForExport" | "view">;
}

/** An event whose bookings an admin looks at. */
interface Scope {
  admin: Organiser;
  eventId: string;
}

/** More pages of a file than any event has bookings for: a million. */
const MAX_EXPORTED_PAGES = 2_000;

/**
 * Lists bookings of an event, newest first.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this admin may see; the booking service is not asked then
 * @throws {Unavailable} the booking service does not answer
 */
export async function listBookings(
  { sql, bookings }: FindBookingsDeps,
  { admin, eventId, ...wanted }: Scope & BookingSearch & { page: number; limit: number },
): Promise<{ bookings: ManagedBooking[]; total: number }> {
  await findManagedEvent({ sql }, { admin, eventId });
  return await bookings.list(eventId, wanted);
}

/** All bookings of an event that are looked for, oldest first and page by page. */
export interface BookingsToExport {
  /** Of the event. */
  timeZone: string;
  pages: AsyncIterable<readonly ManagedBooking[]>;
}

/**
 * Opens the bookings of an event for a file.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this admin may see
 */
export async function exportBookings(
  { sql, clock, bookings }: FindBookingsDeps,
  { admin, eventId, ...wanted }: Scope & BookingSearch,
): Promise<BookingsToExport> {
  const { timezone: timeZone } = await findManagedEvent({ sql }, { admin, eventId });
  const pages = readPages(
    async (after) => {
      // A reader who has left the organisation meanwhile gets no further page.
      await findManagedEvent({ sql }, {
        admin: await withMemberships({ sql, clock }, admin),
        eventId,
      });
      return await bookings.readForExport(eventId, { ...wanted, after });
    },
    { maxPages: MAX_EXPORTED_PAGES },
  );
  return { timeZone, pages };
}

/**
 * Returns a booking of an event with its payments and refunds.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this admin may see; the booking service is not asked then
 * @throws {ServiceRefusal} `BOOKING_NOT_FOUND`
 * @throws {Unavailable} the booking service does not answer
 */
export async function viewBooking(
  { sql, bookings }: FindBookingsDeps,
  { admin, eventId, bookingId }: Scope & { bookingId: string },
): Promise<ManagedBookingDetail> {
  await findManagedEvent({ sql }, { admin, eventId });
  return await bookings.view(eventId, bookingId);
}
