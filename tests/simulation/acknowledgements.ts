import { DomainError } from "@evently/shared/errors";
import type { Booking } from "../../services/booking/orders/booking.ts";
import type { Settled } from "../../services/booking/payments/settle_confirmation.ts";
import type { Refund } from "../../services/booking/refunds/refund_row.ts";
import type { Reservation } from "../../services/booking/orders/reservation.ts";
import type { WantedLine } from "../../services/booking/orders/order_lines.ts";
import { type BookingRow, type BookingTables, toBooking } from "./model/tables.ts";
import { PaymentVoid } from "./payment_model.ts";
import { assertHolds, Violation } from "./violation.ts";

/** A buyer's request and its acknowledgements so far. */
export interface Intent {
  userId: string;
  eventId: string;
  lines: readonly WantedLine[];
  key: string;
  /** Of an intent whose key met an offer of the waitlist, the offer's. */
  bookingId: string;
  /** An offer of the waitlist, which its user need not reserve. */
  isOffer?: true;
  /** Of an intent whose key met an offer of the waitlist: the id that its own booking would have. */
  ownId?: string;
  reservation?: Reservation;
  /** End of the hold acknowledged by an extension. */
  extendedTo?: Date;
  transactionId?: string;
  /** Token of the acknowledged confirmation. */
  token?: string;
  cancelled?: boolean;
  /** Token of a payment that was processing. */
  processing?: string;
}

/** Error codes that a buyer may not get after an acknowledged reservation. */
const REFUSALS: ReadonlySet<string> = new Set([
  "NOT_ENOUGH_SEATS",
  "EVENT_UNKNOWN",
  "TOO_MANY_TICKETS",
  "RATE_LIMITED",
  "IDEMPOTENCY_KEY_REUSED",
]);

/** Error codes that a buyer may not get after an acknowledged confirmation that still stands. */
const CONFIRM_REFUSALS: ReadonlySet<string> = new Set([
  "BOOKING_STATE_CONFLICT",
  "RESERVATION_EXPIRED",
  "PAYMENT_DECLINED",
]);

/** Checks that acknowledged changes are durable and that the same key gets the same answer. */
export class Acknowledgements {
  readonly intents: Intent[] = [];
  readonly #byBooking = new Map<string, Intent>();
  readonly #bookings: BookingTables;

  constructor(bookings: BookingTables) {
    this.#bookings = bookings;
  }

  add(intent: Intent): void {
    this.intents.push(intent);
    this.#byBooking.set(intent.bookingId, intent);
  }

  /** Number of lines of the order that a booking is or will be; 1 where no buyer made it. */
  linesOf(bookingId: string): number {
    return this.#byBooking.get(bookingId)?.lines.length ?? 1;
  }

  reserved(intent: Intent, reservation: Reservation): void {
    // A request that overlaps with the one that met the offer, or comes shortly after it, can miss it.
    if (reservation.bookingId === intent.ownId) return;
    if (reservation.bookingId !== intent.bookingId) this.#meetsOffer(intent, reservation);
    const row = this.#bookings.bookings.get(intent.bookingId);
    assertHolds(row !== undefined, "an acknowledged reservation is not stored", reservation);
    const { bookingId, reference, totalMinor, expiresAt } = row;
    const stored = { bookingId, reference, totalMinor };
    const first = intent.reservation ?? stored;
    for (const answer of [stored, reservation]) {
      // Another key of its user can have taken less of the same offer.
      const isTotal = intent.ownId !== undefined || answer.totalMinor === first.totalMinor;
      const same = answer.bookingId === first.bookingId && answer.reference === first.reference &&
        isTotal;
      assertHolds(same, "one key got two answers", first, answer);
    }
    const ends = [expiresAt, toBooking(row).endedAt];
    // Redis may have missed an extension, by the buyer or a payment; then a replay still shows the first end.
    const isExtended = row.extendedAt !== undefined || row.paymentId !== undefined;
    const isEnd = ends.some((end) => end && +end === +reservation.expiresAt) ||
      (isExtended && reservation.expiresAt < expiresAt);
    assertHolds(isEnd, "a reservation was answered with a wrong end", row, reservation);
    const { status } = reservation;
    const isState = status === "cancelled"
      ? row.status === "cancelled"
      : status !== "confirmed" || row.confirmedAt !== undefined;
    assertHolds(isState, "a reservation was answered with a wrong status", row, reservation);
    assertHolds(
      row.eventId === intent.eventId && isFor(row, intent),
      "a reservation differs from its request",
      row,
      intent.lines,
    );
    intent.reservation = reservation;
  }

  /** Checks that a key which is answered with another booking has met an offer of its user. */
  #meetsOffer(intent: Intent, { bookingId }: Reservation): void {
    const offer = this.#bookings.bookings.get(bookingId);
    const isOwnOffer = offer?.entryId !== undefined && offer.userId === intent.userId;
    assertHolds(isOwnOffer, "a key was answered with a booking that is not its own", intent, offer);
    intent.ownId = intent.bookingId;
    intent.bookingId = bookingId;
    delete intent.reservation;
  }

  /** @param before whether the reservation was acknowledged before this request */
  refused(intent: Intent, error: unknown, before: boolean): void {
    this.failed(error);
    const code = error instanceof DomainError ? error.code : "";
    // A process may learn of an offer that was met in another one a moment later.
    assertHolds(
      !before || intent.ownId !== undefined || !REFUSALS.has(code),
      `an acknowledged reservation was refused: ${code}`,
      intent,
    );
  }

  extended(intent: Intent, { expiresAt }: Booking): void {
    const row = this.#bookings.bookings.get(intent.bookingId);
    assertHolds(row?.extendedAt !== undefined, "an acknowledged extension is not stored", row);
    // A payment that is processing may have extended it further since.
    const isEnd = +row.expiresAt === +expiresAt ||
      row.paymentId !== undefined && expiresAt < row.expiresAt;
    assertHolds(isEnd, "an extension was answered with a wrong end", row, expiresAt);
    assertHolds(!intent.extendedTo, "a hold was extended twice", row);
    intent.extendedTo = expiresAt;
  }

  /** @param before whether a confirmation with this token was acknowledged before this request */
  refusedToConfirm(intent: Intent, error: unknown, before: boolean): void {
    this.failed(error);
    const code = error instanceof DomainError ? error.code : "";
    const row = this.#bookings.bookings.get(intent.bookingId);
    const stands = row?.status === "confirmed" && before;
    assertHolds(
      !stands || !CONFIRM_REFUSALS.has(code),
      `an acknowledged confirmation was refused: ${code}`,
      row,
    );
  }

  confirmed(intent: Intent, { booking, transactionId }: Settled, token: string): void {
    const row = this.#bookings.bookings.get(intent.bookingId);
    assertHolds(row?.confirmedAt !== undefined, "an acknowledged confirmation is not stored", row);
    assertHolds(
      booking.ticketCode === row.ticketCode,
      "a confirmation was answered with a wrong ticket",
      booking,
      row,
    );
    const first = intent.transactionId ?? transactionId;
    assertHolds(first === transactionId, "one booking was paid twice", first, transactionId);
    intent.transactionId = transactionId;
    const same = booking.totalMinor === 0 || token === (intent.token ?? token);
    assertHolds(same, "a booking was confirmed with two tokens", row);
    intent.token = token;
  }

  cancelled(intent: Intent, booking: Booking): void {
    const row = this.#bookings.bookings.get(intent.bookingId);
    assertHolds(row?.status === "cancelled", "an acknowledged cancellation is not stored", row);
    const further = this.#bookings.refunds
      .where(({ bookingId, reason }) => bookingId === row.bookingId && reason === "organiser");
    assertHolds(
      booking.refundMinor === row.refundMinor || further.length > 0,
      "a cancellation was answered with a wrong refund",
      booking,
      row,
    );
    assertHolds(!intent.cancelled, "a booking was cancelled twice", row);
    intent.cancelled = true;
  }

  refunded({ refundId, amountMinor }: Refund): void {
    const stored = this.#bookings.refunds.get(refundId);
    assertHolds(
      stored?.amountMinor === amountMinor,
      "an acknowledged refund is not stored",
      stored,
    );
  }

  expired(intent: Intent): void {
    const row = this.#bookings.bookings.get(intent.bookingId);
    assertHolds(row?.status === "expired", "an acknowledged expiry is not stored", row);
  }

  /** Checks that a client's error is a domain error or an unavailability, never a programming error. */
  failed(error: unknown): void {
    if (error instanceof DomainError || error instanceof PaymentVoid) return;
    throw new Violation(`unexpected error: ${error instanceof Error ? error.stack : error}`);
  }
}

/**
 * Whether a booking has just the lines that were wanted, or fewer of an offer; one that names no type may be of any.
 */
function isFor(
  { eventId, quantity, lines }: BookingRow,
  { lines: wanted, ownId }: Intent,
): boolean {
  const stored: WantedLine[] = lines ? [...lines] : [{ ticketTypeId: eventId, quantity }];
  return stored.length === wanted.length && stored.every((line, n) => {
    const { ticketTypeId = line.ticketTypeId, quantity } = wanted[n]!;
    return line.ticketTypeId === ticketTypeId &&
      (line.quantity === quantity || ownId !== undefined && line.quantity < quantity);
  });
}
