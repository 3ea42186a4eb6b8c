import { z } from "@hono/zod-openapi";
import { changesUpTo, FEED_START } from "@evently/shared/feed_position";
import { idParam, wholeNumberQuery } from "@evently/shared/http";
import type { Refusals } from "../index/search_index.ts";
import { changeNumber, EventDocument } from "../peers/event_document.ts";
import type { Progress } from "./rebuild_index.ts";

/** Request of `POST /internal/search/events`. */
export const IndexRequest = z.object({
  event: z.preprocess((event) => event ?? {}, EventDocument),
  /** Number of the change; by default the event's version. */
  change: changeNumber("change").optional(),
}).openapi("IndexRequest");

export const IndexResponse = z.object({ status: z.literal("indexed"), event_id: z.string() });

export const RemovalParams = z.object({ id: idParam("Invalid event ID") });

export const RemovalQuery = z.object({
  /** Number of the change, by default `version`. Without either, the event is removed unconditionally. */
  change: numberQuery("change"),
  /** Last version of the event to remove. */
  version: numberQuery("version"),
});

export const RemovalResponse = z.object({ status: z.literal("deleted"), event_id: z.string() });

/** Request of `POST /internal/search/resync`. Every resync reads all events, so the old system's flag is ignored. */
export const ResyncRequest = z.object({ force_reindex: z.boolean().optional() });

export const ResyncResponse = z.object({
  message: z.string(),
  events_indexed: z.int(),
  time_taken: z.string(),
});

export const ProgressResponse = z.object({
  running: z.boolean(),
  events_indexed: z.int(),
  /** Number of changes up to which the feed was taken, over all lanes. */
  position: z.int(),
  /** Number of changes of the feed at that time. */
  last: z.int(),
  /** Number of events that the engine rejected; a resync tries them again. */
  refused: z.int(),
  /** The first of them. */
  refused_events: z.array(z.string()),
});

const NOT_RUNNING: Progress = { eventsIndexed: 0, position: FEED_START, last: FEED_START };

/** Maps the progress of a rebuild, `undefined` if none is running, and the rejected events. */
export function toProgressBody(
  progress: Progress | undefined,
  { total, eventIds }: Refusals,
): z.infer<typeof ProgressResponse> {
  const { eventsIndexed, position, last } = progress ?? NOT_RUNNING;
  return {
    running: progress !== undefined,
    events_indexed: eventsIndexed,
    position: changesUpTo(position),
    last: changesUpTo(last),
    refused: total,
    refused_events: eventIds,
  };
}

function numberQuery(field: string) {
  return wholeNumberQuery(field, { max: Number.MAX_SAFE_INTEGER }).optional();
}
