import { deriveId } from "@evently/shared/ids";
import type { SaleTerms } from "./terms.ts";

/**
 * pending: its seats are held. confirming: its payment is under way. Then confirmed, cancelled or
 * expired. Every change is one conditional UPDATE from the status that it leaves.
 */
export type BookingStatus = "pending" | "confirming" | "confirmed" | "cancelled" | "expired";

/** requires_action: the payment waits for its buyer, and the hold goes on meanwhile. */
export type PaymentStatus = "pending" | "requires_action" | "completed" | "failed" | "refunded";

/** A booking as it is stored. Money is in minor units of `currency`. */
export interface Booking {
  bookingId: string;
  userId: string;
  eventId: string;
  /** What people say on the phone: `EVT-XXXXXX`. */
  reference: string;
  quantity: number;
  unitPriceMinor: number;
  totalMinor: number;
  currency: string;
  terms: SaleTerms;
  status: BookingStatus;
  paymentStatus: PaymentStatus;
  bookedAt: Date;
  /** When the hold ends. */
  expiresAt: Date;
  /** When its buyer had the hold extended; once. */
  extendedAt: Date | undefined;
  confirmedAt: Date | undefined;
  /** When it was cancelled, or its hold ended unpaid; once that is recorded. */
  endedAt: Date | undefined;
  refundMinor: number | undefined;
  /** The secret of the ticket's address, once there is a ticket. */
  ticketCode: string | undefined;
}

/** A booking that is about to be made. */
export interface NewBooking {
  bookingId: string;
  userId: string;
  eventId: string;
  quantity: number;
  unitPriceMinor: number;
  currency: string;
  terms: SaleTerms;
  bookedAt: Date;
  expiresAt: Date;
}

/** What clients are told of a booking's status. */
export type PublicStatus = Exclude<BookingStatus, "confirming">;

/** A payment under way is told as pending, a hold whose time is up as expired. */
export function publicStatusOf(
  { status, expiresAt }: Pick<Booking, "status" | "expiresAt">,
  now: Date,
): PublicStatus {
  if (status === "confirming") return "pending";
  return status === "pending" && expiresAt <= now ? "expired" : status;
}

const BOOKING_NAMESPACE = "5f0c3b0e-6d0f-4f0a-9a57-3c1d7f1f5a10";

/**
 * The id of the booking that a user makes with an idempotency key, and of its seat allocation. A retry, a
 * replay or a crash between two steps can therefore only meet its own booking and its own seats.
 */
export function bookingIdOf(userId: string, idempotencyKey: string): string {
  return deriveId(BOOKING_NAMESPACE, userId, idempotencyKey);
}
