import type { Booking } from "../booking.ts";
import type { BookingDeps } from "../deps.ts";
import { AccessDenied, BookingNotFound, BookingStateConflict } from "../errors.ts";

/**
 * Gives up a reservation of its owner before its time.
 *
 * @throws {BookingNotFound} {@link AccessDenied} no such booking, or another user's
 * @throws {BookingStateConflict} it is not pending
 */
export async function expireBooking(
  { store, holds, clock, nudge }: Pick<BookingDeps, "store" | "holds" | "clock" | "nudge">,
  { bookingId, userId }: { bookingId: string; userId: string },
): Promise<Booking> {
  const expired = await store.expireIfPending({ bookingId, userId, now: clock.now() });
  if (expired) {
    nudge.outbox();
    await holds.end(expired);
    return expired;
  }
  const booking = await store.find(bookingId);
  if (!booking) throw new BookingNotFound();
  if (booking.userId !== userId) throw new AccessDenied();
  if (booking.status === "confirming") {
    throw new BookingStateConflict("Booking is being confirmed. Please try again.");
  }
  throw new BookingStateConflict("Only pending bookings can be manually expired");
}
