import type { Clock } from "@evently/shared/clock";
import { DomainError, invalidInput } from "@evently/shared/errors";
import { minorAmount } from "@evently/shared/http";
import { deriveId } from "@evently/shared/ids";
import { PAYABLE_STEPS, toMajor } from "@evently/shared/money";
import { isUniqueViolation } from "@evently/shared/postgres";
import type { Booking } from "../orders/booking.ts";
import type { Bookings } from "../orders/bookings.ts";
import type { Refund } from "./refund_row.ts";

export interface RefundDeps {
  bookings: Pick<Bookings, "find" | "promiseRefund" | "refundsOf">;
  clock: Clock;
  nudge: { outbox(): void };
}

/** A part of a payment to give back, as the organiser asks for it. */
export interface RefundInput {
  eventId: string;
  bookingId: string;
  /** In major units of the booking's currency. */
  amount: number;
  /** For the buyer. */
  note?: string | undefined;
  idempotencyKey: string;
}

/** A refund, and the booking as it was when the refund was promised. */
export interface RefundOfBooking {
  refund: Refund;
  booking: Booking;
}

const REFUND_NAMESPACE = "7c2f0f0a-2a49-4b4e-8c39-6b0f5c1d9e42";

/**
 * Promises a refund of a part of what was paid for a booking; the outbox has it made. The booking goes on. The same key
 * gives the same refund.
 *
 * @throws {DomainError} `BOOKING_NOT_FOUND`: the event has no such booking; `VALIDATION_FAILED`: the amount;
 * `BOOKING_STATE_CONFLICT`: it is not paid; `REFUND_TOO_LARGE`: less is left of the payment; `IDEMPOTENCY_KEY_REUSED`
 */
export async function refundBooking(
  deps: RefundDeps,
  { eventId, bookingId, amount, note, idempotencyKey }: RefundInput,
): Promise<RefundOfBooking> {
  const { bookings, clock, nudge } = deps;
  const booking = await bookings.find(bookingId);
  if (booking?.eventId !== eventId) throw new DomainError("BOOKING_NOT_FOUND");
  const wanted = {
    bookingId,
    eventId,
    refundId: deriveId(REFUND_NAMESPACE, bookingId, idempotencyKey),
    amountMinor: amountOf(amount, booking),
    note,
  };
  const earlier = await existingRefund(deps, wanted);
  if (earlier) return { refund: earlier, booking };

  const refund = await bookings.promiseRefund({ ...wanted, now: clock.now() }).catch((error) => {
    if (isUniqueViolation(error)) return undefined;
    throw error;
  }) ?? await existingRefund(deps, wanted);
  if (!refund) throw await refusalOf(deps, booking);
  nudge.outbox();
  return { refund, booking };
}

function amountOf(amount: number, { currency, totalMinor }: Booking): number {
  const minor = minorAmount(amount, { field: "amount", currency, maxMinor: Infinity });
  if (minor === 0) throw invalidInput("amount", "amount must be more than 0");
  const step = PAYABLE_STEPS.get(currency) ?? 1;
  // A total with a rest can be given back with it.
  if (minor % step !== 0 && minor % step !== totalMinor % step) {
    const most = toMajor(step, currency);
    throw invalidInput("amount", `amount must be a multiple of ${most} in ${currency}`);
  }
  // What is far more than the total need not be a number that can be stored.
  return Math.min(minor, totalMinor + 1);
}

/** @throws {DomainError} `IDEMPOTENCY_KEY_REUSED`: the key was used for another refund */
async function existingRefund(
  { bookings }: RefundDeps,
  wanted:
    & { bookingId: string; eventId: string }
    & Pick<Refund, "refundId" | "amountMinor" | "note">,
): Promise<Refund | undefined> {
  const refunds = await bookings.refundsOf([wanted]);
  const refund = refunds.find(({ refundId }) => refundId === wanted.refundId);
  if (refund && (refund.amountMinor !== wanted.amountMinor || refund.note !== wanted.note)) {
    throw new DomainError("IDEMPOTENCY_KEY_REUSED", "refund");
  }
  return refund;
}

async function refusalOf({ bookings }: RefundDeps, { bookingId }: Booking): Promise<DomainError> {
  const booking = await bookings.find(bookingId);
  if (!booking) return new DomainError("BOOKING_NOT_FOUND");
  const { status, paymentStatus, totalMinor, refundMinor = 0, currency } = booking;
  const isPaid = paymentStatus === "completed" || paymentStatus === "refunded";
  if (!isPaid || totalMinor === 0) {
    return new DomainError(
      "BOOKING_STATE_CONFLICT",
      `Cannot refund booking as nothing was paid for it: current status is ${status}`,
    );
  }
  const left = toMajor(totalMinor - refundMinor, currency);
  return new DomainError("REFUND_TOO_LARGE", { left, currency });
}
