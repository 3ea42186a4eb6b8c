import type { OrganiserVariables } from "../organisations/organiser.ts";
import { createRoutes, errors, json, route } from "@evently/shared/http";
import { EventIdParams } from "../events/fields.ts";
import { listWaitlist } from "./list_waitlist.ts";
import { pauseWaitlist } from "./pause_waitlist.ts";
import { PausedWaitlistResponse, WaitlistQuery, WaitlistResponse } from "./wire.ts";

const WAITLIST = { tags: ["Event management"] as [string], security: [{ adminToken: [] }] };

const listRoute = route({
  ...WAITLIST,
  method: "get",
  path: "/admin/events/{id}/waitlist",
  operationId: "listEventWaitlist",
  summary: "List who waits for an event",
  description:
    "Entries that wait or have an open offer, by place in line. `why` is what each buyer is told, too; `passes` are the " +
    "seats that went past an entry because they were too few for it, with how many stayed behind.",
  request: { params: EventIdParams, query: WaitlistQuery },
  responses: { 200: json(WaitlistResponse), ...errors(400, 401, 404, 503) },
});

const pauseRoute = route({
  ...WAITLIST,
  method: "post",
  path: "/admin/events/{id}/waitlist/pause",
  operationId: "pauseEventWaitlist",
  summary: "Pause the offers of an event",
  description:
    "People join and keep their places, and open offers can be taken. Seats that come back are kept for them.",
  request: { params: EventIdParams },
  responses: { 200: json(PausedWaitlistResponse), ...errors(400, 401, 403, 404, 503) },
});

const resumeRoute = route({
  ...WAITLIST,
  method: "post",
  path: "/admin/events/{id}/waitlist/resume",
  operationId: "resumeEventWaitlist",
  summary: "Resume the offers of an event",
  description: "Seats that came back meanwhile are offered at once.",
  request: { params: EventIdParams },
  responses: { 200: json(PausedWaitlistResponse), ...errors(400, 401, 403, 404, 503) },
});

/** Routes by which organisers see and pause the waitlist of an event; the token and the role are checked before. */
export function waitlistRoutes(
  deps: Parameters<typeof listWaitlist>[0] & Parameters<typeof pauseWaitlist>[0],
) {
  return createRoutes<OrganiserVariables>()
    .openapi(listRoute, async (c) => {
      const { page, limit } = c.req.valid("query");
      const eventId = c.req.valid("param").id;
      const waitlist = await listWaitlist(deps, { admin: c.get("admin"), eventId, page, limit });
      return c.json(waitlist, 200);
    })
    .openapi(pauseRoute, async (c) => {
      const eventId = c.req.valid("param").id;
      const paused = await pauseWaitlist(deps, {
        admin: c.get("admin"),
        eventId,
        isPaused: true,
      });
      return c.json(paused, 200);
    })
    .openapi(resumeRoute, async (c) => {
      const eventId = c.req.valid("param").id;
      const paused = await pauseWaitlist(deps, {
        admin: c.get("admin"),
        eventId,
        isPaused: false,
      });
      return c.json(paused, 200);
    });
}
