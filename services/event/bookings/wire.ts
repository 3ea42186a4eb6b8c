/** The wire shapes of bookings as organisers see them: as the booking service sends them. */
import { z } from "@hono/zod-openapi";
import { choiceQuery, type CsvCell, idParam, pageQuery, queryText } from "@evently/shared/http";
import { localTime } from "@evently/shared/time_zone";

const STATUSES = ["pending", "confirmed", "cancelled", "expired"] as const;
const MAX_SEARCH_CHARS = 200;

export const BookingParams = z.object({
  id: idParam("Invalid event ID"),
  booking_id: idParam("Invalid booking ID format"),
});

export const EventBookingsQuery = pageQuery({ limit: 20, maxLimit: 100 }).extend({
  q: queryText("q", { max: MAX_SEARCH_CHARS }).optional(),
  status: choiceQuery("status", STATUSES),
});

export const ManagedBookingResponse = z.object({
  booking_id: z.guid(),
  booking_reference: z.string(),
  user_id: z.guid(),
  buyer_name: z.string().optional(),
  buyer_email: z.string().optional(),
  quantity: z.int(),
  lines: z.array(z.object({
    ticket_type_id: z.guid(),
    name: z.string(),
    quantity: z.int(),
    unit_price: z.number(),
    total: z.number(),
  })).openapi({ description: "What was bought, as it was then" }),
  total_amount: z.number(),
  refund_amount: z.number().openapi({ description: "Promised so far" }),
  currency: z.string(),
  status: z.enum(STATUSES),
  payment_status: z.string(),
  booked_at: z.iso.datetime(),
  expires_at: z.iso.datetime().optional().openapi({ description: "Of a pending one" }),
  confirmed_at: z.iso.datetime().optional(),
  ended_at: z.iso.datetime().optional().openapi({ description: "Cancelled or expired" }),
}).openapi("ManagedBooking");

export const ManagedBookingListResponse = z.object({
  bookings: z.array(ManagedBookingResponse),
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  has_more: z.boolean(),
}).openapi("ManagedBookingList");

export const ManagedBookingDetailResponse = ManagedBookingResponse.extend({
  refundable_amount: z.number().openapi({ description: "The most that a refund can be" }),
  payments: z.array(z.object({
    payment_id: z.guid(),
    provider: z.string(),
    method: z.string(),
    transaction_id: z.string().optional(),
    status: z.string(),
    amount: z.number(),
    started_at: z.iso.datetime(),
    finished_at: z.iso.datetime().optional(),
  })),
  refunds: z.array(z.object({
    refund_id: z.guid(),
    amount: z.number(),
    reason: z.string().openapi({
      description: "`cancelled`: by the buyer. `organiser`: a part that the organiser gave back",
    }),
    note: z.string().optional().openapi({ description: "Of the organiser" }),
    status: z.enum(["pending", "done"]),
    created_at: z.iso.datetime(),
    done_at: z.iso.datetime().optional(),
  })),
}).openapi("ManagedBookingDetail");

export type ManagedBookingResponse = z.infer<typeof ManagedBookingResponse>;

/** The columns of the CSV file of an event's bookings; times as clocks in a zone show them. */
export function bookingColumns(
  timeZone: string,
): Readonly<Record<string, (booking: ManagedBookingResponse) => CsvCell>> {
  const at = (time: string | undefined) =>
    time === undefined ? undefined : localTime(time, timeZone);
  return {
    reference: (booking) => booking.booking_reference,
    booking_id: (booking) => booking.booking_id,
    status: (booking) => booking.status,
    payment_status: (booking) => booking.payment_status,
    name: (booking) => booking.buyer_name,
    email: (booking) => booking.buyer_email,
    tickets: (booking) => booking.quantity,
    lines: ({ lines }) => lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(", "),
    total: (booking) => booking.total_amount,
    refunded: (booking) => booking.refund_amount,
    currency: (booking) => booking.currency,
    booked_at: (booking) => at(booking.booked_at),
    confirmed_at: (booking) => at(booking.confirmed_at),
    ended_at: (booking) => at(booking.ended_at),
    timezone: () => timeZone,
  };
}
