import { createRoute } from "@hono/zod-openapi";
import { createRoutes, errors, json } from "@evently/shared/http";
import type { EventDeps } from "../deps.ts";
import { EventNotFound } from "../errors.ts";
import { EventListQuery } from "../events/event_requests.ts";
import {
  AvailabilityResponse,
  EventListResponse,
  EventResponse,
  toEventListResponse,
  toEventResponse,
} from "../events/event_responses.ts";
import { EventIdParams } from "../events/params.ts";
import { listPublishedEvents } from "./event_lists_sql.ts";
import { isEventOnSale } from "../events/events_sql.ts";

const EVENTS = { tags: ["Events"] };

const listRoute = createRoute({
  ...EVENTS,
  method: "get",
  path: "/events",
  summary: "List the events to come, the soonest first",
  request: { query: EventListQuery },
  responses: { 200: json(EventListResponse), ...errors(400, 503) },
});

const eventRoute = createRoute({
  ...EVENTS,
  method: "get",
  path: "/events/{id}",
  summary: "Show an event",
  request: { params: EventIdParams },
  responses: { 200: json(EventResponse), ...errors(400, 404, 503) },
});

const availabilityRoute = createRoute({
  ...EVENTS,
  method: "get",
  path: "/events/{id}/availability",
  summary: "Show how many seats are free",
  request: { params: EventIdParams },
  responses: { 200: json(AvailabilityResponse), ...errors(400, 404, 503) },
});

/** What everybody may see. */
export function publicEventRoutes(
  { sql, clock, views, publicEvents }: Pick<EventDeps, "sql" | "clock" | "views" | "publicEvents">,
) {
  /** A draft is nobody's business but its organiser's. */
  async function findPublic(eventId: string) {
    const event = await publicEvents.find(eventId);
    if (!event || event.status === "draft") throw new EventNotFound();
    return { ...event, status: event.status };
  }

  return createRoutes()
    .openapi(listRoute, async (c) => {
      const { page, limit, ...filter } = c.req.valid("query");
      const offset = (page - 1) * limit;
      const now = clock.now();
      const found = await listPublishedEvents(sql, { filter, now, offset, limit });
      return c.json(toEventListResponse(found, { page, limit, now }), 200);
    })
    .openapi(eventRoute, async (c) => {
      const event = await findPublic(c.req.valid("param").id);
      views.viewed(event.event_id);
      return c.json(toEventResponse(event, clock.now()), 200);
    })
    .openapi(availabilityRoute, async (c) => {
      const event = await findPublic(c.req.valid("param").id);
      const { available_seats, status, asOf } = event;
      const onSale = isEventOnSale(event, clock.now());
      return c.json(
        { available_seats, status, last_updated: asOf.toISOString(), on_sale: onSale },
        200,
      );
    });
}
