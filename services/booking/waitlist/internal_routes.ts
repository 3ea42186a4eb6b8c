import { requireInternalKey } from "@evently/shared/auth";
import { createRoutes, errors, json, pageQuery, route } from "@evently/shared/http";
import type { Secrets } from "@evently/shared/secrets";
import { type ListDeps, listWaitlist } from "./list_waitlist.ts";
import { type PauseDeps, pauseWaitlist } from "./pause_waitlist.ts";
import { EventIdParams } from "../fields.ts";
import { PauseResponse, toPause, toWaitlistPage, WaitlistPageResponse } from "./wire.ts";

const WaitlistQuery = pageQuery({ limit: 20, maxLimit: 100 });

const listRoute = route({
  method: "get",
  path: "/events/{id}/waitlist",
  operationId: "listWaitlist",
  tags: ["Internal"],
  summary: "List who waits for an event",
  description: "Entries that wait or have an open offer, by place in line, with their buyers.",
  request: { params: EventIdParams, query: WaitlistQuery },
  responses: { 200: json(WaitlistPageResponse), ...errors(400, 401, 403, 503) },
});

const pauseRoute = route({
  method: "post",
  path: "/events/{id}/waitlist/pause",
  operationId: "pauseWaitlist",
  tags: ["Internal"],
  summary: "Pause the offers of an event",
  description: "Idempotent; also before anybody waits.",
  request: { params: EventIdParams },
  responses: { 200: json(PauseResponse), ...errors(400, 401, 403) },
});

const resumeRoute = route({
  method: "post",
  path: "/events/{id}/waitlist/resume",
  operationId: "resumeWaitlist",
  tags: ["Internal"],
  summary: "Resume the offers of an event",
  description: "Idempotent.",
  request: { params: EventIdParams },
  responses: { 200: json(PauseResponse), ...errors(400, 401, 403) },
});

/** Routes of the waitlist for the event service, which decides what an organiser may see and do. */
export function internalWaitlistRoutes(deps: ListDeps & PauseDeps & { internalApiKeys: Secrets }) {
  const app = createRoutes();
  app.use(requireInternalKey({ keys: deps.internalApiKeys }));
  return app
    .openapi(listRoute, async (c) => {
      const { page, limit } = c.req.valid("query");
      const found = await listWaitlist(deps, { eventId: c.req.valid("param").id, page, limit });
      return c.json(toWaitlistPage(found, { page, limit }), 200);
    })
    .openapi(pauseRoute, async (c) => {
      const eventId = c.req.valid("param").id;
      return c.json(toPause(await pauseWaitlist(deps, { eventId, isPaused: true })), 200);
    })
    .openapi(resumeRoute, async (c) => {
      const eventId = c.req.valid("param").id;
      return c.json(toPause(await pauseWaitlist(deps, { eventId, isPaused: false })), 200);
    });
}
