import { DomainError } from "@evently/shared/errors";
import type { Clock } from "@evently/shared/clock";
import type { HoldDocuments } from "../holds/hold_documents.ts";
import type { Seats } from "../peers/seats.ts";
import type { Booking } from "./booking.ts";
import type { Bookings } from "./bookings.ts";
import { seatsOf } from "./order_lines.ts";
import { ownBookingOrThrow } from "./own_booking.ts";

export interface ExpireDeps {
  bookings: Pick<Bookings, "expireIfPending" | "find">;
  seats: Pick<Seats, "releasePromptly">;
  holds: Pick<HoldDocuments, "end">;
  clock: Clock;
  nudge: { outbox(): void };
}

/**
 * Ends a reservation of its owner before its time. Its seats are back on sale when this returns, if the event service
 * answers; the outbox also releases them.
 *
 * @throws {DomainError} `BOOKING_NOT_FOUND`, `BOOKING_NOT_YOURS`: no such booking, or another user's
 * @throws {DomainError} `BOOKING_STATE_CONFLICT`: it is not pending
 */
export async function expireBooking(
  { bookings, seats, holds, clock, nudge }: ExpireDeps,
  { bookingId, userId }: { bookingId: string; userId: string },
): Promise<Booking> {
  const expired = await bookings.expireIfPending({ bookingId, userId, now: clock.now() });
  if (expired) {
    await seats.releasePromptly(seatsOf(expired));
    nudge.outbox();
    await holds.end(expired);
    return expired;
  }
  const booking = await ownBookingOrThrow(bookings, { bookingId, userId });
  if (booking.status === "confirming") {
    throw new DomainError(
      "BOOKING_STATE_CONFLICT",
      "Booking is being confirmed. Please try again.",
    );
  }
  throw new DomainError("BOOKING_STATE_CONFLICT", "Only pending bookings can be manually expired");
}
