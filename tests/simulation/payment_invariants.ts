import type { Observed } from "./booking_invariants.ts";
import type { BookingRow, BookingTables, OutboxRow } from "./model/tables.ts";
import type { ModelPayment } from "./payment_model.ts";
import { assertHolds } from "./violation.ts";

/** Checks that a payment whose provider is silent will be looked at again, so that it heals without a webhook. */
export function checkAwaited({ bookings }: Observed, { paymentId = "" }: BookingRow): void {
  if (bookings.payments.get(paymentId)?.status !== "processing") return;
  const isLookedAt = isUndelivered(bookings.outbox.get(paymentId)) ||
    bookings.outbox.where((row) => isUndelivered(row) && isLookAt(row, paymentId)).length > 0;
  assertHolds(isLookedAt, "a payment is processing, and nobody looks at it again", { paymentId });
}

function isUndelivered(row: OutboxRow | undefined): boolean {
  return row !== undefined && !row.deliveredAt;
}

function isLookAt({ message }: OutboxRow, paymentId: string): boolean {
  return message.topic === "payment.look" && message.payload.payment_id === paymentId;
}

/** Checks that the refunds of a booking add up, to what was paid at most. */
export function checkRefunds(
  { bookings }: Observed,
  [before, after]: readonly [BookingRow, BookingRow],
) {
  const { bookingId, refundMinor = 0, totalMinor, confirmedAt, paymentStatus } = after;
  if (refundMinor === (before.refundMinor ?? 0)) return;
  const refunds = bookings.refunds.where((row) => row.bookingId === bookingId);
  const promisedMinor = refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  assertHolds(promisedMinor === refundMinor, "refunds do not add up", after, ...refunds);
  const paidMinor = confirmedAt || paymentStatus === "refunded" ? totalMinor : 0;
  assertHolds(promisedMinor <= paidMinor, "more is refunded than was paid", after, ...refunds);
}

/** Checks that a payment which is no longer waited for cannot take money any more. */
export function checkEndedLate(
  { payments }: Observed,
  [before, after]: readonly [BookingRow, BookingRow],
  isVoided: boolean,
): void {
  if (before.paymentStatus !== "processing" || after.paymentStatus === "processing") return;
  const known = payments.payments.get(after.paymentId!);
  const isOver = known?.status === "declined" || known?.status === "void";
  assertHolds(isOver || isVoided, "late money is neither awaited nor voided", after, known);
}

/** Checks that an expired booking goes on for its own money alone, and once its old seats are released. */
export function checkRevived(
  { bookings, payments }: Observed,
  [before, after]: readonly [BookingRow, BookingRow],
): void {
  const { bookingId, paymentId } = after;
  const known = payments.payments.get(paymentId!);
  const isPaid = known?.status === "captured" || known?.status === "authorised";
  const isSame = paymentId === before.paymentId && before.paymentStatus === "processing";
  assertHolds(isPaid && isSame, "an expired booking goes on without its money", before, known);
  assertHolds(
    !bookings.isWaiting(bookingId, "seats.release"),
    "late money takes seats before its old ones are released",
    after,
  );
}

/** Checks that a payment that is processing extends its hold to the cap at most. */
export function checkProcessing(
  { maxHoldMs }: Observed,
  [before, after]: readonly [BookingRow, BookingRow],
): void {
  const isLater = before.expiresAt <= after.expiresAt;
  const isInTime = +before.expiresAt === +after.expiresAt ||
    +after.expiresAt <= +after.bookedAt + maxHoldMs;
  assertHolds(isLater && isInTime, "a payment extended a hold wrongly", before, after);
}

/** Checks that the provider keeps at most a booking's price and returns at most what it captured. */
export function checkPayment(observed: Observed, payment: ModelPayment): void {
  const { bookings } = observed;
  assertHolds(
    payment.returnedMinor <= payment.capturedMinor,
    "more was returned than captured",
    payment,
  );
  assertHolds(
    payment.capturedMinor <= payment.amountMinor,
    "more was captured than ordered",
    payment,
  );
  const order = bookings.payments.get(payment.paymentId);
  const booking = order && bookings.bookings.get(order.bookingId);
  if (!booking) return;
  const keptMinor = keptMinorOf(observed, booking.bookingId);
  assertHolds(
    keptMinor <= booking.totalMinor,
    "more money is kept than the booking costs",
    booking,
    payment,
  );
}

/** Returns how much of a booking's money the provider keeps, in minor units. */
export function keptMinorOf(
  { bookings, payments }: Pick<Observed, "bookings" | "payments">,
  bookingId: string,
): number {
  return bookings.paymentsOf(bookingId)
    .map(({ paymentId }) => payments.payments.get(paymentId))
    .reduce((sum, p) => sum + (p ? p.capturedMinor - p.returnedMinor : 0), 0);
}

/** Whether a payment of a booking was processing at any time. */
export function wasProcessing({ outbox }: BookingTables, { paymentId = "" }: BookingRow): boolean {
  return outbox.get(paymentId) !== undefined;
}
