import { laneOf, lanesFrom } from "@evently/shared/lanes";
import { type Booking, isWaiting } from "../../../services/booking/orders/booking.ts";
import type {
  BookingStore,
  Capture,
  Claim,
  Confirmation,
  PaymentOfBooking,
} from "../../../services/booking/orders/store.ts";
import { holdOf } from "../../../services/booking/orders/order_lines.ts";
import { type BookingRow, type BookingTables, factOf, releaseOf, toBooking } from "./tables.ts";
import { putRefund } from "./refunds.ts";
import { convertEntry, endOffers } from "./waitlist_tables.ts";

type Input<Method extends keyof BookingStore> = Parameters<BookingStore[Method]>[0];

export function startConfirming(
  tables: BookingTables,
  { bookingId, eventId, userId, now, payment }: Claim,
): Confirmation | undefined {
  const row = tables.find({ bookingId, eventId });
  if (row?.userId !== userId || row.status !== "pending" || row.expiresAt <= now) return undefined;
  if (isWaiting(row)) return undefined;
  const { paymentId } = payment;
  const kept = row.totalMinor > 0
    ? payment
    : { paymentId, provider: "free", method: "free", token: "" };
  const confirming = { status: "confirming", confirmingAt: now, paymentId } as const;
  const booking = tables.update(row, confirming);
  tables.payments.put(paymentId, {
    ...kept,
    bookingId,
    transactionId: undefined,
    status: "started",
    amountMinor: booking.totalMinor,
    refundedMinor: 0,
    currency: booking.currency,
    startedAt: now,
  });
  const { token, method } = payment;
  const confirmation = toConfirmation(tables, booking);
  return { ...confirmation, order: { ...confirmation.order, token, method } };
}

export function completeConfirmation(
  tables: BookingTables,
  { paymentId, transactionId, ticketCode, hold = 0, now, ...key }: Capture,
): boolean {
  const row = confirmingWith(tables, { ...key, paymentId });
  if (!row || holdOf(row) !== hold) return false;
  tables.updatePayment(paymentId, { status: "captured", transactionId });
  const confirmed = tables.update(row, {
    status: "confirmed",
    paymentStatus: "completed",
    confirmedAt: now,
    ticketCode,
  });
  tables.enqueue(confirmed, { content: factOf("booking.confirmed"), now });
  convertEntry(tables, confirmed, now);
  return true;
}

export function declinePayment(
  tables: BookingTables,
  { paymentId, transactionId, now, ...key }: Input<"declinePayment">,
): Booking | undefined {
  const row = confirmingWith(tables, { ...key, paymentId });
  if (!row) return undefined;
  tables.namePayment(paymentId, transactionId);
  tables.updatePayment(paymentId, { status: "declined" });
  if (row.expiresAt > now) {
    return toBooking(tables.update(row, { status: "pending", paymentStatus: "failed" }));
  }
  tables.enqueue(row, { content: releaseOf(row), now });
  const expired = { status: "expired", expiredAt: now, paymentStatus: "failed" } as const;
  return toBooking(lapse(tables, row, { ...expired, now }));
}

export function abandonConfirmation(
  tables: BookingTables,
  { paymentId, now, ...key }: Input<"abandonConfirmation">,
): Booking | undefined {
  const row = confirmingWith(tables, { ...key, paymentId });
  if (!row) return undefined;
  tables.updatePayment(paymentId, { status: "voided" });
  tables.enqueue(row, { content: releaseOf(row), now });
  const messageId = tables.newId();
  if (row.totalMinor > 0) tables.enqueueVoid(row, { paymentId, now, messageId });
  const expired = { status: "expired", expiredAt: now, now } as const;
  // Its provider took its time: `awaitProvider` has queued a look at it.
  const wasLate = tables.outbox.get(paymentId)?.message.eventId === row.eventId;
  if (!wasLate) return toBooking(lapse(tables, row, { ...expired, paymentStatus: "failed" }));
  tables.enqueue(row, { content: factOf("booking.payment_returned"), now });
  const amountMinor = row.totalMinor;
  if (amountMinor > 0) {
    putRefund(tables, row, { refundId: messageId, amountMinor, reason: "late_payment", now });
  }
  const refunded = { paymentStatus: "refunded", refundMinor: amountMinor } as const;
  return toBooking(lapse(tables, row, { ...expired, ...refunded }));
}

/** Expires a booking whose payment did not succeed in time, and lets the offer lapse whose booking it is. */
export function lapse(
  tables: BookingTables,
  row: BookingRow,
  { now, ...expired }: Partial<BookingRow> & { now: Date },
): BookingRow {
  const after = tables.update(row, expired);
  endOffers(tables, [after], { end: "lapsed", now });
  return after;
}

export function leaseStuckConfirmations(
  tables: BookingTables,
  { firstLane, before, now, limit }: Input<"leaseStuckConfirmations">,
): Confirmation[] {
  const turns = lanesFrom(firstLane);
  const turnOf = ({ eventId }: BookingRow) => turns.indexOf(laneOf(eventId));
  return tables.bookings
    .where((row) => row.status === "confirming" && row.confirmingAt! <= before)
    .sort((a, b) => turnOf(a) - turnOf(b) || a.confirmingAt!.getTime() - b.confirmingAt!.getTime())
    .slice(0, limit)
    .map((row) => ({
      ...toConfirmation(tables, tables.update(row, { confirmingAt: now })),
      replaces: tables.undeliveredVoids(row),
    }));
}

export function handOnConfirmations(
  tables: BookingTables,
  payments: readonly PaymentOfBooking[],
): void {
  for (const payment of payments) {
    const row = confirmingWith(tables, payment);
    if (row) tables.update(row, { confirmingAt: new Date(0) });
  }
}

export function confirmingWith(
  tables: BookingTables,
  { paymentId, ...key }: PaymentOfBooking,
): BookingRow | undefined {
  const row = tables.find(key);
  return row?.status === "confirming" && row.paymentId === paymentId ? row : undefined;
}

export function toConfirmation(tables: BookingTables, row: BookingRow): Confirmation {
  const { paymentId, method, token } = tables.payments.get(row.paymentId!)!;
  const { totalMinor: amountMinor, currency } = row;
  return {
    booking: toBooking(row),
    order: { paymentId, bookingId: row.bookingId, amountMinor, currency, method, token },
    replaces: [],
  };
}
