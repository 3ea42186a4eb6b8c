import { createRoute, z } from "@hono/zod-openapi";
import { clampedQuery, createRoutes, errors, json } from "@evently/shared/http";
import type { SearchDeps } from "../deps.ts";
import { PriceRangeBody, SearchResult, toSearchResult } from "./result.ts";
import { textQuery } from "./search_query.ts";
import { trendingEvents } from "../trending/trending_events.ts";

const QUERY_REQUIRED = "Query parameter 'q' is required";

const suggestionsRoute = createRoute({
  method: "get",
  path: "/search/suggestions",
  tags: ["Search"],
  summary: "Complete what is being typed",
  request: {
    query: z.object({
      q: textQuery("q").default("").pipe(z.string().min(1, QUERY_REQUIRED))
        .openapi({ type: "string", minLength: 1, param: { required: true } }),
      limit: clampedQuery("limit", { min: 1, max: 20, default: 10 }),
    }),
  },
  responses: { 200: json(z.object({ suggestions: z.array(z.string()) })), ...errors(400, 503) },
});

const filtersRoute = createRoute({
  method: "get",
  path: "/search/filters",
  tags: ["Search"],
  summary: "What there is to filter by",
  responses: {
    200: json(z.object({
      cities: z.array(z.string()),
      event_types: z.array(z.string()),
      price_range: PriceRangeBody,
    })),
    ...errors(503),
  },
});

const trendingRoute = createRoute({
  method: "get",
  path: "/search/trending",
  tags: ["Search"],
  summary: "The events that are booked and looked at most of late",
  request: {
    query: z.object({ limit: clampedQuery("limit", { min: 1, max: 50, default: 10 }) }),
  },
  responses: { 200: json(z.object({ events: z.array(SearchResult) })), ...errors(400, 503) },
});

/** What helps to search: suggestions, filters, trending events. */
export function discoveryRoutes(deps: Pick<SearchDeps, "reader" | "interest" | "clock">) {
  const { reader, clock } = deps;
  return createRoutes()
    .openapi(suggestionsRoute, async function suggest(c) {
      const { q, limit } = c.req.valid("query");
      return c.json({
        suggestions: await reader.suggest({ text: q, limit, now: clock.now() }),
      }, 200);
    })
    .openapi(filtersRoute, async function listFilters(c) {
      const { cities, eventTypes, priceRange } = await reader.filters({ now: clock.now() });
      return c.json({ cities, event_types: eventTypes, price_range: priceRange }, 200);
    })
    .openapi(trendingRoute, async function listTrending(c) {
      const now = clock.now();
      const events = await trendingEvents(deps, { ...c.req.valid("query"), now });
      return c.json({ events: events.map((event) => toSearchResult(event, now)) }, 200);
    });
}
