import type { Booking } from "./booking.ts";
import type { Clock } from "@evently/shared/clock";
import type { HoldDocuments } from "../holds/hold_documents.ts";
import type { Seats } from "../peers/seats.ts";
import type { Bookings } from "./bookings.ts";
import { AccessDenied, BookingNotFound, BookingStateConflict } from "../errors.ts";

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
 * @throws {BookingNotFound} {@link AccessDenied} no such booking, or another user's
 * @throws {BookingStateConflict} it is not pending
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
  const booking = await bookings.find(bookingId);
  if (!booking) throw new BookingNotFound();
  if (booking.userId !== userId) throw new AccessDenied();
  if (booking.status === "confirming") {
    throw new BookingStateConflict("Booking is being confirmed. Please try again.");
  }
  throw new BookingStateConflict("Only pending bookings can be manually expired");
}
