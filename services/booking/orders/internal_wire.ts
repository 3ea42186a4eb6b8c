import { toMajor } from "@evently/shared/money";
import { z } from "@hono/zod-openapi";
import { type Booking, publicStatusOf } from "./booking.ts";
import { PaymentStatus, publicPaymentStatus, Status } from "./wire.ts";

export const InternalBookingResponse = z.object({
  booking_id: z.guid(),
  user_id: z.guid(),
  event_id: z.guid(),
  booking_reference: z.string(),
  quantity: z.int(),
  total_amount: z.number(),
  currency: z.string(),
  status: Status,
  payment_status: PaymentStatus,
  booked_at: z.iso.datetime(),
  confirmed_at: z.iso.datetime().optional(),
});

export const ProcessedResponse = z.object({ processed: z.int(), total: z.int() });
export const ForceExpiredResponse = z.object({
  message: z.string(),
  processed: z.int(),
  total: z.int(),
});
export const EventBookingsCancelledResponse = z.object({
  cancelled: z.int(),
  remaining: z.int(),
});
export const ActivityResponse = z.object({
  events: z.array(z.object({ event_id: z.guid(), bookings: z.int() })),
});

/** `GET /internal/events/{id}/takings`: payments and refunds in minor units, by currency. */
export const TakingsResponse = z.object({
  takings: z.array(z.object({
    currency: z.string(),
    gross_minor: z.int(),
    refunded_minor: z.int(),
  })),
});

export function toInternalBooking(
  booking: Booking,
  now: Date,
): z.infer<typeof InternalBookingResponse> {
  return {
    booking_id: booking.bookingId,
    user_id: booking.userId,
    event_id: booking.eventId,
    booking_reference: booking.reference,
    quantity: booking.quantity,
    total_amount: toMajor(booking.totalMinor, booking.currency),
    currency: booking.currency,
    status: publicStatusOf(booking, now),
    payment_status: publicPaymentStatus(booking),
    booked_at: booking.bookedAt.toISOString(),
    ...(booking.confirmedAt ? { confirmed_at: booking.confirmedAt.toISOString() } : {}),
  };
}
