import { z } from "@hono/zod-openapi";
import { requireInternalKey } from "@evently/shared/auth";
import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import type { Secrets } from "@evently/shared/secrets";
import { EventIdParams } from "../fields.ts";
import { tellMoved, type TellMovedDeps } from "./tell_moved.ts";

const MAX_PLACE_CHARS = 1_000;
const MAX_ZONE_CHARS = 100;

const MovedRequest = z.object({
  change_id: z.uuid(),
  start_before: z.iso.datetime(),
  start_after: z.iso.datetime(),
  timezone_before: z.string().max(MAX_ZONE_CHARS),
  venue_before: z.string().max(MAX_PLACE_CHARS),
  address_before: z.string().max(MAX_PLACE_CHARS),
}).openapi("MovedEventRequest");

const movedRoute = route({
  method: "post",
  path: "/events/{id}/moved",
  operationId: "tellMovedEvent",
  tags: ["Internal"],
  summary: "Tell buyers that an event moved",
  description:
    "A bounded batch of mails; the caller repeats until it is done. Idempotent by `change_id`.",
  request: { params: EventIdParams, body: jsonBody(MovedRequest) },
  responses: { 200: json(z.object({ is_done: z.boolean() })), ...errors(400, 401, 403) },
});

/** Routes by which the event service has mails written. */
export function internalMailRoutes(deps: TellMovedDeps & { internalApiKeys: Secrets }) {
  const app = createRoutes();
  app.use(requireInternalKey({ keys: deps.internalApiKeys }));
  return app
    .openapi(movedRoute, async (c) => {
      const { change_id: changeId, ...before } = c.req.valid("json");
      const { isDone } = await tellMoved(deps, {
        changeId,
        eventId: c.req.valid("param").id,
        payload: { kind: "event_moved", ...before },
      });
      return c.json({ is_done: isDone }, 200);
    });
}
