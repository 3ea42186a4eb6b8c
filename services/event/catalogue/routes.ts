import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import {
  createRoutes,
  errors,
  eventStream,
  json,
  jsonBody,
  LastEventIdHeaders,
  route,
  STREAM_HEADERS,
} from "@evently/shared/http";
import type { Sql } from "@evently/shared/postgres";
import { atTime, findEvent } from "../events/events_sql.ts";
import { EventIdParams } from "../events/fields.ts";
import { EventListResponse, toEventListResponse } from "../events/wire.ts";
import { isPublic, type LiveEvents } from "./live_events.ts";
import type { PublicEvents } from "./public_events.ts";
import { listPublishedEvents } from "./published_events_sql.ts";
import { findSummaries } from "./summaries_sql.ts";
import {
  AvailabilityResponse,
  BookableEvent,
  EventListQuery,
  LookupRequest,
  LookupResponse,
  PublicEventResponse,
  toAvailability,
  toBookableEvent,
  toEventFilter,
  toEventSummary,
  toPublicEvent,
} from "./wire.ts";

const listRoute = route({
  method: "get",
  path: "/events",
  operationId: "listEvents",
  tags: ["Events"],
  summary: "List upcoming events, soonest first",
  description:
    "Published events, soonest first. Filters by text ignore case and accents; days are those of the event's own time " +
    "zone, both inclusive.",
  request: { query: EventListQuery },
  responses: { 200: json(EventListResponse), ...errors(400, 503) },
});

const eventRoute = route({
  method: "get",
  path: "/events/{id}",
  operationId: "getEvent",
  tags: ["Events"],
  summary: "Get an event",
  description: "With its ticket types. Drafts are not found.",
  request: { params: EventIdParams },
  responses: { 200: json(PublicEventResponse), ...errors(400, 404, 503) },
});

const availabilityRoute = route({
  method: "get",
  path: "/events/{id}/availability",
  operationId: "getAvailability",
  tags: ["Events"],
  summary: "Get the free seats of an event",
  description: "Of all and by ticket type. The answer is at most one second old.",
  request: { params: EventIdParams },
  responses: { 200: json(AvailabilityResponse), ...errors(400, 404, 503) },
});

const liveRoute = route({
  method: "get",
  path: "/events/{id}/live",
  operationId: "watchAvailability",
  tags: ["Events"],
  summary: "Watch the free seats of an event",
  description:
    "Server-sent events: `availability` with the same JSON as the read, at once and after each change, at most four a " +
    "second; `gone` when the event is public no more. With `Last-Event-ID` the first is left out where nothing has changed. " +
    "A stream ends after an hour at the latest, or as its reader is too slow; open it anew then.",
  request: { params: EventIdParams, headers: LastEventIdHeaders },
  responses: { 200: eventStream("Messages until somebody ends it"), ...errors(400, 404, 503) },
});

/** Routes that anybody may call. */
export function publicEventRoutes({ sql, clock, views, publicEvents, liveEvents }: {
  sql: Sql;
  clock: Clock;
  /** Told of each view of an event. */
  views: { viewed(eventId: string): void };
  publicEvents: Pick<PublicEvents, "find">;
  liveEvents: Pick<LiveEvents, "watch">;
}) {
  async function findPublic(eventId: string) {
    const event = await publicEvents.find(eventId);
    if (!isPublic(event)) throw new DomainError("EVENT_NOT_FOUND", "public");
    return event;
  }

  return createRoutes()
    .openapi(listRoute, async (c) => {
      const query = c.req.valid("query");
      const { page, limit } = query;
      const offset = (page - 1) * limit;
      const now = clock.now();
      const filter = toEventFilter(query);
      const found = await listPublishedEvents(sql, { filter, now, offset, limit });
      return c.json(toEventListResponse(found, { page, limit, now }), 200);
    })
    .openapi(eventRoute, async (c) => {
      const event = await findPublic(c.req.valid("param").id);
      views.viewed(event.eventId);
      return c.json(toPublicEvent(event, clock.now()), 200);
    })
    .openapi(availabilityRoute, async (c) => {
      const event = await findPublic(c.req.valid("param").id);
      return c.json(toAvailability(event, clock.now()), 200);
    })
    .openapi(liveRoute, async (c) => {
      const event = await findPublic(c.req.valid("param").id);
      // A HEAD request is answered from here too, and nobody would read its stream.
      if (c.req.raw.method === "HEAD") return c.body(null, 200, STREAM_HEADERS);
      const stream = liveEvents.watch(event, c.req.valid("header")["last-event-id"]);
      return c.body(stream.body, 200, STREAM_HEADERS);
    });
}

const bookableRoute = route({
  method: "get",
  path: "/internal/events/{id}",
  operationId: "getEventInternal",
  tags: ["Internal"],
  summary: "Get an event for booking",
  description: "Published and sold-out events only.",
  request: { params: EventIdParams },
  responses: { 200: json(BookableEvent), ...errors(400, 401, 403, 404) },
});

const lookupRoute = route({
  method: "post",
  path: "/internal/events/lookup",
  operationId: "lookUpEvents",
  tags: ["Internal"],
  summary: "Look up several events by id",
  description: "For lists of bookings; unknown ids are left out.",
  request: { body: jsonBody(LookupRequest) },
  responses: { 200: json(LookupResponse), ...errors(400, 401, 403) },
});

/** Routes by which other services read events. */
export function internalEventRoutes({ sql, clock }: { sql: Sql; clock: Clock }) {
  return createRoutes()
    .openapi(lookupRoute, async (c) => {
      const found = await findSummaries(sql, c.req.valid("json").event_ids);
      const now = clock.now();
      return c.json({ events: found.map((event) => toEventSummary(event, now)) }, 200);
    })
    .openapi(bookableRoute, async (c) => {
      const now = clock.now();
      const found = await findEvent(sql, c.req.valid("param").id);
      const event = found && atTime(found, now);
      if (event?.status !== "published" && event?.status !== "sold_out") {
        throw new DomainError("EVENT_NOT_BOOKABLE");
      }
      const { status } = event;
      return c.json(toBookableEvent(event, { status, now }), 200);
    });
}
