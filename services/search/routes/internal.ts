import { createRoute, z } from "@hono/zod-openapi";
import { requireInternalKey } from "@evently/shared/auth";
import { createRoutes, errors, idParam, json, jsonBody } from "@evently/shared/http";
import type { SearchDeps } from "../deps.ts";
import { IndexRequest } from "../schemas/document.ts";
import { elapsedSince } from "../schemas/result.ts";

const VERSION = /^\d{1,9}$/;

const indexRoute = createRoute({
  method: "post",
  path: "/internal/search/events",
  hide: true,
  request: { body: jsonBody(IndexRequest) },
  responses: {
    200: json(z.object({ status: z.literal("indexed"), event_id: z.string() })),
    ...errors(400, 401, 403),
  },
});

const removeRoute = createRoute({
  method: "delete",
  path: "/internal/search/events/{id}",
  hide: true,
  request: {
    params: z.object({ id: idParam("Invalid event ID") }),
    query: z.object({
      /** The last version to take out; by default all that was updated until now. */
      version: z.string().regex(VERSION, "version must be a whole number").transform(Number)
        .optional(),
    }),
  },
  responses: {
    200: json(z.object({ status: z.literal("deleted"), event_id: z.string() })),
    ...errors(400, 401, 403),
  },
});

const resyncRoute = createRoute({
  method: "post",
  path: "/internal/search/resync",
  hide: true,
  request: {
    body: {
      content: {
        // Every resync reads all events, so the flag of the old system changes nothing.
        "application/json": { schema: z.object({ force_reindex: z.boolean().optional() }) },
      },
    },
  },
  responses: {
    200: json(z.object({ message: z.string(), events_indexed: z.int(), time_taken: z.string() })),
    ...errors(400, 401, 403, 503),
  },
});

/** What other services tell the search service. */
export function internalRoutes(
  { index, filler, clock, internal_api_key }: Pick<
    SearchDeps,
    "index" | "filler" | "clock" | "internal_api_key"
  >,
) {
  const routes = createRoutes();
  routes.use("/internal/*", requireInternalKey({ key: internal_api_key }));
  return routes
    .openapi(indexRoute, async function indexEvent(c) {
      const { event } = c.req.valid("json");
      await index.index([event], { asOf: clock.now() });
      return c.json({ status: "indexed" as const, event_id: event.event_id }, 200);
    })
    .openapi(removeRoute, async function removeEvent(c) {
      const { id } = c.req.valid("param");
      await index.remove(id, { ...c.req.valid("query"), asOf: clock.now() });
      return c.json({ status: "deleted" as const, event_id: id }, 200);
    })
    .openapi(resyncRoute, async function resync(c) {
      const begin_ms = performance.now();
      const events_indexed = await filler.fill();
      return c.json({
        message: "Resync completed",
        events_indexed,
        time_taken: elapsedSince(begin_ms),
      }, 200);
    });
}
