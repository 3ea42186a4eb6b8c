import { laneOf } from "@evently/shared/lanes";
import { type Booking, isWaiting } from "../../../services/booking/orders/booking.ts";
import { refundOf } from "../../../services/booking/orders/refund.ts";
import type { RefundReason } from "../../../services/booking/refunds/refund_row.ts";
import type { BookingStore, CancelledBooking } from "../../../services/booking/orders/store.ts";
import { insertRefund } from "./refunds.ts";
import { type BookingRow, type BookingTables, isCaptured, releaseOf, toBooking } from "./tables.ts";
import { endOffers } from "./waitlist_tables.ts";

type Input<Method extends keyof BookingStore> = Parameters<BookingStore[Method]>[0];

export function cancelFrom(
  tables: BookingTables,
  { userId, status, refundPercent, now, ...key }: Input<"cancelFrom">,
): CancelledBooking | undefined {
  const row = tables.find(key);
  if (row?.userId !== userId || row.status !== status || !isCancellable(row, now)) return undefined;
  const cancelled = cancel(tables, row, { percent: refundPercent, now });
  endOffers(tables, [cancelled], { end: "declined", now });
  const newRefundMinor = (cancelled.refundMinor ?? 0) - (row.refundMinor ?? 0);
  return { ...toBooking(cancelled), newRefundMinor };
}

export function cancelForEvent(
  tables: BookingTables,
  { eventId, now, limit }: Input<"cancelForEvent">,
): { cancelled: number; remaining: number } {
  const ofEvent = tables.bookings.where((row) => row.eventId === eventId);
  const active = ofEvent.filter((row) => row.status === "confirming" || isCancellable(row, now));
  const cancelled = active.filter(({ status }) => status !== "confirming").slice(0, limit);
  const reason = "event_cancelled";
  const ended = cancelled.map((row) => cancel(tables, row, { percent: 100, reason, now }));
  endOffers(tables, ended, { end: "event_over", now });
  return { cancelled: cancelled.length, remaining: active.length - cancelled.length };
}

export function expireIfPending(
  tables: BookingTables,
  { userId, now, ...key }: Input<"expireIfPending">,
): Booking | undefined {
  const row = tables.find(key);
  if (row?.userId !== userId || row.status !== "pending") return undefined;
  const expired = expire(tables, row, { now });
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
  const expired = rows.map((row) => expire(tables, row, { now, late: true }));
  endOffers(tables, expired, { end: "lapsed", now });
  return rows.length;
}

function isCancellable({ status, expiresAt }: BookingRow, now: Date): boolean {
  return status === "confirmed" || (status === "pending" && expiresAt > now);
}

/** Cancels a pending booking, or records that its hold has ended. */
export function endPending(tables: BookingTables, row: BookingRow, now: Date): BookingRow {
  return row.expiresAt > now
    ? cancel(tables, row, { percent: 0, now })
    : expire(tables, row, { now });
}

export function cancel(
  tables: BookingTables,
  row: BookingRow,
  { percent, reason = "cancelled", now }: { percent: number; reason?: RefundReason; now: Date },
): BookingRow {
  const paid = row.paymentStatus === "completed";
  const { refundMinor: refundedMinor = 0 } = row;
  const refundMinor = paid
    ? Math.max(refundOf(row.totalMinor, percent, row.currency), refundedMinor)
    : 0;
  const cancelled = tables.update(row, {
    status: "cancelled",
    cancelledAt: now,
    refundMinor,
    paymentStatus: refundMinor > 0 ? "refunded" : row.paymentStatus,
  });
  tables.enqueue(cancelled, { content: releaseOf(cancelled), now });
  const payment = tables.payments.get(cancelled.paymentId ?? "");
  if (refundMinor > refundedMinor && payment && isCaptured(payment.status)) {
    const amountMinor = refundMinor - refundedMinor;
    insertRefund(tables, cancelled, { refundId: tables.newId(), amountMinor, reason, now });
  }
  if (row.confirmedAt) {
    const payload = { by: reason === "event_cancelled" ? "event" : "buyer" } as const;
    tables.enqueue(cancelled, { content: { topic: "booking.cancelled", payload }, now });
  }
  if (isWaiting(cancelled)) voidPayment(tables, cancelled, now);
  return cancelled;
}

/** @param late whether a payment that is processing goes on: its money may come yet */
function expire(
  tables: BookingTables,
  row: BookingRow,
  { now, late = false }: { now: Date; late?: boolean },
): BookingRow {
  const expired = tables.update(row, { status: "expired", expiredAt: now });
  tables.enqueue(expired, { content: releaseOf(expired), now });
  const goesOn = late && expired.paymentStatus === "processing";
  if (isWaiting(expired) && !goesOn) voidPayment(tables, expired, now);
  return expired;
}

function voidPayment(tables: BookingTables, row: BookingRow, now: Date): void {
  const paymentId = row.paymentId!;
  tables.updatePayment(paymentId, { status: "voided" });
  tables.enqueueVoid(row, { paymentId, now });
}
