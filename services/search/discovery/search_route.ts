import { createRoute } from "@hono/zod-openapi";
import { createRoutes, errors, json } from "@evently/shared/http";
import type { SearchDeps } from "../deps.ts";
import { elapsedSince, SearchResponse, toFacetsBody, toSearchResult } from "./result.ts";
import { toCursor } from "./cursor.ts";
import { SearchParams, toEventQuery } from "./search_query.ts";

const route = createRoute({
  method: "get",
  path: "/search",
  tags: ["Search"],
  summary: "Search events by words, place, date, price and type",
  request: { query: SearchParams },
  responses: { 200: json(SearchResponse), ...errors(400, 503) },
});

/** `GET /search` */
export function searchRoutes({ reader, clock }: Pick<SearchDeps, "reader" | "clock">) {
  return createRoutes().openapi(route, async function searchEvents(c) {
    const beginMs = performance.now();
    const params = c.req.valid("query");
    const now = clock.now();
    const found = await reader.search(toEventQuery(params, now));
    const results = found.hits.map((hit) => toSearchResult(hit, now));
    return c.json({
      results,
      total: found.total,
      page: params.page,
      limit: params.limit,
      ...(found.next === undefined ? {} : { next_cursor: toCursor(params.sort, found.next) }),
      query_time: elapsedSince(beginMs),
      facets: toFacetsBody(found.facets),
      events: results,
    }, 200);
  });
}
