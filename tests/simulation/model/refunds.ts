import postgres from "postgres";
import type { Refund } from "../../../services/booking/refunds/refund_row.ts";
import type { BookingStore, EventRefunds } from "../../../services/booking/orders/store.ts";
import { type BookingRow, type BookingTables, isCaptured, type RefundRow } from "./tables.ts";

type Input<Method extends keyof BookingStore> = Parameters<BookingStore[Method]>[0];

interface NewRow extends Pick<Refund, "refundId" | "amountMinor" | "reason"> {
  note?: string | undefined;
  now: Date;
}

/** Inserts a refund of a booking's latest payment, and the message that has it made. */
export function insertRefund(
  tables: BookingTables,
  booking: BookingRow,
  row: NewRow,
): RefundRow {
  const refund = putRefund(tables, booking, row);
  enqueueRefund(tables, booking, { refund, now: row.now });
  return refund;
}

/** Inserts a refund of a booking's latest payment. */
export function putRefund(
  tables: BookingTables,
  booking: BookingRow,
  { refundId, amountMinor, reason, note, now }: NewRow,
): RefundRow {
  const refund = {
    refundId,
    eventId: booking.eventId,
    bookingId: booking.bookingId,
    paymentId: booking.paymentId!,
    amountMinor,
    reason,
    note,
    createdAt: now,
    doneAt: undefined,
  };
  tables.refunds.put(refundId, refund);
  return refund;
}

export function enqueueRefund(
  tables: BookingTables,
  booking: BookingRow,
  { refund, now }: { refund: RefundRow; now: Date },
): void {
  const { paymentId, amountMinor, refundId } = refund;
  const payload = {
    payment_id: paymentId,
    transaction_id: tables.payments.get(paymentId)!.transactionId!,
    amount_minor: amountMinor,
    currency: booking.currency,
  };
  const content = { topic: "payment.refund" as const, payload };
  tables.enqueue(booking, { content, now, messageId: refundId });
}

export function promiseRefund(
  tables: BookingTables,
  { refundId, amountMinor, note, now, ...key }: Input<"promiseRefund">,
): Refund | undefined {
  const row = tables.find(key);
  const payment = tables.payments.get(row?.paymentId ?? "");
  if (!row || !payment || !isCaptured(payment.status)) return undefined;
  if (row.status !== "confirmed" && row.status !== "cancelled") return undefined;
  const refundMinor = (row.refundMinor ?? 0) + amountMinor;
  if (refundMinor > row.totalMinor) return undefined;
  if (tables.refunds.get(refundId)) throw uniqueViolation(`refunds_pkey of ${refundId}`);
  const refunded = tables.update(row, { refundMinor });
  const refund = { refundId, amountMinor, reason: "organiser" as const, note, now };
  return toRefund(insertRefund(tables, refunded, refund));
}

export function refundsOf(tables: BookingTables, keys: Input<"refundsOf">): Refund[] {
  return tables.refunds
    .where(({ bookingId, eventId }) =>
      keys.some((key) => key.bookingId === bookingId && key.eventId === eventId)
    )
    .sort((a, b) =>
      a.createdAt.getTime() - b.createdAt.getTime() || (a.refundId < b.refundId ? -1 : 1)
    )
    .map(toRefund);
}

export function refundsOfEvent(
  tables: BookingTables,
  { eventId, now }: Input<"refundsOfEvent">,
): EventRefunds {
  const bookings = tables.bookings.where((row) => row.eventId === eventId);
  const refunds = tables.refunds.where((row) => row.eventId === eventId);
  const done = refunds.filter(({ doneAt }) => doneAt);
  const cancelled = bookings.filter(({ status }) => status === "cancelled");
  const times = [...cancelled.map((row) => row.cancelledAt!), ...done.map((row) => row.doneAt!)];
  const sum = (rows: readonly RefundRow[]) =>
    rows.reduce((total, { amountMinor }) => total + amountMinor, 0);
  return {
    active:
      bookings.filter(({ status, expiresAt }) =>
        status === "confirmed" || status === "confirming" ||
        (status === "pending" && expiresAt > now)
      ).length,
    cancelled: cancelled.length,
    refunds: refunds.length,
    refunded: done.length,
    // The model keeps no errors of deliveries.
    failing: 0,
    refundMinor: sum(refunds),
    refundedMinor: sum(done),
    lastAt: times.length === 0 ? undefined : new Date(Math.max(...times.map(Number))),
  };
}

/** The error of the database's client, which the caller expects. */
function uniqueViolation(message: string): Error {
  return Object.assign(new postgres.PostgresError(message), { code: "23505" });
}

function toRefund({ eventId: _1, paymentId: _2, ...refund }: RefundRow): Refund {
  return refund;
}
