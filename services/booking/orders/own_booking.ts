import { DomainError } from "@evently/shared/errors";
import type { Booking } from "./booking.ts";
import type { Bookings } from "./bookings.ts";

/**
 * Returns a booking of its owner.
 *
 * @throws {DomainError} `BOOKING_NOT_FOUND`, or `BOOKING_NOT_YOURS` for another user's
 */
export async function ownBookingOrThrow(
  bookings: Pick<Bookings, "find">,
  { bookingId, userId }: { bookingId: string; userId: string },
): Promise<Booking> {
  const booking = await bookings.find(bookingId);
  if (!booking) throw new DomainError("BOOKING_NOT_FOUND");
  if (booking.userId !== userId) throw new DomainError("BOOKING_NOT_YOURS", "booking");
  return booking;
}
