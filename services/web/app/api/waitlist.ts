import type { components } from "@evently/shared/client/gateway";
import { queryOptions } from "@tanstack/react-query";
import { type Booking, BOOKINGS_KEY } from "./bookings.ts";
import { type Api, unwrap, unwrapOrNull } from "./client.ts";

/** Where one is in the line of an event, and the offer that one has. */
export type WaitlistPlace = components["schemas"]["WaitlistPosition"];
export type WaitlistOffer = NonNullable<WaitlistPlace["offer"]>;
export type WaitlistWhy = components["schemas"]["WaitlistWhy"];

/** What one wants to wait for. */
export interface Wish {
  eventId: string;
  quantity: number;
  /** Whether an offer of fewer is welcome, too. */
  fewerWelcome: boolean;
  /** In order of preference; none, for the event's only type. */
  ticketTypeIds: readonly string[];
}

/** So many paid bookings are looked through for the one of an event. */
const BOOKINGS_MAX = 50;

/** Begins the key of every query of waitlists. */
export const WAITLIST_KEY = ["waitlist"] as const;

/** The place of a user in an event's line; `null` for one who does not wait. */
export function placeQuery(api: Api, { userId, eventId }: { userId: string; eventId: string }) {
  return queryOptions({
    queryKey: [...WAITLIST_KEY, eventId, userId],
    queryFn: () =>
      unwrapOrNull(
        api.GET("/api/booking/waitlist/position", { params: { query: { event_id: eventId } } }),
      ),
    staleTime: 0,
  });
}

/** The last booking of an event that a user has paid for; `null` for none. */
export function paidBookingQuery(
  api: Api,
  { userId, eventId }: { userId: string; eventId: string },
) {
  return queryOptions({
    queryKey: [...BOOKINGS_KEY, "paid", userId, eventId],
    async queryFn(): Promise<Booking | null> {
      const { bookings } = await unwrap(api.GET("/api/booking/bookings/user/{userId}", {
        params: { path: { userId }, query: { status: "confirmed", limit: BOOKINGS_MAX } },
      }));
      return bookings.find(({ event_id }) => event_id === eventId) ?? null;
    },
  });
}

/**
 * Joins the line. Who is in it already stays where they are.
 *
 * @throws {ApiError} `SEATS_AVAILABLE`: what is wanted can be bought
 */
export function joinWaitlist(
  api: Api,
  { eventId, quantity, fewerWelcome, ticketTypeIds }: Wish,
): Promise<unknown> {
  return unwrap(api.POST("/api/booking/waitlist/join", {
    body: {
      event_id: eventId,
      quantity,
      ...(fewerWelcome ? { fewer_welcome: true } : {}),
      ...(ticketTypeIds.length > 0 ? { ticket_type_ids: [...ticketTypeIds] } : {}),
    },
  }));
}

/** Waits for fewer from now on, or is content with fewer; the place stays. */
export function wantFewer(
  api: Api,
  { eventId, quantity, least }: {
    eventId: string;
    quantity?: number | undefined;
    least?: number | undefined;
  },
): Promise<unknown> {
  return unwrap(api.PATCH("/api/booking/waitlist", {
    body: {
      event_id: eventId,
      ...(quantity === undefined ? {} : { quantity }),
      ...(least === undefined ? {} : { min_quantity: least }),
    },
  }));
}

/** Leaves the line; an open offer goes to the next person. */
export function leaveWaitlist(api: Api, eventId: string): Promise<unknown> {
  return unwrap(
    api.DELETE("/api/booking/waitlist/leave", { params: { query: { event_id: eventId } } }),
  );
}

/** Passes an offer on to the next person. */
export function declineOffer(api: Api, eventId: string): Promise<unknown> {
  return unwrap(api.POST("/api/booking/waitlist/decline", { body: { event_id: eventId } }));
}
