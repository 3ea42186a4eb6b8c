import { z } from "@hono/zod-openapi";
import { requiredId } from "@evently/shared/http";
import type { ViewCount } from "./event_views.ts";

/** Maximum events of one request. */
export const MAX_VIEWED_EVENTS = 500;
const MAX_VIEWS = 1_000_000;

/** Request of `POST /internal/search/views`: views of events since the previous request. */
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

/** Maps the request to view counts. */
export function toViewCounts({ views }: z.infer<typeof ViewsRequest>): ViewCount[] {
  return views.map(({ event_id: eventId, views }) => ({ eventId, views }));
}
