import { DomainError } from "@evently/shared/errors";
import type { Booking } from "./booking.ts";
import type { Clock } from "@evently/shared/clock";
import type { HoldDocuments } from "../holds/hold_documents.ts";
import type { Seats } from "../peers/seats.ts";
import type { Bookings } from "./bookings.ts";
import { ownBookingOrThrow } from "./own_booking.ts";

export interface ExpireDeps {
  bookings: Pick<Bookings, "expireIfPending" | "find">;
  seats: Pick<Seats, "releasePromptly">;
  holds: Pick<HoldDocuments, "end">;
  clock: Clock;
  nudge: { outbox(): void };
}

/**
 * Gives up a reservation of its owner before its time. Its seats are on sale again when this is over, where they can
 * be reached, and in the outbox as well.
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
    await seats.releasePromptly({ eventId: expired.eventId, allocationId: bookingId });
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
