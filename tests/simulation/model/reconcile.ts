import { refundRepairId } from "../../../services/booking/reconcile/reconcile_sql.ts";
import type { BookingStore, SettledBooking } from "../../../services/booking/orders/store.ts";
import { byId } from "./find.ts";
import { enqueueRefund, insertRefund, refundsOf } from "./refunds.ts";
import {
  type BookingRow,
  type BookingTables,
  isCaptured,
  keepOf,
  releaseOf,
  toBooking,
  voidOf,
} from "./tables.ts";

type Input<Method extends keyof BookingStore> = Parameters<BookingStore[Method]>[0];

export function listSettled(
  tables: BookingTables,
  { after, changedBefore, limit }: Input<"listSettled">,
): SettledBooking[] {
  return tables.bookings
    .where((row) =>
      row.status !== "confirming" && changedAtMs(row) <= changedBefore.getTime() &&
      (after === undefined || byId(row, after) > 0)
    )
    .sort(byId).slice(0, limit).map((row) => {
      const payments = tables.paymentsOf(row.bookingId);
      const returnedMinor = Math.max(
        0,
        ...payments.map(({ refundedMinor: refunded_minor }) => refunded_minor),
      );
      return {
        booking: toBooking(row),
        captured: payments.some(({ status }) => isCaptured(status)),
        refundMissing: (row.refundMinor ?? 0) > returnedMinor &&
          !tables.isWaiting(row.bookingId, "payment.refund"),
        isOffer: row.entryId !== undefined,
        startedPaymentId: payments.find(({ status }) => status === "started")?.paymentId,
      };
    });
}

function changedAtMs(row: BookingRow): number {
  const { bookedAt, confirmingAt, confirmedAt, cancelledAt, expiredAt } = row;
  const times = [bookedAt, confirmingAt, confirmedAt, cancelledAt, expiredAt];
  return Math.max(...times.map((time) => time?.getTime() ?? 0));
}

export function requeueRelease(
  tables: BookingTables,
  { bookingId, eventId, now }: Input<"requeueRelease">,
): boolean {
  const row = tables.find({ bookingId, eventId });
  if (!row) return false;
  const hasEnded = row.status === "cancelled" || row.status === "expired";
  if (!hasEnded && row.entryId === undefined) return false;
  if (tables.isWaiting(bookingId, "seats.release")) return false;
  const keep = row.lines?.[0]?.quantity ?? row.quantity;
  const content = hasEnded ? releaseOf(row) : keepOf(row, keep);
  tables.enqueue(row, { content, now });
  return true;
}

export function requeueRefund(
  tables: BookingTables,
  { bookingId, eventId, now }: Input<"requeueRefund">,
): boolean {
  const row = tables.find({ bookingId, eventId });
  const payment = tables.paymentsOf(bookingId).find(({ status }) => isCaptured(status));
  if (!row?.refundMinor || !payment || row.refundMinor <= payment.refundedMinor) return false;
  if (tables.isWaiting(bookingId, "payment.refund")) return false;
  const refunds = refundsOf(tables, [row]);
  const undone = refunds.filter(({ doneAt }) => !doneAt);
  for (const { refundId } of undone) {
    enqueueRefund(tables, row, { refund: tables.refunds.get(refundId)!, now });
  }
  const promised = refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const amountMinor = row.refundMinor - Math.max(promised, payment.refundedMinor);
  const refundId = refundRepairId(bookingId);
  if (amountMinor <= 0 || tables.refunds.get(refundId)) return undone.length > 0;
  insertRefund(tables, row, { refundId, amountMinor, reason: "repair", now });
  return true;
}

export function voidStartedPayment(
  tables: BookingTables,
  { paymentId, eventId, now }: Input<"voidStartedPayment">,
): boolean {
  const payment = tables.payments.get(paymentId);
  const row = payment && tables.find({ bookingId: payment.bookingId, eventId });
  if (payment?.status !== "started" || !row) return false;
  if (row.status === "confirming" && row.paymentId === paymentId) return false;
  tables.updatePayment(paymentId, { status: "voided" });
  if (payment.amountMinor > 0) {
    const content = voidOf(row, { paymentId, transactionId: undefined });
    tables.enqueue(row, { content, now });
  }
  return true;
}
