import { DomainError } from "@evently/shared/errors";
import type { Booking } from "../../services/booking/orders/booking.ts";
import type { Settled } from "../../services/booking/payments/settle_confirmation.ts";
import type { Reservation } from "../../services/booking/orders/reservation.ts";
import { type BookingTables, toBooking } from "./model/tables.ts";
import { PaymentVoid } from "./payment_model.ts";
import { must, Violation } from "./violation.ts";

/** What a buyer wants, and what it was promised so far. */
export interface Intent {
  userId: string;
  eventId: string;
  quantity: number;
  key: string;
  bookingId: string;
  reservation?: Reservation;
  /** What an extension answered. */
  extendedTo?: Date;
  transactionId?: string;
  /** The token that confirmed it, as its buyer heard. */
  token?: string;
  cancelled?: boolean;
}

/** What nobody may be told who was told before that the seats are reserved. */
const REFUSALS: ReadonlySet<string> = new Set([
  "NOT_ENOUGH_SEATS",
  "EVENT_UNKNOWN",
  "TOO_MANY_TICKETS",
  "RATE_LIMITED",
  "IDEMPOTENCY_KEY_REUSED",
]);

/** What nobody may be told who was told before that the booking is confirmed, and it is. */
const CONFIRM_REFUSALS: ReadonlySet<string> = new Set([
  "BOOKING_STATE_CONFLICT",
  "RESERVATION_EXPIRED",
  "PAYMENT_DECLINED",
]);

/** What is acknowledged is durable, and the same key gets the same answer. */
export class Promises {
  readonly intents: Intent[] = [];
  readonly #bookings: BookingTables;

  constructor(bookings: BookingTables) {
    this.#bookings = bookings;
  }

  reserved(intent: Intent, reservation: Reservation): void {
    const row = this.#bookings.bookings.get(intent.bookingId);
    must(row !== undefined, "a reservation was acknowledged that is not stored", reservation);
    const { bookingId, reference, totalMinor, expiresAt } = row;
    const stored = { bookingId, reference, totalMinor };
    const told = intent.reservation ?? stored;
    for (const answer of [stored, reservation]) {
      const same = answer.bookingId === told.bookingId && answer.reference === told.reference &&
        answer.totalMinor === told.totalMinor;
      must(same, "one key got two answers", told, answer);
    }
    const ends = [expiresAt, toBooking(row).endedAt];
    // Redis may not have heard of an extension: then a replay still tells the first end.
    const isEnd = ends.some((end) => end && +end === +reservation.expiresAt) ||
      (row.extendedAt !== undefined && reservation.expiresAt < expiresAt);
    must(isEnd, "a reservation was told to end at another time", row, reservation);
    const { status } = reservation;
    const isState = status === "cancelled"
      ? row.status === "cancelled"
      : status !== "confirmed" || row.confirmedAt !== undefined;
    must(isState, "a reservation was told to be what it is not", row, reservation);
    must(row.quantity === intent.quantity && row.eventId === intent.eventId, "not as asked", row);
    intent.reservation = reservation;
  }

  /** @param before whether the reservation had been acknowledged when this was asked */
  refused(intent: Intent, error: unknown, before: boolean): void {
    this.failed(error);
    const code = error instanceof DomainError ? error.code : "";
    must(!before || !REFUSALS.has(code), `a reservation was taken back: ${code}`, intent);
  }

  extended(intent: Intent, { expiresAt }: Booking): void {
    const row = this.#bookings.bookings.get(intent.bookingId);
    must(row?.extendedAt !== undefined, "an extension was acknowledged that is not stored", row);
    must(+row.expiresAt === +expiresAt, "a hold was extended to another end", row, expiresAt);
    must(!intent.extendedTo, "a hold was extended twice", row);
    intent.extendedTo = expiresAt;
  }

  /** @param before whether this token had been told that it confirmed the booking when this was asked */
  refusedToConfirm(intent: Intent, error: unknown, before: boolean): void {
    this.failed(error);
    const code = error instanceof DomainError ? error.code : "";
    const row = this.#bookings.bookings.get(intent.bookingId);
    const stands = row?.status === "confirmed" && before;
    must(!stands || !CONFIRM_REFUSALS.has(code), `a confirmation was taken back: ${code}`, row);
  }

  confirmed(intent: Intent, { booking, transactionId }: Settled, token: string): void {
    const row = this.#bookings.bookings.get(intent.bookingId);
    must(row?.confirmedAt !== undefined, "a confirmation was acknowledged that is not stored", row);
    must(booking.ticketCode === row.ticketCode, "the ticket is another one", booking, row);
    const told = intent.transactionId ?? transactionId;
    must(told === transactionId, "one booking was paid twice", told, transactionId);
    intent.transactionId = transactionId;
    const same = booking.totalMinor === 0 || token === (intent.token ?? token);
    must(same, "a booking was confirmed with two tokens", row);
    intent.token = token;
  }

  cancelled(intent: Intent, booking: Booking): void {
    const row = this.#bookings.bookings.get(intent.bookingId);
    must(row?.status === "cancelled", "a cancellation was acknowledged that is not stored", row);
    must(booking.refundMinor === row.refundMinor, "another refund was promised", booking, row);
    must(!intent.cancelled, "a booking was cancelled twice", row);
    intent.cancelled = true;
  }

  expired(intent: Intent): void {
    const row = this.#bookings.bookings.get(intent.bookingId);
    must(row?.status === "expired", "a reservation was given up, and lives", row);
  }

  /** Clients hear of the domain's rules, or that something does not answer; never of a mistake. */
  failed(error: unknown): void {
    if (error instanceof DomainError || error instanceof PaymentVoid) return;
    throw new Violation(`unexpected error: ${error instanceof Error ? error.stack : error}`);
  }
}
