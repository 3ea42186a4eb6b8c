import { DomainError } from "@evently/shared/errors";
import type { HeldBooking } from "../holds/hold_documents.ts";
import { type OrderLine, type PublicStatus, publicStatusOf } from "./booking.ts";
import { isOrderOf, linesOf, type WantedLine } from "./order_lines.ts";
import type { SaleTerms } from "./terms.ts";

/** A request to reserve seats. */
export interface ReserveInput {
  userId: string;
  eventId: string;
  lines: readonly WantedLine[];
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
  lines: readonly OrderLine[];
  terms: SaleTerms;
}

/**
 * The reservation that a booking is, for the request that made it or its replay.
 *
 * @throws {DomainError} `IDEMPOTENCY_KEY_REUSED`: the booking is for other lines
 */
export function reservationOf(
  booking: HeldBooking,
  { lines }: Pick<ReserveInput, "lines">,
  now: Date,
): Reservation {
  if (!isOrderOf(booking, lines)) throw new DomainError("IDEMPOTENCY_KEY_REUSED");
  const { bookingId, reference, totalMinor, currency, terms } = booking;
  const status = publicStatusOf(booking, now);
  const expiresAt = booking.endedAt ?? booking.expiresAt;
  return {
    bookingId,
    reference,
    status,
    expiresAt,
    totalMinor,
    currency,
    lines: linesOf(booking),
    terms,
  };
}
