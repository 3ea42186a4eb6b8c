import type { Booking } from "../booking.ts";
import type { BookingDeps } from "../deps.ts";
import { BookingStateConflict, NotYourReservation, ReservationExpired } from "../errors.ts";
import { settleConfirmation, type Settled } from "./settle_confirmation.ts";

/** A reservation to be paid. */
export interface ConfirmInput {
  userId: string;
  bookingId: string;
  method: string;
  token: string;
}

/** Each further attempt follows a payment of somebody else's that was declined in the moment between. */
const MAX_ATTEMPTS = 4;

/**
 * Confirms a reservation with a payment: claims it, has the payment authorised, sells the seats, captures
 * the payment, and records all of it at once. Never money without seats, nor seats without money: a step
 * that fails takes the others back, and what dies in between is driven on by `settleStuck`.
 *
 * Of any number of concurrent confirms, cancels and expiries exactly one gets the booking.
 *
 * @throws {ReservationExpired} unknown, or its hold has ended
 * @throws {NotYourReservation} another user's
 * @throws {BookingStateConflict} confirmed, cancelled, or being confirmed already
 * @throws {PaymentDeclined} the seats stay held
 * @throws {Unavailable} the outcome is not known yet; it will be settled
 */
export async function confirmBooking(deps: BookingDeps, input: ConfirmInput): Promise<Settled> {
  const { bookingId, userId, method, token } = input;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const confirmation = await deps.startBatches.submit(bookingId, {
      bookingId,
      userId,
      now: deps.clock.now(),
      payment: { paymentId: deps.ids.newId(), provider: deps.payments.name, method, token },
    });
    if (confirmation) return await settleConfirmation(deps, confirmation);
    const booking = await deps.store.find(bookingId);
    // Another attempt had it when we came, and was declined before we looked: now it can be ours.
    const free = booking?.userId === userId && booking.status === "pending" &&
      booking.expiresAt > deps.clock.now();
    if (!free) throw whyNotConfirmable(booking, userId);
  }
  throw new BookingStateConflict("Booking is not in pending state");
}

function whyNotConfirmable(booking: Booking | undefined, userId: string): Error {
  if (!booking) return new ReservationExpired();
  if (booking.userId !== userId) return new NotYourReservation();
  if (booking.status === "pending" || booking.status === "expired") return new ReservationExpired();
  return new BookingStateConflict("Booking is not in pending state");
}
