import type { components } from "@evently/shared/client/gateway";
import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { type Api, unwrap } from "./client.ts";
import { ApiError } from "./errors.ts";
import { announceBookings } from "./booking_news.ts";

export type Booking = components["schemas"]["Booking"];
export type Reservation = components["schemas"]["Reservation"];
export type Confirmation = components["schemas"]["Confirmation"];
export type Cancellation = components["schemas"]["Cancellation"];
export type ActionRequired = components["schemas"]["ActionRequired"];

/** So many of something; without a ticket type, of the event's only one. */
export interface WantedLine {
  ticketTypeId?: string;
  quantity: number;
}

/** Longest wait for the answer to a reservation; past it the same is asked again. */
const RESERVE_TIMEOUT_MS = 10_000;
/** Longest wait for the answer to a payment; past it the booking tells what became of it. */
const CONFIRM_TIMEOUT_MS = 15_000;
/** How long a booking is taken for fresh; what changes it invalidates it. */
const FRESH_MS = 5_000;

/** So many holds of one person are looked at. */
const HELD_MAX = 20;

/** So many bookings come at once. */
const PAGE_SIZE = 50;

/** Begins the key of every query of the user's bookings. */
export const BOOKINGS_KEY = ["bookings"] as const;

/** One booking; `null` where there is none that this account may see. */
export function bookingQuery(api: Api, bookingId: string) {
  return queryOptions({
    queryKey: [...BOOKINGS_KEY, "one", bookingId],
    queryFn: async () => {
      try {
        return await unwrap(
          api.GET("/api/booking/bookings/{id}", { params: { path: { id: bookingId } } }),
        );
      } catch (error) {
        if (isNotOurs(error)) return null;
        throw error;
      }
    },
    staleTime: FRESH_MS,
    // Asked also where the browser takes itself for offline: then it fails at once, and the page says so.
    networkMode: "always",
  });
}

function isNotOurs(error: unknown): boolean {
  return error instanceof ApiError &&
    (error.status === 403 || error.status === 404 || error.isMalformedId);
}

/** What is held for a user now, the one that ends first in front. */
export function heldQuery(api: Api, userId: string) {
  return queryOptions({
    queryKey: [...BOOKINGS_KEY, "held", userId],
    queryFn: async () => {
      const { bookings } = await unwrap(api.GET("/api/booking/bookings/user/{userId}", {
        params: { path: { userId }, query: { status: "pending", limit: HELD_MAX } },
      }));
      return bookings.sort((a, b) => endOf(a) - endOf(b));
    },
    staleTime: FRESH_MS,
    // Asked also where the browser takes itself for offline: then it fails at once, and the page says so.
    networkMode: "always",
  });
}

/** All bookings of a user, the newest first. */
export function allBookingsQuery(api: Api, userId: string) {
  return infiniteQueryOptions({
    queryKey: [...BOOKINGS_KEY, "all", userId],
    queryFn: ({ pageParam: page }) =>
      unwrap(api.GET("/api/booking/bookings/user/{userId}", {
        params: { path: { userId }, query: { page, limit: PAGE_SIZE } },
      })),
    initialPageParam: 1,
    getNextPageParam: ({ page, total_pages }) => page < total_pages ? page + 1 : undefined,
    staleTime: FRESH_MS,
  });
}

/** Cancels a booking, and tells what was given back. */
export function cancelBooking(api: Api, bookingId: string): Promise<Cancellation> {
  return unwrap(api.DELETE("/api/booking/bookings/{id}", { params: { path: { id: bookingId } } }));
}

function endOf({ expires_at }: Pick<Booking, "expires_at">): number {
  return Date.parse(expires_at ?? "") || Infinity;
}

/** Holds tickets. The same key gets the same reservation, however often it is sent. */
export function reserve(
  api: Api,
  { eventId, lines, key }: { eventId: string; lines: readonly WantedLine[]; key: string },
): Promise<Reservation> {
  const typed = lines.filter((line) => line.ticketTypeId !== undefined);
  const wanted = typed.length === 0
    ? { quantity: lines.reduce((sum, { quantity }) => sum + quantity, 0) }
    : {
      lines: typed.map(({ ticketTypeId, quantity }) => ({
        ticket_type_id: ticketTypeId!,
        quantity,
      })),
    };
  return unwrap(api.POST("/api/booking/bookings/reserve", {
    body: { event_id: eventId, idempotency_key: key, ...wanted },
    signal: AbortSignal.timeout(RESERVE_TIMEOUT_MS),
  }));
}

/** How many are left of an event, or of a ticket type of it. */
export async function countLeft(
  api: Api,
  { eventId, ticketTypeId }: { eventId: string; ticketTypeId?: string | undefined },
): Promise<number> {
  const query = {
    event_id: eventId,
    quantity: 1,
    ...(ticketTypeId === undefined ? {} : { ticket_type_id: ticketTypeId }),
  };
  const { available_seats } = await unwrap(
    api.GET("/api/booking/bookings/check-availability", { params: { query } }),
  );
  return available_seats;
}

/** A way to pay, as the provider of payments names it. */
export interface Payment {
  method: string;
  token: string;
}

/** Pays for a reservation; a free one needs no payment. The same payment can be sent again: it is made once. */
export function confirm(
  api: Api,
  { bookingId, payment }: { bookingId: string; payment?: Payment | undefined },
): Promise<Confirmation | ActionRequired | components["schemas"]["PaymentProcessing"]> {
  return unwrap(api.POST("/api/booking/bookings/confirm", {
    body: {
      reservation_id: bookingId,
      ...(payment ? { payment_method: payment.method, payment_token: payment.token } : {}),
    },
    signal: AbortSignal.timeout(CONFIRM_TIMEOUT_MS),
  }));
}

/** Tells the bank of the mock provider whether the buyer approves of a payment; the first answer counts. */
export function answerMockBank(
  api: Api,
  { clientSecret, answer }: { clientSecret: string; answer: "approve" | "refuse" },
): Promise<unknown> {
  return unwrap(api.POST("/api/booking/payments/mock/answer", {
    body: { client_secret: clientSecret, answer },
  }));
}

/** Gives held tickets back. */
export function letGo(api: Api, bookingId: string): Promise<unknown> {
  return unwrap(
    api.POST("/api/booking/bookings/{id}/expire", { params: { path: { id: bookingId } } }),
  );
}

/** Keeps held tickets longer, once. */
export function extendHold(api: Api, bookingId: string): Promise<{ expires_at: string }> {
  return unwrap(
    api.POST("/api/booking/bookings/{id}/extend", { params: { path: { id: bookingId } } }),
  );
}

/** After a change of one's bookings: this tab and all others ask anew. */
export async function bookingsChanged(queryClient: QueryClient): Promise<void> {
  announceBookings();
  await queryClient.invalidateQueries({ queryKey: BOOKINGS_KEY });
}
