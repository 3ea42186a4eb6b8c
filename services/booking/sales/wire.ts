import { z } from "@hono/zod-openapi";
import { toMajor } from "@evently/shared/money";
import { publicStatusOf } from "../orders/booking.ts";
import { linesOf } from "../orders/order_lines.ts";
import { LINES, Status, toLine } from "../orders/wire.ts";
import { RefundBody, toRefundBody } from "../refunds/wire.ts";
import type { PaymentAttempt } from "./store.ts";
import type { EventBooking, EventBookingDetail } from "./view_event_bookings.ts";

/** A booking as the organiser of its event sees it; without its ticket, which only its holder has. */
export const EventBookingBody = z.object({
  booking_id: z.guid(),
  booking_reference: z.string(),
  user_id: z.guid(),
  buyer_name: z.string().optional(),
  buyer_email: z.string().optional(),
  quantity: z.int(),
  lines: LINES,
  total_amount: z.number(),
  refund_amount: z.number().openapi({ description: "Promised so far" }),
  currency: z.string(),
  status: Status,
  payment_status: z.string(),
  booked_at: z.iso.datetime(),
  expires_at: z.iso.datetime().optional().openapi({ description: "Of a pending one" }),
  confirmed_at: z.iso.datetime().optional(),
  ended_at: z.iso.datetime().optional().openapi({ description: "Cancelled or expired" }),
}).openapi("EventBooking");

const PaymentBody = z.object({
  payment_id: z.guid(),
  provider: z.string(),
  method: z.string(),
  transaction_id: z.string().optional(),
  status: z.string(),
  amount: z.number(),
  started_at: z.iso.datetime(),
  finished_at: z.iso.datetime().optional(),
});

export const EventBookingDetailBody = EventBookingBody.extend({
  refundable_amount: z.number().openapi({ description: "The most that a refund can be" }),
  payments: z.array(PaymentBody),
  refunds: z.array(RefundBody),
}).openapi("EventBookingDetail");

export function toEventBooking(
  { booking, buyer }: EventBooking,
  now: Date,
): z.infer<typeof EventBookingBody> {
  const { currency, confirmedAt, endedAt } = booking;
  const status = publicStatusOf(booking, now);
  return {
    booking_id: booking.bookingId,
    booking_reference: booking.reference,
    user_id: booking.userId,
    ...(buyer ? { buyer_name: buyer.name, buyer_email: buyer.email } : {}),
    quantity: booking.quantity,
    lines: linesOf(booking).map((line) => toLine(line, currency)),
    total_amount: toMajor(booking.totalMinor, currency),
    refund_amount: toMajor(booking.refundMinor ?? 0, currency),
    currency,
    status,
    payment_status: booking.paymentStatus,
    booked_at: booking.bookedAt.toISOString(),
    ...(status === "pending" ? { expires_at: booking.expiresAt.toISOString() } : {}),
    ...(confirmedAt ? { confirmed_at: confirmedAt.toISOString() } : {}),
    ...(endedAt ? { ended_at: endedAt.toISOString() } : {}),
  };
}

export function toEventBookingDetail(
  { payments, refunds, ...shown }: EventBookingDetail,
  now: Date,
): z.infer<typeof EventBookingDetailBody> {
  const { currency, totalMinor, refundMinor = 0 } = shown.booking;
  const isPaid = payments.some(({ status }) => status === "captured" || status === "refunded");
  return {
    ...toEventBooking(shown, now),
    refundable_amount: isPaid ? toMajor(totalMinor - refundMinor, currency) : 0,
    payments: payments.map((payment) => toPayment(payment, currency)),
    refunds: refunds.map((refund) => toRefundBody(refund, currency)),
  };
}

function toPayment(
  { transactionId, finishedAt, ...payment }: PaymentAttempt,
  currency: string,
): z.infer<typeof PaymentBody> {
  return {
    payment_id: payment.paymentId,
    provider: payment.provider,
    method: payment.method,
    ...(transactionId === undefined ? {} : { transaction_id: transactionId }),
    status: payment.status,
    amount: toMajor(payment.amountMinor, currency),
    started_at: payment.startedAt.toISOString(),
    ...(finishedAt ? { finished_at: finishedAt.toISOString() } : {}),
  };
}
