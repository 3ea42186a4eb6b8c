import { createRoute, z } from "@hono/zod-openapi";
import { requireInternalKey } from "@evently/shared/auth";
import {
  createRoutes,
  errors,
  idParam,
  json,
  jsonBody,
  wholeNumberQuery,
} from "@evently/shared/http";
import type { SearchDeps } from "../deps.ts";
import type { IndexKeeper } from "./index_keeper.ts";
import { IndexRequest } from "../index/document.ts";
import { elapsedSince } from "../discovery/result.ts";
import { ViewsRequest } from "../trending/views.ts";

function numberQuery(field: string) {
  return wholeNumberQuery(field, { max: Number.MAX_SAFE_INTEGER }).optional();
}

const indexRoute = createRoute({
  method: "post",
  path: "/internal/search/events",
  hide: true,
  request: { body: jsonBody(IndexRequest) },
  responses: {
    200: json(z.object({ status: z.literal("indexed"), event_id: z.string() })),
    ...errors(400, 401, 403, 503),
  },
});

const removeRoute = createRoute({
  method: "delete",
  path: "/internal/search/events/{id}",
  hide: true,
  request: {
    params: z.object({ id: idParam("Invalid event ID") }),
    query: z.object({
      /** The number of the change, or else the last version to take out; by default all that is known of it. */
      change: numberQuery("change"),
      version: numberQuery("version"),
    }),
  },
  responses: {
    200: json(z.object({ status: z.literal("deleted"), event_id: z.string() })),
    ...errors(400, 401, 403, 503),
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

const progressRoute = createRoute({
  method: "get",
  path: "/internal/search/resync",
  hide: true,
  responses: {
    200: json(z.object({
      running: z.boolean(),
      events_indexed: z.int(),
      /** Of the change feed: what is indexed, and what there was when that was read. */
      position: z.int(),
      last: z.int(),
      /** How many events the engine did not take, and the first hundred of them; a resync tries them again. */
      refused: z.int(),
      refused_events: z.array(z.string()),
    })),
    ...errors(401, 403, 503),
  },
});

const viewsRoute = createRoute({
  method: "post",
  path: "/internal/search/views",
  hide: true,
  request: { body: jsonBody(ViewsRequest) },
  responses: { 200: json(z.object({ status: z.literal("counted") })), ...errors(400, 401, 403) },
});

/** What other services tell the search service. */
export function internalRoutes(
  { keepers, interest, internalApiKey }: Pick<
    SearchDeps,
    "keepers" | "interest" | "internalApiKey"
  >,
) {
  const [primary] = keepers;
  const routes = createRoutes();
  routes.use("/internal/*", requireInternalKey({ key: internalApiKey }));
  return routes
    .openapi(indexRoute, async function indexEvent(c) {
      const { event, change = event.version } = c.req.valid("json");
      const { event_id } = event;
      await each(keepers, (keeper) => keeper.apply([{ event_id, change, document: event }]));
      return c.json({ status: "indexed" as const, event_id }, 200);
    })
    .openapi(removeRoute, async function removeEvent(c) {
      const { id: eventId } = c.req.valid("param");
      const { version, change = version } = c.req.valid("query");
      await each(
        keepers,
        (keeper) =>
          change === undefined
            ? keeper.forget(eventId)
            : keeper.apply([{ event_id: eventId, change, document: undefined }]),
      );
      return c.json({ status: "deleted" as const, event_id: eventId }, 200);
    })
    .openapi(resyncRoute, async function resync(c) {
      const beginMs = performance.now();
      const eventsIndexed = await primary.rebuild();
      return c.json({
        message: "Resync completed",
        events_indexed: eventsIndexed,
        time_taken: elapsedSince(beginMs),
      }, 200);
    })
    .openapi(progressRoute, async function tellProgress(c) {
      const { total, event_ids } = await primary.index.refused();
      const { progress } = primary;
      return c.json({
        running: progress !== undefined,
        ...(progress ?? { events_indexed: 0, position: 0, last: 0 }),
        refused: total,
        refused_events: event_ids,
      }, 200);
    })
    .openapi(viewsRoute, async function countViews(c) {
      await interest.viewed(c.req.valid("json").views);
      return c.json({ status: "counted" as const }, 200);
    });
}

/** All take it, though one may fail: then the caller hears that. */
async function each(
  keepers: readonly IndexKeeper[],
  tell: (keeper: IndexKeeper) => Promise<void>,
): Promise<void> {
  const outcomes = await Promise.allSettled(keepers.map(tell));
  const failed = outcomes.find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}
