import { deriveId } from "@evently/shared/ids";
import type { SaleTerms } from "./terms.ts";

/**
 * pending: the seats are held. confirming: a payment is under way. Final: confirmed, cancelled, expired. Every
 * change is one conditional UPDATE that names the status it leaves.
 */
export type BookingStatus = "pending" | "confirming" | "confirmed" | "cancelled" | "expired";

/**
 * requires_action: the payment waits for its buyer while the hold continues. processing: it waits for its provider, longer
 * than the hold if need be. Of an expired booking, refunded: its money came too late, and was given back.
 */
export type PaymentStatus =
  | "pending"
  | "requires_action"
  | "processing"
  | "completed"
  | "failed"
  | "refunded";

/** Whether a payment of a booking was begun, and waits for its buyer or its provider. */
export function isWaiting({ paymentStatus }: Pick<Booking, "paymentStatus">): boolean {
  return paymentStatus === "requires_action" || paymentStatus === "processing";
}

/** One line of an order, as it was when it was sold. */
export interface OrderLine {
  ticketTypeId: string;
  name: string;
  /** Of the type; each gives `gives` tickets. */
  quantity: number;
  gives: number;
  unitPriceMinor: number;
  /** The request named no type, and this one was the only one left. */
  isImplied?: true;
  /** Which hold of the booking has its seats; absent: the first. Late money holds them anew. */
  hold?: number;
}

/** A booking as it is stored. Money is in minor units of `currency`. */
export interface Booking {
  bookingId: string;
  userId: string;
  eventId: string;
  /** The short name for people: `EVT-XXXXXX`. */
  reference: string;
  /** Tickets of all lines. */
  quantity: number;
  /** Of the first line. */
  unitPriceMinor: number;
  totalMinor: number;
  currency: string;
  /** `undefined`: one line of the event's default type under its default name, in its first hold. */
  lines: readonly OrderLine[] | undefined;
  terms: SaleTerms;
  status: BookingStatus;
  paymentStatus: PaymentStatus;
  bookedAt: Date;
  /** When the hold ends. */
  expiresAt: Date;
  /** When its buyer extended the hold; possible once. */
  extendedAt: Date | undefined;
  confirmedAt: Date | undefined;
  /** When it was cancelled, or when its hold ended unpaid, once that is recorded. */
  endedAt: Date | undefined;
  refundMinor: number | undefined;
  /** The secret in the address of the ticket, once confirmed. */
  ticketCode: string | undefined;
}

/** A booking to insert. */
export interface NewBooking {
  bookingId: string;
  userId: string;
  eventId: string;
  quantity: number;
  unitPriceMinor: number;
  currency: string;
  /** As in {@link Booking}; absent is `undefined`. */
  lines?: readonly OrderLine[] | undefined;
  terms: SaleTerms;
  bookedAt: Date;
  expiresAt: Date;
}

/** The status of a booking on the wire. */
export type PublicStatus = Exclude<BookingStatus, "confirming">;

/** A booking with a payment under way counts as pending, one with an ended hold as expired. */
export function publicStatusOf(
  { status, expiresAt }: Pick<Booking, "status" | "expiresAt">,
  now: Date,
): PublicStatus {
  if (status === "confirming") return "pending";
  return status === "pending" && expiresAt <= now ? "expired" : status;
}

const BOOKING_NAMESPACE = "5f0c3b0e-6d0f-4f0a-9a57-3c1d7f1f5a10";

/**
 * The id of the booking that a user makes for an event with an idempotency key, and of its seat allocation. A retry or
 * a replay therefore finds its own booking and its own seats, also after a crash between two steps.
 */
export function bookingIdOf(
  { userId, eventId, idempotencyKey }: { userId: string; eventId: string; idempotencyKey: string },
): string {
  return deriveId(BOOKING_NAMESPACE, userId, eventId, idempotencyKey);
}
