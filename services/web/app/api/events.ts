import type { components, operations } from "@evently/shared/client/gateway";
import { queryOptions } from "@tanstack/react-query";
import { type Api, unwrap, unwrapOrNull } from "./client.ts";

export type PublicEvent = components["schemas"]["PublicEvent"];
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
