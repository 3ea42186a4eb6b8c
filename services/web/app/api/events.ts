import type { components, operations } from "@evently/shared/client/gateway";
import { queryOptions } from "@tanstack/react-query";
import { type Api, unwrap, unwrapOrNull } from "./client.ts";

export type PublicEvent = components["schemas"]["PublicEvent"];
export type TicketType = components["schemas"]["TicketType"];
export type Availability = components["schemas"]["Availability"];
export type SeatProof = components["schemas"]["SeatProof"];
export type SearchResult = components["schemas"]["SearchResult"];
/** Without `events`, which repeats `results` for old clients: the page's state would hold both. */
export type SearchResponse = Omit<components["schemas"]["SearchResponse"], "events">;

/** Filters of a search, as the API names them. */
export type SearchFilters = NonNullable<operations["searchEvents"]["parameters"]["query"]>;

/** How long search results and pages of events are taken for fresh; availability has its own query. */
const FRESH_MS = 15_000;

/** Events that match filters, with facets. */
export function searchQuery(api: Api, filters: SearchFilters) {
  return queryOptions({
    queryKey: ["search", filters],
    async queryFn(): Promise<SearchResponse> {
      const query = { params: { query: filters } };
      const { events: _alias, ...response } = await unwrap(api.GET("/api/search/search", query));
      return response;
    },
    staleTime: FRESH_MS,
  });
}

/** Events that sell fast. */
export function trendingQuery(api: Api, limit: number) {
  return queryOptions({
    queryKey: ["trending", limit],
    queryFn: () => unwrap(api.GET("/api/search/search/trending", { params: { query: { limit } } })),
    staleTime: FRESH_MS,
  });
}

/** One event with its ticket types; `null` where there is none that people may see. */
export function eventQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ["event", id],
    queryFn: () => unwrapOrNull(api.GET("/api/event/events/{id}", { params: { path: { id } } })),
    staleTime: FRESH_MS,
  });
}

/** The seats that are left of an event, of all and by ticket type; `null` where people may see it no more. */
export function availabilityQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ["availability", id],
    queryFn: () =>
      unwrapOrNull(api.GET("/api/event/events/{id}/availability", { params: { path: { id } } })),
    staleTime: 0,
  });
}

/** The most tickets of one booking of an event, by the limits of the event and of the platform. */
export function bookingLimitQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ["booking limit", id],
    async queryFn() {
      const query = { event_id: id, quantity: 1 };
      const answer = api.GET("/api/booking/bookings/check-availability", { params: { query } });
      return (await unwrapOrNull(answer))?.max_per_booking ?? null;
    },
    staleTime: Infinity,
  });
}

/** The head of an event's seat ledger, and whether its counters add up. */
export function proofQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ["proof", id],
    queryFn: () =>
      unwrapOrNull(api.GET("/api/event/events/{id}/proof", { params: { path: { id } } })),
    staleTime: FRESH_MS,
  });
}
