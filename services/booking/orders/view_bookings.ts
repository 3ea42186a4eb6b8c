import { DomainError } from "@evently/shared/errors";
import type { EventDirectory, EventInfo } from "../peers/event_directory.ts";
import type { Booking } from "./booking.ts";
import type { Bookings } from "./bookings.ts";
import type { BookingListInput } from "./store.ts";
import type { TicketHolders } from "../peers/ticket_holders.ts";
import { ownBookingOrThrow } from "./own_booking.ts";

/** A booking with its event; `undefined` if the event is unknown. */
export interface BookingView {
  booking: Booking;
  event: EventInfo | undefined;
}

/** A booking as its ticket shows it: with the name of its buyer, if it is known. */
export interface TicketView extends BookingView {
  holderName: string | undefined;
}

export interface ViewDeps {
  bookings: Pick<Bookings, "find" | "findByTicket" | "listByUser">;
  events: Pick<EventDirectory, "summaries">;
}

/**
 * Returns a booking of its owner.
 *
 * @throws {DomainError} `BOOKING_NOT_FOUND`, `BOOKING_NOT_YOURS`: no such booking, or another user's
 */
export async function viewBooking(
  deps: ViewDeps,
  { bookingId, userId }: { bookingId: string; userId: string },
): Promise<BookingView> {
  return await withEvent(deps, await ownBookingOrThrow(deps.bookings, { bookingId, userId }));
}

/** Returns a page of a user's own bookings, newest first: all, or those with one status. */
export async function listBookings(
  deps: ViewDeps,
  input: BookingListInput,
): Promise<{ views: BookingView[]; total: number }> {
  const { bookings, total } = await deps.bookings.listByUser(input);
  if (bookings.length === 0) return { views: [], total };
  const events = await deps.events.summaries(bookings.map(({ eventId }) => eventId));
  const views = bookings.map((booking) => ({ booking, event: events.get(booking.eventId) }));
  return { views, total };
}

/**
 * Returns the booking of a ticket. The code is the permission: it cannot be guessed.
 *
 * @throws {DomainError} `BOOKING_NOT_FOUND`: no such ticket
 */
export async function viewTicket(
  deps: ViewDeps & { ticketHolders: Pick<TicketHolders, "nameOf"> },
  { ticketCode }: { ticketCode: string },
): Promise<TicketView> {
  const booking = await deps.bookings.findByTicket(ticketCode);
  if (!booking) throw new DomainError("BOOKING_NOT_FOUND");
  const [view, holderName] = await Promise.all([
    withEvent(deps, booking),
    deps.ticketHolders.nameOf(booking.userId),
  ]);
  return { ...view, holderName };
}

async function withEvent({ events }: ViewDeps, booking: Booking): Promise<BookingView> {
  return { booking, event: (await events.summaries([booking.eventId])).get(booking.eventId) };
}
