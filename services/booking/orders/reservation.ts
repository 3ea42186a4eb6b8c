import { DomainError } from "@evently/shared/errors";
import type { HeldBooking } from "../holds/hold_documents.ts";
import { type PublicStatus, publicStatusOf } from "./booking.ts";
import type { SaleTerms } from "./terms.ts";

/** A request to reserve seats. */
export interface ReserveInput {
  userId: string;
  eventId: string;
  quantity: number;
  idempotencyKey: string;
}

/** A promise of seats until `expiresAt`; a replay gets the present status. */
export interface Reservation {
  bookingId: string;
  reference: string;
  status: PublicStatus;
  /** When the hold ends, or when it ended. */
  expiresAt: Date;
  totalMinor: number;
  currency: string;
  terms: SaleTerms;
}

/**
 * The reservation that a booking is, for the request that made it or its replay.
 *
 * @throws {DomainError} `IDEMPOTENCY_KEY_REUSED`: the booking is for another quantity
 */
export function reservationOf(
  booking: HeldBooking,
  { quantity }: Pick<ReserveInput, "quantity">,
  now: Date,
): Reservation {
  if (booking.quantity !== quantity) throw new DomainError("IDEMPOTENCY_KEY_REUSED");
  const { bookingId, reference, totalMinor, currency, terms } = booking;
  const status = publicStatusOf(booking, now);
  const expiresAt = booking.endedAt ?? booking.expiresAt;
  return { bookingId, reference, status, expiresAt, totalMinor, currency, terms };
}
