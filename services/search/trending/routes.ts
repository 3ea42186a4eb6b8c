import { z } from "@hono/zod-openapi";
import { clampedQuery, createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import type { SearchDeps } from "../deps.ts";
import { SearchResult, toSearchResult } from "../discovery/wire.ts";
import { trendingEvents } from "./trending_events.ts";
import { toViewCounts, ViewsRequest } from "./wire.ts";

const trendingRoute = route({
  method: "get",
  path: "/search/trending",
  operationId: "listTrendingEvents",
  tags: ["Search"],
  summary: "List trending events",
  description: "The events on sale with the most bookings and views in the last 24 hours. " +
    "If they are few, the events that begin soonest follow.",
  request: {
    query: z.object({ limit: clampedQuery("limit", { min: 1, max: 50, default: 10 }) }),
  },
  responses: { 200: json(z.object({ events: z.array(SearchResult) })), ...errors(400, 503) },
});

const viewsRoute = route({
  method: "post",
  path: "/internal/search/views",
  operationId: "recordViews",
  tags: ["Internal"],
  summary: "Record views of events",
  description: "Counts per event; they rank trending events.",
  request: { body: jsonBody(ViewsRequest) },
  responses: { 200: json(z.object({ status: z.literal("counted") })), ...errors(400, 401, 403) },
});

/** Public route of trending events. */
export function trendingRoutes(deps: Pick<SearchDeps, "reader" | "interest" | "clock">) {
  return createRoutes().openapi(trendingRoute, async function listTrending(c) {
    const now = deps.clock.now();
    const events = await trendingEvents(deps, { ...c.req.valid("query"), now });
    return c.json({ events: events.map((event) => toSearchResult(event, now)) }, 200);
  });
}

/** Internal route by which other services report views. */
export function viewRoutes({ interest }: Pick<SearchDeps, "interest">) {
  return createRoutes().openapi(viewsRoute, async function countViews(c) {
    await interest.addViews(toViewCounts(c.req.valid("json")));
    return c.json({ status: "counted" as const }, 200);
  });
}
