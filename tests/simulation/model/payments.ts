import type { Booking } from "../../../services/booking/orders/booking.ts";
import { linesOf } from "../../../services/booking/orders/order_lines.ts";
import type { Confirmation } from "../../../services/booking/orders/store.ts";
import type {
  PaymentStore,
  StoredPayment,
} from "../../../services/booking/payments/payment_store.ts";
import type { Synchronous } from "./booking_model.ts";
import { confirmingWith, lapse, toConfirmation } from "./confirm.ts";
import { completeRefund, markDelivered } from "./outbox.ts";
import { type BookingTables, type PaymentRow, releaseOf, toBooking } from "./tables.ts";

type Input<Method extends keyof PaymentStore> = Parameters<PaymentStore[Method]>[0];

/** Payments in memory; it mirrors each statement of `postgresPaymentStore`. */
export function paymentStoreModel(tables: BookingTables): Synchronous<PaymentStore> {
  return {
    awaitProvider: (input) => awaitProvider(tables, input),
    find: (key) => find(tables, key),
    queueLook: (input) => queueLook(tables, input),
    revive: (input) => revive(tables, input),
    endLate: (input) => endLate(tables, input),
    list: (input) => list(tables, input),
    queueVoid: (input) => queueVoid(tables, input),
    completeVoids: (input) => completeVoids(tables, input),
  };
}

function awaitProvider(
  tables: BookingTables,
  { paymentId, transactionId, expiresAt, lookAt, now, ...key }: Input<"awaitProvider">,
): Booking | undefined {
  const row = confirmingWith(tables, { ...key, paymentId });
  if (!row) return undefined;
  tables.namePayment(paymentId, transactionId);
  tables.updatePayment(paymentId, { status: "processing" });
  if (!tables.outbox.get(paymentId)) {
    const content = { topic: "payment.look", payload: { payment_id: paymentId } } as const;
    tables.enqueue(row, { content, now, messageId: paymentId, dueAt: lookAt });
  }
  const paymentStatus = "processing";
  if (row.expiresAt > now) {
    const laterEnd = expiresAt > row.expiresAt ? expiresAt : row.expiresAt;
    const waiting = { status: "pending", paymentStatus, expiresAt: laterEnd } as const;
    return toBooking(tables.update(row, waiting));
  }
  tables.enqueue(row, { content: releaseOf(row), now });
  return toBooking(lapse(tables, row, { status: "expired", expiredAt: now, paymentStatus, now }));
}

function find(tables: BookingTables, { paymentId, eventId }: Input<"find">) {
  const payment = tables.payments.get(paymentId);
  const row = payment && tables.find({ bookingId: payment.bookingId, eventId });
  if (!row) return undefined;
  return {
    payment: toStored(tables, payment),
    booking: toBooking(row),
    isLatest: row.paymentId === paymentId,
  };
}

function queueLook(
  tables: BookingTables,
  { messageId, paymentId, now }: Input<"queueLook">,
): boolean {
  const payment = tables.payments.get(paymentId);
  const row = payment && tables.bookings.get(payment.bookingId);
  if (!row) return false;
  if (!tables.outbox.get(messageId)) {
    const content = { topic: "payment.look", payload: { payment_id: paymentId } } as const;
    tables.enqueue(row, { content, now, messageId });
  }
  return true;
}

function revive(
  tables: BookingTables,
  { paymentId, expiresAt, now, ...key }: Input<"revive">,
): Confirmation | undefined {
  const row = tables.find(key);
  if (row?.status !== "expired" || row.paymentId !== paymentId) return undefined;
  if (tables.payments.get(paymentId)?.status !== "processing") return undefined;
  if (tables.isWaiting(row.bookingId, "seats.release")) return undefined;
  tables.updatePayment(paymentId, { status: "started" });
  const confirming = tables.update(row, {
    status: "confirming",
    confirmingAt: now,
    paymentStatus: "pending",
    expiredAt: undefined,
    expiresAt,
    lines: linesOf(row).map((line) => ({ ...line, hold: (line.hold ?? 0) + 1 })),
  });
  return toConfirmation(tables, confirming);
}

function endLate(
  tables: BookingTables,
  { paymentId, outcome, now, ...key }: Input<"endLate">,
): boolean {
  const row = tables.find(key);
  if (row?.status !== "expired" || row.paymentId !== paymentId) return false;
  if (row.paymentStatus !== "processing") return false;
  tables.update(row, { paymentStatus: "failed" });
  tables.updatePayment(paymentId, { status: outcome });
  if (outcome === "voided") tables.enqueueVoid(row, { paymentId, now });
  return true;
}

function list(
  tables: BookingTables,
  { provider, after, startedBefore, unnamedSince, limit }: Input<"list">,
): StoredPayment[] {
  const placeOf = ({ paymentId, eventId }: { paymentId: string; eventId: string }) =>
    paymentId + eventId;
  return tables.payments
    .where((row) =>
      row.provider === provider && row.status !== "started" && row.startedAt <= startedBefore &&
      (row.transactionId !== undefined || row.startedAt > unnamedSince)
    )
    .map((row) => toStored(tables, row))
    .filter((payment) => after === undefined || placeOf(payment) > placeOf(after))
    .sort((a, b) => placeOf(a) < placeOf(b) ? -1 : 1)
    .slice(0, limit);
}

function queueVoid(
  tables: BookingTables,
  { paymentId, eventId, now }: Input<"queueVoid">,
): void {
  const payment = tables.payments.get(paymentId);
  const row = payment && tables.find({ bookingId: payment.bookingId, eventId });
  if (!row || (payment.status !== "declined" && payment.status !== "voided")) return;
  if (!tables.isWaiting(row.bookingId, "payment.void")) tables.enqueueVoid(row, { paymentId, now });
}

function completeVoids(tables: BookingTables, input: Input<"completeVoids">): void {
  for (const { message } of markDelivered(tables, input)) {
    completeRefund(tables, message, input.now);
  }
}

function toStored(
  tables: BookingTables,
  { method: _1, token: _2, ...payment }: PaymentRow,
): StoredPayment {
  const { bookingId } = payment;
  const isBeingReturned = tables.isWaiting(bookingId, "payment.void") ||
    tables.isWaiting(bookingId, "payment.refund");
  return { ...payment, eventId: tables.bookings.get(bookingId)!.eventId, isBeingReturned };
}
