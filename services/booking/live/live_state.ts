import { z } from "@hono/zod-openapi";
import { publicStatusOf } from "../orders/booking.ts";
import { Status, ticketUrl } from "../orders/wire.ts";
import type { EntryView } from "../waitlist/entry_view.ts";
import { toWaitlistPosition, WaitlistPositionResponse } from "../waitlist/wire.ts";
import type { LiveBooking } from "./live_sql.ts";

/** How far the payment of a booking is; an ended booking has its own status here. */
const Progress = z.enum([
  "pending",
  "requires_action",
  "processing",
  "declined",
  "confirmed",
  "cancelled",
  "expired",
]);

/** The `data` of a message of `GET /live`. */
export const LiveState = z.object({
  server_time: z.iso.datetime().openapi({
    description: "When this was so, to tell the time left until `expires_at`",
  }),
  bookings: z.array(
    z.object({
      booking_id: z.guid(),
      booking_reference: z.string(),
      event_id: z.guid(),
      status: Status,
      payment: Progress,
      expires_at: z.iso.datetime().optional(),
      ticket_url: z.string().optional(),
    }).openapi("LiveBooking"),
  ).openapi({ description: "Open holds, and what became of those of the last hours" }),
  waitlist: z.array(
    WaitlistPositionResponse.extend({ event_id: z.guid() }).openapi("LiveWaitlistPosition"),
  ).openapi({ description: "Places in line and offers that are open" }),
}).openapi("LiveState");
export type LiveState = z.infer<typeof LiveState>;

/** What a user is told, without the time. */
export type OwnState = Omit<LiveState, "server_time">;

export function toOwnState(
  { bookings, places }: { bookings: readonly LiveBooking[]; places: readonly EntryView[] },
  now: Date,
): OwnState {
  return {
    bookings: bookings.map((booking) => toLiveBooking(booking, now)),
    waitlist: places.map((view) => ({ event_id: view.entry.eventId, ...toWaitlistPosition(view) })),
  };
}

function toLiveBooking(booking: LiveBooking, now: Date): OwnState["bookings"][number] {
  const { bookingId, reference, eventId, expiresAt, ticketCode } = booking;
  const status = publicStatusOf(booking, now);
  return {
    booking_id: bookingId,
    booking_reference: reference,
    event_id: eventId,
    status,
    payment: progressOf(booking, now),
    ...(status === "pending" ? { expires_at: expiresAt.toISOString() } : {}),
    ...(ticketCode && status === "confirmed" ? { ticket_url: ticketUrl(ticketCode) } : {}),
  };
}

function progressOf(booking: LiveBooking, now: Date): z.infer<typeof Progress> {
  if (booking.status === "confirming") return "processing";
  const status = publicStatusOf(booking, now);
  if (status !== "pending") return status;
  switch (booking.paymentStatus) {
    case "requires_action":
    case "processing":
      return booking.paymentStatus;
    case "failed":
      return "declined";
    default:
      return "pending";
  }
}
