import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import type { SearchDeps } from "../deps.ts";
import { toDocument } from "../index/document.ts";
import type { IndexKeeper } from "./index_keeper.ts";
import {
  IndexRequest,
  IndexResponse,
  ProgressResponse,
  RemovalParams,
  RemovalQuery,
  RemovalResponse,
  ResyncRequest,
  ResyncResponse,
  toProgressBody,
} from "./wire.ts";

const indexRoute = route({
  method: "post",
  path: "/internal/search/events",
  operationId: "indexEvent",
  tags: ["Internal"],
  summary: "Index an event",
  description: "Kept for callers of the former system.",
  request: { body: jsonBody(IndexRequest) },
  responses: { 200: json(IndexResponse), ...errors(400, 401, 403, 503) },
});

const removeRoute = route({
  method: "delete",
  path: "/internal/search/events/{id}",
  operationId: "removeIndexedEvent",
  tags: ["Internal"],
  summary: "Remove an event from the index",
  description: "Kept for callers of the former system.",
  request: { params: RemovalParams, query: RemovalQuery },
  responses: { 200: json(RemovalResponse), ...errors(400, 401, 403, 503) },
});

const resyncRoute = route({
  method: "post",
  path: "/internal/search/resync",
  operationId: "startResync",
  tags: ["Internal"],
  summary: "Synchronise the index",
  description: "With `force_reindex` it is rebuilt from the start.",
  request: { body: { content: { "application/json": { schema: ResyncRequest } } } },
  responses: { 200: json(ResyncResponse), ...errors(400, 401, 403, 503) },
});

const progressRoute = route({
  method: "get",
  path: "/internal/search/resync",
  operationId: "getResync",
  tags: ["Internal"],
  summary: "Get the state of the index",
  description: "Position in the change feed and the engine.",
  responses: { 200: json(ProgressResponse), ...errors(401, 403, 503) },
});

/** Internal routes by which other services update and rebuild the index. */
export function feedRoutes({ keepers }: Pick<SearchDeps, "keepers">) {
  const [primary] = keepers;
  return createRoutes()
    .openapi(indexRoute, async function indexEvent(c) {
      const { event, change = event.version } = c.req.valid("json");
      const document = toDocument(event);
      const { eventId } = document;
      await updateAll(keepers, (keeper) => keeper.apply([{ eventId, change, document }]));
      return c.json({ status: "indexed" as const, event_id: eventId }, 200);
    })
    .openapi(removeRoute, async function removeEvent(c) {
      const { id: eventId } = c.req.valid("param");
      const { version, change = version } = c.req.valid("query");
      await updateAll(
        keepers,
        (keeper) =>
          change === undefined
            ? keeper.forget(eventId)
            : keeper.apply([{ eventId, change, document: undefined }]),
      );
      return c.json({ status: "deleted" as const, event_id: eventId }, 200);
    })
    .openapi(resyncRoute, async function resync(c) {
      const beginMs = performance.now();
      const eventsIndexed = await primary.rebuild();
      return c.json({
        message: "Resync completed",
        events_indexed: eventsIndexed,
        time_taken: `${(performance.now() - beginMs).toFixed(1)}ms`,
      }, 200);
    })
    .openapi(progressRoute, async function getProgress(c) {
      const refusals = await primary.index.refused();
      return c.json(toProgressBody(primary.progress, refusals), 200);
    });
}

/** Updates all indices, even if one fails; then throws the failure. */
async function updateAll(
  keepers: readonly IndexKeeper[],
  update: (keeper: IndexKeeper) => Promise<void>,
): Promise<void> {
  const outcomes = await Promise.allSettled(keepers.map(update));
  const failed = outcomes.find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}
