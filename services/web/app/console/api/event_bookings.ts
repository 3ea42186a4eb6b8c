import type { components } from "@evently/shared/client/gateway";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type Api, unwrap, unwrapJson, unwrapOrNull } from "../../api/client.ts";
import { eventKey, type EventScope, liveKey } from "./event.ts";

export type ManagedBooking = components["schemas"]["ManagedBooking"];
export type ManagedBookingDetail = components["schemas"]["ManagedBookingDetail"];
export type BookingStatus = ManagedBooking["status"];
export type RefundedBooking = components["schemas"]["RefundedBooking"];

/** Which bookings of an event to show. */
export interface WantedBookings {
  q?: string | undefined;
  status?: BookingStatus | undefined;
}

/** Bookings of one page. */
export const PAGE_SIZE = 20;
const LAST_SALES = 6;
const POLL_MS = 10_000;

/** A page of the bookings of an event, newest first. */
export function eventBookingsQuery(
  api: Api,
  { page, q, status, ...scope }: EventScope & WantedBookings & { page: number },
) {
  const query = {
    page,
    limit: PAGE_SIZE,
    ...(q ? { q } : {}),
    ...(status ? { status } : {}),
  };
  return queryOptions({
    queryKey: [...eventKey(scope), "bookings", query],
    queryFn: () =>
      unwrapJson(api.GET("/api/event/admin/events/{id}/bookings", {
        params: { path: { id: scope.eventId }, query },
      })),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  });
}

/** The latest sales of an event. */
export function lastSalesQuery(api: Api, scope: EventScope) {
  return queryOptions({
    queryKey: [...liveKey(scope), "last sales"],
    queryFn: () =>
      unwrapJson(api.GET("/api/event/admin/events/{id}/bookings", {
        params: {
          path: { id: scope.eventId },
          query: { limit: LAST_SALES, status: "confirmed" },
        },
      })),
    refetchInterval: POLL_MS,
  });
}

/** A booking with its payments and refunds; `null` where the event has none of this id. */
export function eventBookingQuery(
  api: Api,
  { bookingId, ...scope }: EventScope & { bookingId: string },
) {
  return queryOptions({
    queryKey: [...eventKey(scope), "booking", bookingId],
    queryFn: () =>
      unwrapOrNull(api.GET("/api/event/admin/events/{id}/bookings/{booking_id}", {
        params: { path: { id: scope.eventId, booking_id: bookingId } },
      })),
    // A refund is made within moments.
    refetchInterval: POLL_MS,
  });
}

/** Gives a part of what was paid back. The same key gives the same refund, however often it is sent. */
export function refundBooking(
  api: Api,
  { eventId, bookingId, amount, reason, key }: {
    eventId: string;
    bookingId: string;
    amount: number;
    reason: string;
    key: string;
  },
): Promise<RefundedBooking> {
  return unwrap(api.POST("/api/event/admin/events/{id}/bookings/{booking_id}/refund", {
    params: { path: { id: eventId, booking_id: bookingId } },
    body: { amount, idempotency_key: key, ...(reason === "" ? {} : { reason }) },
  }));
}
