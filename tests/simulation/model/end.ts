import { laneOf } from "@evently/shared/lanes";
import type { Booking } from "../../../services/booking/orders/booking.ts";
import { refundOf } from "../../../services/booking/orders/refund.ts";
import type { BookingStore } from "../../../services/booking/orders/store.ts";
import { type BookingRow, type BookingTables, releaseOf, toBooking, voidOf } from "./tables.ts";
import { endOffers } from "./waitlist_tables.ts";

type Input<Method extends keyof BookingStore> = Parameters<BookingStore[Method]>[0];

export function cancelFrom(
  tables: BookingTables,
  { userId, status, refundPercent, now, ...key }: Input<"cancelFrom">,
): Booking | undefined {
  const row = tables.find(key);
  if (row?.userId !== userId || row.status !== status || !isCancellable(row, now)) return undefined;
  const cancelled = cancel(tables, row, { percent: refundPercent, now });
  endOffers(tables, [cancelled], { end: "declined", now });
  return toBooking(cancelled);
}

export function cancelForEvent(
  tables: BookingTables,
  { eventId, now, limit }: Input<"cancelForEvent">,
): { cancelled: number; remaining: number } {
  const ofEvent = tables.bookings.where((row) => row.eventId === eventId);
  const active = ofEvent.filter((row) => row.status === "confirming" || isCancellable(row, now));
  const cancelled = active.filter(({ status }) => status !== "confirming").slice(0, limit);
  const ended = cancelled.map((row) => cancel(tables, row, { percent: 100, now }));
  endOffers(tables, ended, { end: "event_over", now });
  return { cancelled: cancelled.length, remaining: active.length - cancelled.length };
}

export function expireIfPending(
  tables: BookingTables,
  { userId, now, ...key }: Input<"expireIfPending">,
): Booking | undefined {
  const row = tables.find(key);
  if (row?.userId !== userId || row.status !== "pending") return undefined;
  const expired = expire(tables, row, now);
  endOffers(tables, [expired], { end: "by_the_time", now });
  return toBooking(expired);
}

export function expireDue(
  tables: BookingTables,
  { lane, due, now, limit }: Input<"expireDue">,
): number {
  const rows = tables.bookings
    .where((row) =>
      laneOf(row.eventId) === lane && row.status === "pending" && row.expiresAt <= due
    )
    .sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime()).slice(0, limit);
  const expired = rows.map((row) => expire(tables, row, now));
  endOffers(tables, expired, { end: "lapsed", now });
  return rows.length;
}

function isCancellable({ status, expiresAt }: BookingRow, now: Date): boolean {
  return status === "confirmed" || (status === "pending" && expiresAt > now);
}

/** Cancels a pending booking, or records that its hold has ended. */
export function endPending(tables: BookingTables, row: BookingRow, now: Date): BookingRow {
  return row.expiresAt > now ? cancel(tables, row, { percent: 0, now }) : expire(tables, row, now);
}

export function cancel(
  tables: BookingTables,
  row: BookingRow,
  { percent, now }: { percent: number; now: Date },
): BookingRow {
  const paid = row.paymentStatus === "completed";
  const refundMinor = paid ? refundOf(row.totalMinor, percent) : 0;
  const cancelled = tables.update(row, {
    status: "cancelled",
    cancelledAt: now,
    refundMinor,
    paymentStatus: refundMinor > 0 ? "refunded" : row.paymentStatus,
  });
  tables.enqueue(cancelled, { content: releaseOf(cancelled), now });
  const payment = tables.payments.get(cancelled.paymentId ?? "");
  if (refundMinor > 0 && payment?.status === "captured") {
    const payload = {
      payment_id: payment.paymentId,
      transaction_id: payment.transactionId!,
      amount_minor: refundMinor,
      currency: cancelled.currency,
    };
    tables.enqueue(cancelled, { content: { topic: "payment.refund", payload }, now });
  }
  voidWaitingPayment(tables, cancelled, now);
  return cancelled;
}

function expire(tables: BookingTables, row: BookingRow, now: Date): BookingRow {
  const expired = tables.update(row, { status: "expired", expiredAt: now });
  tables.enqueue(expired, { content: releaseOf(expired), now });
  voidWaitingPayment(tables, expired, now);
  return expired;
}

function voidWaitingPayment(tables: BookingTables, row: BookingRow, now: Date): void {
  if (row.paymentStatus !== "requires_action") return;
  const paymentId = row.paymentId!;
  tables.updatePayment(paymentId, { status: "voided" });
  tables.enqueue(row, { content: voidOf(row, paymentId), now });
}
