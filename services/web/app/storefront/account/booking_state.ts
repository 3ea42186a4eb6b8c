import type { Booking } from "../../api/bookings.ts";
import type { Messages } from "../../messages/messages.ts";

/** How a booking stands, for its tag. */
export type BookingState = keyof Messages["account"]["states"];

/** Colours of the tags. */
export const TAG_OF: Readonly<Record<BookingState, string>> = {
  pending: "tag--info",
  confirmed: "tag--ok",
  confirmedFree: "tag--ok",
  cancelled: "tag--bad",
  eventCancelled: "tag--bad",
  expired: "",
  past: "",
};

/** How a booking stands at a time. */
export function stateOf(booking: Booking, nowMs: number): BookingState {
  const { status, event, total_amount: total } = booking;
  if (event.status === "cancelled" && status !== "expired") return "eventCancelled";
  if (status !== "confirmed") return status;
  if (isOver(booking, nowMs)) return "past";
  return total === 0 ? "confirmedFree" : "confirmed";
}

/** Whether there is nothing to come of a booking: no event, and no refund either. */
export function isPast(booking: Booking, nowMs: number): boolean {
  const { status, refund_amount: refund = 0 } = booking;
  if (status === "expired" || isOver(booking, nowMs)) return true;
  return status === "cancelled" && refund === 0;
}

/** When a booking's event begins. */
export function startOf({ event, sold_with_start }: Booking): string {
  return event.datetime || sold_with_start;
}

function isOver(booking: Booking, nowMs: number): boolean {
  return Date.parse(booking.event.end_datetime ?? startOf(booking)) < nowMs;
}
