import { z } from "@hono/zod-openapi";
import type { TypedResponse } from "hono";
import { createMiddleware } from "hono/factory";
import { clampedQuery, createRoutes, errors, json, route } from "@evently/shared/http";
import type { SearchDeps } from "../deps.ts";
import { RepeatedSearches } from "./repeated_searches.ts";
import { type AskedSearch, searchBody, wasSent } from "./search_body.ts";
import { PriceRangeBody, SearchParams, SearchResponse, textQuery, toAskedQuery } from "./wire.ts";

/** Name of the answers' memory in `Cache-Status` (RFC 9211). */
const CACHE_NAME = "evently-search";
const QUERY_REQUIRED = "Query parameter 'q' is required";

const searchRoute = route({
  method: "get",
  path: "/search",
  operationId: "searchEvents",
  tags: ["Search"],
  summary: "Search events",
  description: "Finds events by text, place, date, price and type; misspelt words are corrected. " +
    "Without dates, only events that have not begun are found. Each facet ignores its own filter.",
  request: { query: SearchParams },
  responses: { 200: json(SearchResponse), ...errors(400, 503) },
});

const suggestionsRoute = route({
  method: "get",
  path: "/search/suggestions",
  operationId: "suggestEvents",
  tags: ["Search"],
  summary: "Suggest completions of a query",
  description: "Names of events and venues that begin with the words typed so far.",
  request: {
    query: z.object({
      q: textQuery("q").default("").pipe(z.string().min(1, QUERY_REQUIRED))
        .openapi({ type: "string", minLength: 1, param: { required: true } }),
      limit: clampedQuery("limit", { min: 1, max: 20, default: 10 }),
    }),
  },
  responses: { 200: json(z.object({ suggestions: z.array(z.string()) })), ...errors(400, 503) },
});

const filtersRoute = route({
  method: "get",
  path: "/search/filters",
  operationId: "listFilters",
  tags: ["Search"],
  summary: "List available filters",
  description: "Cities, types and the price range of events on sale.",
  responses: {
    200: json(z.object({
      cities: z.array(z.string()),
      event_types: z.array(z.string()),
      price_range: PriceRangeBody,
    })),
    ...errors(503),
  },
});

/** Public routes that read the index: search, suggestions, filters. */
export function discoveryRoutes({ reader, clock }: Pick<SearchDeps, "reader" | "clock">) {
  const repeated = new RepeatedSearches();

  /** Answers a search that was checked. */
  async function answerTo(asked: AskedSearch): Promise<{ answer: Response; isHit: boolean }> {
    const beginMs = performance.now();
    const now = clock.now();
    const found = await reader.search(asked.query, { now });
    const isHit = wasSent(found);
    const queryTime = `${(performance.now() - beginMs).toFixed(1)}ms`;
    const answer = new Response(searchBody(found, { asked, queryTime, now }), {
      headers: {
        "Content-Type": "application/json",
        "Cache-Status": `${CACHE_NAME}; ${isHit ? "hit" : `fwd=miss; detail=${found.engine}`}`,
      },
    });
    return { answer, isHit };
  }

  const answerRepeated = createMiddleware(async function answerRepeated(c, next) {
    const asked = repeated.get(c.req.url);
    if (asked === undefined) return await next();
    return (await answerTo(asked)).answer;
  });

  return createRoutes()
    .openapi({ ...searchRoute, middleware: answerRepeated }, async function searchEvents(c) {
      const params = c.req.valid("query");
      const asked = { query: toAskedQuery(params), page: params.page };
      const { answer, isHit } = await answerTo(asked);
      if (isHit) repeated.set(c.req.url, asked);
      return answer as Response & TypedResponse<z.infer<typeof SearchResponse>, 200, "json">;
    })
    .openapi(suggestionsRoute, async function suggest(c) {
      const { q, limit } = c.req.valid("query");
      const suggestions = await reader.suggest({ text: q, limit, now: clock.now() });
      return c.json({ suggestions }, 200);
    })
    .openapi(filtersRoute, async function listFilters(c) {
      const { cities, eventTypes, priceRange } = await reader.filters({ now: clock.now() });
      return c.json({ cities, event_types: eventTypes, price_range: priceRange }, 200);
    });
}
