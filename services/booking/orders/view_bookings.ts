import { DomainError } from "@evently/shared/errors";
import type { EventDirectory, EventInfo } from "../peers/event_directory.ts";
import type { Booking } from "./booking.ts";
import type { Bookings } from "./bookings.ts";
import type { BookingListInput } from "./store.ts";
import type { Refund } from "../refunds/refund_row.ts";
import type { TicketHolders } from "../peers/ticket_holders.ts";
import { ownBookingOrThrow } from "./own_booking.ts";

/** A booking with its event; `undefined` if the event is unknown. */
interface BookingOfEvent {
  booking: Booking;
  event: EventInfo | undefined;
}

/** A booking as its buyer sees it. */
export interface BookingView extends BookingOfEvent {
  /** Oldest first. */
  refunds: readonly Refund[];
}

/** A booking as its ticket shows it: with the name of its buyer, if it is known. */
export interface TicketView extends BookingOfEvent {
  holderName: string | undefined;
}

export interface ViewDeps {
  bookings: Pick<Bookings, "find" | "findByTicket" | "listByUser" | "refundsOf">;
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
  const booking = await ownBookingOrThrow(deps.bookings, { bookingId, userId });
  const [view, refunds] = await Promise.all([
    withEvent(deps, booking),
    refundsByBooking(deps, [booking]),
  ]);
  return { ...view, refunds: refunds.get(bookingId) ?? [] };
}

/** Returns a page of a user's own bookings, newest first: all, or those with one status. */
export async function listBookings(
  deps: ViewDeps,
  input: BookingListInput,
): Promise<{ views: BookingView[]; total: number }> {
  const { bookings, total } = await deps.bookings.listByUser(input);
  if (bookings.length === 0) return { views: [], total };
  const [events, refunds] = await Promise.all([
    deps.events.summaries(bookings.map(({ eventId }) => eventId)),
    refundsByBooking(deps, bookings),
  ]);
  const views = bookings.map((booking) => ({
    booking,
    event: events.get(booking.eventId),
    refunds: refunds.get(booking.bookingId) ?? [],
  }));
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

/** The refunds of bookings; the store is asked only if there are any. */
async function refundsByBooking(
  { bookings: store }: ViewDeps,
  bookings: readonly Booking[],
): Promise<Map<string, Refund[]>> {
  const refunded = bookings.filter(({ refundMinor = 0 }) => refundMinor > 0);
  const refunds = refunded.length === 0 ? [] : await store.refundsOf(refunded);
  return Map.groupBy(refunds, ({ bookingId }) => bookingId);
}

async function withEvent({ events }: ViewDeps, booking: Booking): Promise<BookingOfEvent> {
  return { booking, event: (await events.summaries([booking.eventId])).get(booking.eventId) };
}
