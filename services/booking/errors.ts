import { DomainError } from "@evently/shared/errors";
import type { Booking } from "./orders/booking.ts";

/** The refusal of a confirmation that lacks a field. */
export const CONFIRM_REQUIRED = "reservation_id, payment_token, and payment_method are required";

/** Seconds after which a client asks for the outcome of a payment again. */
const RETRY_PAYMENT_S = 2;

/** An open hold of the buyer for the same event. */
export type OwnHold = Pick<Booking, "bookingId" | "reference" | "quantity" | "expiresAt">;

/** Fewer seats are free than wanted; `own_holds` lists the buyer's open holds of the event. */
export function notEnoughSeats(ownHolds: readonly OwnHold[]): DomainError<"NOT_ENOUGH_SEATS"> {
  const holds = ownHolds.map(({ bookingId, reference, quantity, expiresAt }) => ({
    reservation_id: bookingId,
    booking_reference: reference,
    quantity,
    expires_at: expiresAt.toISOString(),
  }));
  const options = holds.length > 0 ? { fields: { own_holds: holds } } : {};
  return new DomainError("NOT_ENOUGH_SEATS", undefined, options);
}

/** A payment of this reservation is under way; the same request gets its outcome later. */
export function paymentInProgress(): DomainError<"PAYMENT_IN_PROGRESS"> {
  return new DomainError("PAYMENT_IN_PROGRESS", { retryAfterS: RETRY_PAYMENT_S });
}
