import { z } from "@hono/zod-openapi";
import { requiredId } from "@evently/shared/http";

/** The most events of one request. */
export const MAX_VIEWED_EVENTS = 500;
const MAX_VIEWS = 1_000_000;

/** `POST /internal/search/views`: how often events were looked at since the last time. */
export const ViewsRequest = z.object({
  views: z.array(
    z.object({
      event_id: requiredId("event_id"),
      views: z.int("views must be a whole number").min(1, "views must be positive")
        .max(MAX_VIEWS, `views must be at most ${MAX_VIEWS}`),
    }),
    "views must be a list",
  )
    .max(MAX_VIEWED_EVENTS, `views must have at most ${MAX_VIEWED_EVENTS} events`),
}).openapi("ViewsRequest");

export type Views = z.infer<typeof ViewsRequest>["views"];
