import { DomainError } from "@evently/shared/errors";
import type { Clock } from "@evently/shared/clock";
import type { BookingSettings } from "../deps.ts";
import type { HoldDocuments } from "../holds/hold_documents.ts";
import { extendedExpiry } from "../holds/hold_limits.ts";
import type { EventDirectory } from "../peers/event_directory.ts";
import type { Seats } from "../peers/seats.ts";
import type { Booking } from "./booking.ts";
import type { Bookings } from "./bookings.ts";
import { seatsOf } from "./order_lines.ts";
import { ownBookingOrThrow } from "./own_booking.ts";

export interface ExtendDeps {
  bookings: Pick<Bookings, "find" | "extendHold">;
  seats: Pick<Seats, "extend">;
  events: Pick<EventDirectory, "current">;
  holds: Pick<HoldDocuments, "end">;
  settings: Pick<BookingSettings, "maxHoldMs">;
  clock: Clock;
}

/**
 * Extends a hold of its owner, once. The new end leaves a payment its window, and is never after the event's end.
 *
 * The seats are extended first, so they always outlast the booking. If the second step fails, the seats are released
 * when the booking ends.
 *
 * @returns the booking with its new end
 * @throws {DomainError} `BOOKING_NOT_FOUND`, `BOOKING_NOT_YOURS`: no such booking, or another user's
 * @throws {DomainError} `RESERVATION_EXPIRED`: its hold, or the event, has ended
 * @throws {DomainError} `BOOKING_STATE_CONFLICT`: it is not pending, was extended before, or the event ends too soon
 */
export async function extendBooking(
  deps: ExtendDeps,
  { bookingId, userId }: { bookingId: string; userId: string },
): Promise<Booking> {
  const { bookings, seats, holds, clock } = deps;
  const booking = await findExtendable(deps, { bookingId, userId });
  const { eventId } = booking;
  const expiresAt = await latestEnd(deps, booking);
  const seatsAreHeld = await seats.extend({ ...seatsOf(booking), expiresAt });
  const extended = seatsAreHeld &&
    await bookings.extendHold({ bookingId, eventId, userId, expiresAt, now: clock.now() });
  if (extended) {
    await holds.end(extended);
    return extended;
  }
  await findExtendable(deps, { bookingId, userId });
  if (!seatsAreHeld) throw new DomainError("RESERVATION_EXPIRED");
  throw new DomainError("BOOKING_STATE_CONFLICT", "Booking is being changed. Please try again.");
}

async function findExtendable(
  { bookings, clock }: ExtendDeps,
  { bookingId, userId }: { bookingId: string; userId: string },
): Promise<Booking> {
  const booking = await ownBookingOrThrow(bookings, { bookingId, userId });
  const { status, expiresAt, extendedAt } = booking;
  if (status === "confirming") {
    throw new DomainError(
      "BOOKING_STATE_CONFLICT",
      "Booking is being confirmed. Please try again.",
    );
  }
  if (status === "expired" || (status === "pending" && expiresAt <= clock.now())) {
    throw new DomainError("RESERVATION_EXPIRED");
  }
  if (status !== "pending") {
    throw new DomainError("BOOKING_STATE_CONFLICT", "Only pending bookings can be extended");
  }
  if (extendedAt) {
    throw new DomainError("BOOKING_STATE_CONFLICT", "Reservation was extended already");
  }
  return booking;
}

async function latestEnd(
  { events, settings, clock }: ExtendDeps,
  booking: Booking,
): Promise<Date> {
  const event = await events.current(booking.eventId);
  const eventEnd = event?.endsAt;
  if (!eventEnd || eventEnd <= clock.now()) throw new DomainError("RESERVATION_EXPIRED");
  const capped = extendedExpiry(booking, settings);
  const expiresAt = eventEnd < capped ? eventEnd : capped;
  if (expiresAt <= booking.expiresAt) {
    throw new DomainError(
      "BOOKING_STATE_CONFLICT",
      "Reservation cannot be extended past the end of its event",
    );
  }
  return expiresAt;
}
