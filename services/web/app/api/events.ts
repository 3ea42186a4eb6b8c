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
/** Suggestions below the field. */
const SUGGESTIONS = 7;

/** Events that match filters, with facets. */
export function searchQuery(api: Api, filters: SearchFilters) {
  return queryOptions({
    queryKey: ["search", filters],
    queryFn: () => searchEvents(api, filters),
    staleTime: FRESH_MS,
  });
}

async function searchEvents(api: Api, filters: SearchFilters): Promise<SearchResponse> {
  const query = { params: { query: filters } };
  const { events: _alias, ...response } = await unwrap(api.GET("/api/search/search", query));
  return response;
}

/** Events of the first page, and how much is left at all of them. */
export interface Overview {
  soonest: SearchResult[];
  facets: Pick<SearchResponse["facets"], "event_types" | "cities">;
  /** Events that have not begun. */
  total: number;
  /** Seats left, and the events that have any; absent where there are more events than are counted. */
  left?: { seats: number; events: number };
}

/** Events whose seats are counted one by one; the API has no sum of them. */
const COUNTED_EVENTS = 100;

/** The soonest events, with the seats left at all of them where they can be counted. */
export function overviewQuery(api: Api, limit: number) {
  const search = (size: number) => searchEvents(api, { sort: "date", limit: size });
  return queryOptions({
    queryKey: ["overview", limit],
    async queryFn(): Promise<Overview> {
      const first = await search(limit);
      const { total } = first;
      const { event_types, cities } = first.facets;
      const facets = { event_types, cities };
      const soonest = first.results.map(withoutStory);
      if (total > COUNTED_EVENTS) return { soonest, facets, total };
      const { results } = total > limit ? await search(COUNTED_EVENTS) : first;
      const open = results.filter(({ available_seats }) => available_seats > 0);
      const seats = open.reduce((sum, { available_seats }) => sum + available_seats, 0);
      return { soonest, facets, total, left: { seats, events: open.length } };
    },
    staleTime: FRESH_MS,
  });
}

/** An event where its description is not shown: pages carry their data once more for the browser. */
function withoutStory({ description: _, ...event }: SearchResult): SearchResult {
  return event;
}

/** Names of events and places that begin with what is typed. */
export function suggestionsQuery(api: Api, q: string) {
  const query = { q, limit: SUGGESTIONS };
  return queryOptions({
    queryKey: ["suggestions", q],
    queryFn: () => unwrap(api.GET("/api/search/search/suggestions", { params: { query } })),
    staleTime: FRESH_MS,
  });
}

/** Events in a city, soonest first; without the facets, which are those of all events. */
export function inCityQuery(api: Api, { city, limit }: { city: string; limit: number }) {
  return queryOptions({
    queryKey: ["search", "city", city, limit],
    async queryFn(): Promise<Pick<SearchResponse, "results">> {
      const query = { params: { query: { city, limit, sort: "date" as const } } };
      const { results } = await unwrap(api.GET("/api/search/search", query));
      return { results };
    },
    staleTime: FRESH_MS,
  });
}

/** So many events that sell fast are looked at, as some have no seat left; what the API gives at once. */
const TRENDING_LOOKED_AT = 50;

/** Events that sell fast: those that can be had, and sold-out ones only where these are too few. */
export function trendingQuery(api: Api, limit: number) {
  const query = { limit: TRENDING_LOOKED_AT };
  return queryOptions({
    queryKey: ["trending", limit],
    async queryFn() {
      const { events } = await unwrap(
        api.GET("/api/search/search/trending", { params: { query } }),
      );
      const open = events.filter(({ available_seats }) => available_seats > 0);
      const full = events.filter(({ available_seats }) => available_seats === 0);
      const [first, ...others] = [...open, ...full].slice(0, limit);
      return { events: first ? [first, ...others.map(withoutStory)] : [] };
    },
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
