import { type Booking, isWaiting } from "../../../services/booking/orders/booking.ts";
import type {
  BookingStore,
  Confirmation,
  PaidBooking,
  PaymentOfBooking,
} from "../../../services/booking/orders/store.ts";
import { confirmingWith, lapse, startConfirming, toConfirmation } from "./confirm.ts";
import { type BookingRow, type BookingTables, factOf, releaseOf, toBooking } from "./tables.ts";

type Input<Method extends keyof BookingStore> = Parameters<BookingStore[Method]>[0];

export function findWithPayment(
  tables: BookingTables,
  bookingId: string,
): PaidBooking | undefined {
  const row = tables.bookings.get(bookingId);
  if (!row) return undefined;
  const payment = tables.payments.get(row.paymentId ?? "");
  return {
    booking: toBooking(row),
    payment: payment && {
      paymentId: payment.paymentId,
      token: payment.token,
      transactionId: payment.transactionId,
    },
  };
}

export function requireAction(
  tables: BookingTables,
  { paymentId, transactionId, now, ...key }: Input<"requireAction">,
): Booking | undefined {
  const row = confirmingWith(tables, { ...key, paymentId });
  if (!row) return undefined;
  tables.namePayment(paymentId, transactionId);
  if (row.expiresAt > now) {
    tables.updatePayment(paymentId, { status: "requires_action" });
    tables.enqueue(row, { content: factOf("booking.requires_action"), now });
    const waiting = { status: "pending", paymentStatus: "requires_action" } as const;
    return toBooking(tables.update(row, waiting));
  }
  tables.updatePayment(paymentId, { status: "voided" });
  tables.enqueue(row, { content: releaseOf(row), now });
  tables.enqueueVoid(row, { paymentId, now });
  const expired = { status: "expired", expiredAt: now, paymentStatus: "failed" } as const;
  return toBooking(lapse(tables, row, { ...expired, now }));
}

export function resumeConfirming(
  tables: BookingTables,
  { userId, paymentId, now, ...key }: Input<"resumeConfirming">,
): Confirmation | undefined {
  const row = waitingWith(tables, { ...key, paymentId, userId });
  if (!row || row.expiresAt <= now) return undefined;
  tables.updatePayment(paymentId, { status: "started" });
  const confirming = {
    status: "confirming",
    confirmingAt: now,
    paymentStatus: "pending",
  } as const;
  return toConfirmation(tables, tables.update(row, confirming));
}

export function replacePayment(
  tables: BookingTables,
  { userId, paymentId, now, by, ...key }: Input<"replacePayment">,
): Confirmation | undefined {
  const row = waitingWith(tables, { ...key, paymentId, userId });
  if (!row || row.expiresAt <= now) return undefined;
  tables.updatePayment(paymentId, { status: "voided" });
  tables.enqueueVoid(row, { paymentId, now });
  tables.update(row, { paymentStatus: "pending" });
  const started = startConfirming(tables, { ...key, userId, now, payment: by });
  return started && { ...started, replaces: [paymentId] };
}

function waitingWith(
  tables: BookingTables,
  { userId, paymentId, ...key }: PaymentOfBooking & { userId: string },
): BookingRow | undefined {
  const row = tables.find(key);
  const waits = row?.userId === userId && row.status === "pending" &&
    isWaiting(row) && row.paymentId === paymentId;
  return waits ? row : undefined;
}
