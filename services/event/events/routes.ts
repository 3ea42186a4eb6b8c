import { createRoute } from "@hono/zod-openapi";
import type { AdminVariables } from "@evently/shared/auth";
import { createRoutes, errors, json, jsonBody } from "@evently/shared/http";
import { readableOwner } from "../accounts/admin_scope.ts";
import type { EventDeps } from "../deps.ts";
import { MessageResponse } from "../accounts/wire.ts";
import {
  CancelEventQuery,
  CreateEventRequest,
  EventPageQuery,
  UpdateEventRequest,
} from "./event_requests.ts";
import {
  AnalyticsResponse,
  EventListResponse,
  EventResponse,
  toAnalyticsResponse,
  toEventListResponse,
  toEventResponse,
} from "./event_responses.ts";
import { EventIdParams } from "./params.ts";
import { listManagedEvents } from "../catalogue/event_lists_sql.ts";
import { cancelEvent } from "./cancel_event.ts";
import { createEvent } from "./create_event.ts";
import { updateEvent } from "./update_event.ts";
import { viewAnalytics } from "../sales/view_analytics.ts";
import { readVersion, VERSION_BODY } from "./read_version.ts";

const MANAGED = { tags: ["Event management"], security: [{ adminToken: [] }] };

const createEventRoute = createRoute({
  ...MANAGED,
  method: "post",
  path: "/admin/events",
  summary: "Make an event, as a draft",
  request: { body: jsonBody(CreateEventRequest) },
  responses: { 201: json(EventResponse), ...errors(400, 401, 403, 413, 503) },
});

const updateRoute = createRoute({
  ...MANAGED,
  method: "put",
  path: "/admin/events/{id}",
  summary: "Change an event, publish it, or take it back",
  description: "Values that are stored already are no change: what GET answered can be sent back.",
  request: { params: EventIdParams, body: jsonBody(UpdateEventRequest) },
  responses: { 200: json(EventResponse), ...errors(400, 401, 403, 404, 409, 413, 503) },
});

const cancelRoute = createRoute({
  ...MANAGED,
  method: "delete",
  path: "/admin/events/{id}",
  summary: "Cancel an event and all its bookings, with refunds",
  request: { params: EventIdParams, query: CancelEventQuery, body: VERSION_BODY },
  responses: { 200: json(MessageResponse), ...errors(400, 401, 403, 404, 409, 503) },
});

const listRoute = createRoute({
  ...MANAGED,
  method: "get",
  path: "/admin/events",
  summary: "List one's own events (all, for a super admin or an analyst), the newest first",
  request: { query: EventPageQuery },
  responses: { 200: json(EventListResponse), ...errors(400, 401, 503) },
});

const analyticsRoute = createRoute({
  ...MANAGED,
  method: "get",
  path: "/admin/events/{id}/analytics",
  summary: "Show what an event sold and took",
  description:
    "`gross` is what was paid, `refunded` what of it goes back from the moment it is promised, `net` what remains, " +
    "whatever became of the seats; `estimated_revenue` is `net`. `tickets_sold` are the seats sold now.",
  request: { params: EventIdParams },
  responses: { 200: json(AnalyticsResponse), ...errors(400, 401, 404, 503) },
});

/** What organisers do with events; who may do it at all was decided before. */
export function managedEventRoutes(deps: EventDeps) {
  return createRoutes<AdminVariables>()
    .openapi(createEventRoute, async (c) => {
      const event = await createEvent(deps, { admin: c.get("admin"), ...c.req.valid("json") });
      return c.json(toEventResponse(event, deps.clock.now()), 201);
    })
    .openapi(updateRoute, async (c) => {
      const { event } = await updateEvent(deps, {
        admin: c.get("admin"),
        eventId: c.req.valid("param").id,
        ...c.req.valid("json"),
      });
      return c.json(toEventResponse(event, deps.clock.now()), 200);
    })
    .openapi(cancelRoute, async (c) => {
      const version = await readVersion(c, c.req.valid("query"));
      const eventId = c.req.valid("param").id;
      await cancelEvent(deps, { admin: c.get("admin"), eventId, version });
      return c.json({ message: "Event cancelled successfully" }, 200);
    })
    .openapi(listRoute, async (c) => {
      const { page, limit } = c.req.valid("query");
      const found = await listManagedEvents(deps.sql, {
        owner: readableOwner(c.get("admin")),
        offset: (page - 1) * limit,
        limit,
      });
      return c.json(toEventListResponse(found, { page, limit, now: deps.clock.now() }), 200);
    })
    .openapi(analyticsRoute, async (c) => {
      const analytics = await viewAnalytics(deps, {
        eventId: c.req.valid("param").id,
        owner: readableOwner(c.get("admin")),
      });
      return c.json(toAnalyticsResponse(analytics), 200);
    });
}
