import { createRoute } from "@hono/zod-openapi";
import { createRoutes, errors, json } from "@evently/shared/http";
import type { SearchDeps } from "../deps.ts";
import { elapsedSince, SearchResponse, toSearchResult } from "../schemas/result.ts";
import { SearchParams, toEventQuery } from "../schemas/search_query.ts";

const route = createRoute({
  method: "get",
  path: "/search",
  tags: ["search"],
  summary: "Search events by words, place, date, price and type",
  request: { query: SearchParams },
  responses: { 200: json(SearchResponse), ...errors(400) },
});

/** `GET /search` */
export function searchRoutes({ index, clock }: Pick<SearchDeps, "index" | "clock">) {
  return createRoutes().openapi(route, async function searchEvents(c) {
    const begin_ms = performance.now();
    const params = c.req.valid("query");
    const { hits, total, facets } = await index.search(toEventQuery(params, clock.now()));
    const results = hits.map(toSearchResult);
    return c.json({
      results,
      total,
      page: params.page,
      limit: params.limit,
      query_time: elapsedSince(begin_ms),
      facets: {
        cities: facets.cities,
        event_types: facets.eventTypes,
        price_range: facets.priceRange,
      },
      events: results,
    }, 200);
  });
}
