import type { Booking } from "./booking.ts";
import type { BookingDeps } from "../deps.ts";
import { AccessDenied, BookingNotFound, BookingStateConflict } from "../errors.ts";

/**
 * Gives up a reservation of its owner before its time. Its seats are on sale again when this is over, where they can
 * be reached, and in the outbox as well.
 *
 * @throws {BookingNotFound} {@link AccessDenied} no such booking, or another user's
 * @throws {BookingStateConflict} it is not pending
 */
export async function expireBooking(
  { store, holds, clock, nudge, releasePromptly }: Pick<
    BookingDeps,
    "store" | "holds" | "clock" | "nudge" | "releasePromptly"
  >,
  { bookingId, userId }: { bookingId: string; userId: string },
): Promise<Booking> {
  const expired = await store.expireIfPending({ bookingId, userId, now: clock.now() });
  if (expired) {
    await releasePromptly(expired.eventId, bookingId);
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
