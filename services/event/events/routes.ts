import type { AdminVariables } from "@evently/shared/auth";
import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import { readableOwner } from "../accounts/admin_scope.ts";
import { MessageResponse } from "../accounts/wire.ts";
import { cancelEvent } from "./cancel_event.ts";
import { createEvent } from "./create_event.ts";
import { listManagedEvents } from "./events_sql.ts";
import { EventIdParams } from "./fields.ts";
import { readVersion, VERSION_BODY } from "./read_version.ts";
import { updateEvent, type UpdateEventDeps } from "./update_event.ts";
import {
  CancelEventQuery,
  CreateEventRequest,
  EventListResponse,
  EventPageQuery,
  EventResponse,
  toEventColumns,
  toEventListResponse,
  toEventResponse,
  toEventUpdate,
  UpdateEventRequest,
} from "./wire.ts";

const MANAGED = {
  tags: ["Event management"] as [string],
  security: [{ adminToken: [] }],
};

const createEventRoute = route({
  ...MANAGED,
  method: "post",
  path: "/admin/events",
  operationId: "createEvent",
  tags: ["Event management"],
  summary: "Create a draft event",
  description: "The event is not on sale until its status becomes `published`.",
  request: { body: jsonBody(CreateEventRequest) },
  responses: { 201: json(EventResponse), ...errors(400, 401, 403, 413, 503) },
});

const updateRoute = route({
  ...MANAGED,
  method: "put",
  path: "/admin/events/{id}",
  operationId: "updateEvent",
  tags: ["Event management"],
  summary: "Update, publish or withdraw an event",
  description:
    "Absent fields and values that are stored already are no change, so the answer of a GET can be sent back. " +
    "With `version`, the update applies only to that version.",
  request: { params: EventIdParams, body: jsonBody(UpdateEventRequest) },
  responses: { 200: json(EventResponse), ...errors(400, 401, 403, 404, 409, 413, 503) },
});

const cancelRoute = route({
  ...MANAGED,
  method: "delete",
  path: "/admin/events/{id}",
  operationId: "cancelEvent",
  tags: ["Event management"],
  summary: "Cancel an event",
  description: "Cancels and refunds all of its bookings. A cancelled event is final.",
  request: { params: EventIdParams, query: CancelEventQuery, body: VERSION_BODY },
  responses: { 200: json(MessageResponse), ...errors(400, 401, 403, 404, 409, 503) },
});

const listRoute = route({
  ...MANAGED,
  method: "get",
  path: "/admin/events",
  operationId: "listManagedEvents",
  tags: ["Event management"],
  summary: "List your events, newest first",
  description: "Super admins and analysts see the events of all organisers.",
  request: { query: EventPageQuery },
  responses: { 200: json(EventListResponse), ...errors(400, 401, 503) },
});

/** Routes by which organisers manage events; the token and the role are checked before. */
export function managedEventRoutes(deps: UpdateEventDeps) {
  const { sql, clock } = deps;
  return createRoutes<AdminVariables>()
    .openapi(createEventRoute, async (c) => {
      const request = c.req.valid("json");
      const event = await createEvent(deps, {
        columns: toEventColumns(request),
        capacity: request.total_capacity,
        createdBy: c.get("admin").adminId,
      });
      return c.json(toEventResponse(event, clock.now()), 201);
    })
    .openapi(updateRoute, async (c) => {
      const { event } = await updateEvent(deps, {
        ...toEventUpdate(c.req.valid("json")),
        admin: c.get("admin"),
        eventId: c.req.valid("param").id,
      });
      return c.json(toEventResponse(event, clock.now()), 200);
    })
    .openapi(cancelRoute, async (c) => {
      const version = readVersion(await c.req.text(), c.req.valid("query"));
      const eventId = c.req.valid("param").id;
      await cancelEvent(deps, { admin: c.get("admin"), eventId, version });
      return c.json({ message: "Event cancelled successfully" }, 200);
    })
    .openapi(listRoute, async (c) => {
      const { page, limit } = c.req.valid("query");
      const found = await listManagedEvents(sql, {
        owner: readableOwner(c.get("admin")),
        offset: (page - 1) * limit,
        limit,
      });
      return c.json(toEventListResponse(found, { page, limit, now: clock.now() }), 200);
    });
}
