import { z } from "@hono/zod-openapi";
import { ErrorResponse } from "@evently/shared/http";
import { toMajor } from "@evently/shared/money";
import type { EventInfo } from "../peers/event_directory.ts";
import type { Availability } from "./check_availability.ts";
import { type Booking, type OrderLine, publicStatusOf } from "./booking.ts";
import { linesOf } from "./order_lines.ts";
import type { Reservation } from "./reservation.ts";
import { RefundBody, sumDone, toRefundBody } from "../refunds/wire.ts";
import type { CancelledBooking } from "./store.ts";
import type { BookingView, TicketView } from "./view_bookings.ts";
import { TERMS_FIELDS, toTerms } from "./terms_wire.ts";

/** Status of a booking, as its holders see it. */
export const Status = z.enum(["pending", "confirmed", "cancelled", "expired"]);
/** Status of its payment. */
export const PaymentStatus = z.enum(["pending", "completed", "failed", "refunded"]);

/** The lines of an order. */
export const LINES = z.array(z.object({
  ticket_type_id: z.guid(),
  name: z.string(),
  quantity: z.int(),
  unit_price: z.number(),
  total: z.number(),
})).openapi({ description: "What was bought, as it was then" });

export const ReservationResponse = z.object({
  reservation_id: z.guid(),
  booking_reference: z.string().openapi({ example: "EVT-7K3M9Q" }),
  expires_at: z.iso.datetime(),
  total_amount: z.number(),
  currency: z.string(),
  status: Status,
  ...TERMS_FIELDS,
  lines: LINES,
}).openapi("Reservation");

/** `own_holds` lists the buyer's open holds of the event, if any; `offer` is one of them that the waitlist offers. */
export const ReservationRefusedResponse = ErrorResponse.extend({
  reason: z.enum(["seats", "not_on_sale", "min", "max", "buyer_limit", "waitlist"]).optional(),
  ticket_type_id: z.guid().optional().openapi({
    description: "The ticket type of the line that was refused",
  }),
  own_holds: z.array(z.object({
    reservation_id: z.guid(),
    booking_reference: z.string(),
    quantity: z.int(),
    expires_at: z.iso.datetime(),
  })).optional(),
  offer: z.object({
    reservation_id: z.guid(),
    ticket_type_id: z.guid(),
    quantity: z.int(),
    expires_at: z.iso.datetime(),
  }).optional(),
  blocked_until: z.iso.datetime().optional().openapi({
    description: "The organiser takes no reservations from this account before",
  }),
}).openapi("ReservationRefused");

const EventOfBooking = z.object({
  name: z.string(),
  venue: z.string(),
  datetime: z.iso.datetime().or(z.literal("")),
  /** An IANA name; absent if the event is unknown, as its other fields are empty then. */
  timezone: z.string().optional(),
  event_type: z.string().optional(),
  end_datetime: z.iso.datetime().optional(),
  status: z.enum(["draft", "published", "sold_out", "cancelled"]).optional(),
  image_url: z.string().optional(),
  organiser_name: z.string().optional(),
  venue_address: z.string().optional(),
  venue_city: z.string().optional(),
  venue_state: z.string().optional(),
  venue_country: z.string().optional(),
  venue_postal_code: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
});

export const BookingResponse = z.object({
  booking_id: z.guid(),
  booking_reference: z.string(),
  event: EventOfBooking,
  quantity: z.int(),
  total_amount: z.number(),
  status: Status,
  payment_status: PaymentStatus,
  payment_processing: z.literal(true).optional().openapi({
    description: "The provider tells later how the payment ended, also after the hold",
  }),
  ticket_url: z.string().optional(),
  booked_at: z.iso.datetime(),
  confirmed_at: z.iso.datetime().optional(),
  event_id: z.guid(),
  expires_at: z.iso.datetime().optional(),
  event_name: z.string(),
  event_type: z.string().optional(),
  venue: z.string(),
  datetime: z.string(),
  timezone: z.string().optional(),
  currency: z.string(),
  refund_amount: z.number().optional().openapi({ description: "The sum of all `refunds`" }),
  refunds: z.array(RefundBody).openapi({ description: "Oldest first" }),
  refunded_amount: z.number().openapi({ description: "The sum of the `refunds` that are done" }),
  ...TERMS_FIELDS,
  lines: LINES,
}).openapi("Booking");

export const BookingListResponse = z.object({
  bookings: z.array(BookingResponse),
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  total_pages: z.int(),
}).openapi("BookingList");

export const CancellationResponse = z.object({
  message: z.literal("Booking cancelled successfully"),
  refund_status: z.enum(["processed", "none"]),
  refund_amount: z.number(),
  currency: z.string(),
}).openapi("Cancellation");

export const ExtensionResponse = z.object({ expires_at: z.iso.datetime() })
  .openapi("Extension");

export const MessageResponse = z.object({ message: z.string() }).openapi("Message");

export const AvailabilityResponse = z.object({
  available: z.boolean(),
  available_seats: z.int(),
  max_per_booking: z.int(),
  base_price: z.number(),
  currency: z.string(),
  waiting: z.int().optional().openapi({
    description:
      "How many wait for tickets of the event, a few seconds old; only where none are left",
  }),
}).openapi("AvailabilityCheck");

export const TicketResponse = z.object({
  booking_reference: z.string(),
  status: z.enum(["valid", "cancelled"]),
  quantity: z.int(),
  lines: LINES,
  event: EventOfBooking,
  event_id: z.guid(),
  total_amount: z.number(),
  currency: z.string(),
  holder_name: z.string().optional().openapi({
    description: "Of the buyer's account; absent if it is not known just now",
  }),
  confirmed_at: z.iso.datetime().optional(),
}).openapi("Ticket");

/** The path of a ticket, from the gateway's root. */
export function ticketUrl(ticketCode: string): string {
  return `/api/booking/tickets/${ticketCode}`;
}

/** A payment that waits for its buyer or its provider counts as pending. */
export function publicPaymentStatus({ paymentStatus }: Booking): z.infer<typeof PaymentStatus> {
  return paymentStatus === "requires_action" || paymentStatus === "processing"
    ? "pending"
    : paymentStatus;
}

function eventOf(event: EventInfo | undefined): z.infer<typeof EventOfBooking> {
  return {
    name: event?.name ?? "",
    venue: event?.venue.name ?? "",
    datetime: event?.startsAt.toISOString() ?? "",
    ...(event ? factsOf(event) : {}),
  };
}

/** What is known of an event, beside its name, venue and start. */
function factsOf(event: EventInfo) {
  const { venue, imageUrl } = event;
  return {
    timezone: event.timezone,
    event_type: event.eventType,
    end_datetime: event.endsAt.toISOString(),
    status: event.status,
    ...(imageUrl === undefined ? {} : { image_url: imageUrl }),
    organiser_name: event.organiserName,
    venue_address: venue.address,
    venue_city: venue.city,
    ...(venue.state === undefined ? {} : { venue_state: venue.state }),
    venue_country: venue.country,
    ...(venue.postalCode === undefined ? {} : { venue_postal_code: venue.postalCode }),
    ...(venue.latitude === undefined ? {} : { latitude: venue.latitude }),
    ...(venue.longitude === undefined ? {} : { longitude: venue.longitude }),
  };
}

export function toLine(
  { ticketTypeId, name, quantity, unitPriceMinor }: OrderLine,
  currency: string,
) {
  return {
    ticket_type_id: ticketTypeId,
    name,
    quantity,
    unit_price: toMajor(unitPriceMinor, currency),
    total: toMajor(unitPriceMinor * quantity, currency),
  };
}

export function toReservation(
  reservation: Reservation,
  now: Date,
): z.infer<typeof ReservationResponse> {
  return {
    reservation_id: reservation.bookingId,
    booking_reference: reservation.reference,
    expires_at: reservation.expiresAt.toISOString(),
    total_amount: toMajor(reservation.totalMinor, reservation.currency),
    currency: reservation.currency,
    status: reservation.status,
    ...toTerms(reservation, { now }),
    lines: reservation.lines.map((line) => toLine(line, reservation.currency)),
  };
}

export function toBookingResponse(
  { booking, event, refunds }: BookingView,
  now: Date,
): z.infer<typeof BookingResponse> {
  const shown = eventOf(event);
  const status = publicStatusOf(booking, now);
  return {
    booking_id: booking.bookingId,
    booking_reference: booking.reference,
    event: shown,
    quantity: booking.quantity,
    total_amount: toMajor(booking.totalMinor, booking.currency),
    status,
    payment_status: publicPaymentStatus(booking),
    ...(booking.paymentStatus === "processing" ? { payment_processing: true } as const : {}),
    ...(booking.ticketCode && status === "confirmed"
      ? { ticket_url: ticketUrl(booking.ticketCode) }
      : {}),
    booked_at: booking.bookedAt.toISOString(),
    ...(booking.confirmedAt ? { confirmed_at: booking.confirmedAt.toISOString() } : {}),
    event_id: booking.eventId,
    ...(status === "pending" ? { expires_at: booking.expiresAt.toISOString() } : {}),
    event_name: shown.name,
    ...(shown.event_type === undefined ? {} : { event_type: shown.event_type }),
    venue: shown.venue,
    datetime: shown.datetime,
    ...(shown.timezone === undefined ? {} : { timezone: shown.timezone }),
    currency: booking.currency,
    ...(booking.refundMinor === undefined
      ? {}
      : { refund_amount: toMajor(booking.refundMinor, booking.currency) }),
    refunds: refunds.map((refund) => toRefundBody(refund, booking.currency)),
    refunded_amount: toMajor(sumDone(refunds), booking.currency),
    ...toTerms({ ...booking, status }, { current: event, now }),
    lines: linesOf(booking).map((line) => toLine(line, booking.currency)),
  };
}

export function toAvailability(
  { isAvailable, availableSeats, maxPerBooking, basePrice, currency, waiting }: Availability,
): z.infer<typeof AvailabilityResponse> {
  return {
    available: isAvailable,
    available_seats: availableSeats,
    max_per_booking: maxPerBooking,
    base_price: basePrice,
    currency,
    ...(waiting === undefined ? {} : { waiting }),
  };
}

export function toCancellation(
  { newRefundMinor, currency }: CancelledBooking,
): z.infer<typeof CancellationResponse> {
  return {
    message: "Booking cancelled successfully",
    refund_status: newRefundMinor > 0 ? "processed" : "none",
    refund_amount: toMajor(newRefundMinor, currency),
    currency,
  };
}

export function toTicket(
  { booking, event, holderName }: TicketView,
): z.infer<typeof TicketResponse> {
  return {
    booking_reference: booking.reference,
    status: booking.status === "confirmed" ? "valid" : "cancelled",
    quantity: booking.quantity,
    lines: linesOf(booking).map((line) => toLine(line, booking.currency)),
    event: eventOf(event),
    event_id: booking.eventId,
    total_amount: toMajor(booking.totalMinor, booking.currency),
    currency: booking.currency,
    ...(holderName === undefined ? {} : { holder_name: holderName }),
    ...(booking.confirmedAt ? { confirmed_at: booking.confirmedAt.toISOString() } : {}),
  };
}
