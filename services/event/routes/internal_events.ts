import { createRoute, type RouteHandler, z } from "@hono/zod-openapi";
import { type AppEnv, errors, idParam, json, jsonBody } from "@evently/shared/http";
import { toMajor } from "@evently/shared/money";
import type { EventDeps, SeatDeps } from "../deps.ts";
import { EventNotBookable } from "../errors.ts";
import {
  AvailabilityChange,
  BookableEvent,
  ReturnSeatsRequest,
  SearchDocuments,
  SearchDocumentsQuery,
  UpdateAvailabilityRequest,
} from "../schemas/internal.ts";
import { LookupRequest, LookupResponse } from "../schemas/summary.ts";
import { toSearchDocument } from "../search_document.ts";
import { findEvent, findSearchableEvents } from "../store/events.ts";
import { findSummaries } from "../store/summaries.ts";
import { adjustAvailability } from "../verbs/adjust_availability.ts";

const EventParam = z.object({ id: idParam("Invalid event ID") });

export const bookableRoute = createRoute({
  method: "get",
  path: "/internal/events/{id}",
  hide: true,
  request: { params: EventParam },
  responses: { 200: json(BookableEvent), ...errors(400, 401, 403, 404) },
});

export const lookupRoute = createRoute({
  method: "post",
  path: "/internal/events/lookup",
  hide: true,
  request: { body: jsonBody(LookupRequest) },
  responses: { 200: json(LookupResponse), ...errors(400, 401, 403) },
});

export const documentsRoute = createRoute({
  method: "get",
  path: "/internal/events",
  hide: true,
  request: { query: SearchDocumentsQuery },
  responses: { 200: json(SearchDocuments), ...errors(400, 401, 403) },
});

export const updateAvailabilityRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/update-availability",
  hide: true,
  request: { params: EventParam, body: jsonBody(UpdateAvailabilityRequest) },
  responses: { 200: json(AvailabilityChange), ...errors(400, 401, 403, 404, 409) },
});

export const returnSeatsRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/return-seats",
  hide: true,
  request: { params: EventParam, body: jsonBody(ReturnSeatsRequest) },
  responses: { 200: json(AvailabilityChange), ...errors(400, 401, 403, 404, 409) },
});

export function handleBookable(
  { sql }: Pick<EventDeps, "sql">,
): RouteHandler<typeof bookableRoute, AppEnv> {
  return async function bookable(c) {
    const event = await findEvent(sql, c.req.valid("param").id);
    if (event?.status !== "published" && event?.status !== "sold_out") throw new EventNotBookable();
    return c.json({
      event_id: event.event_id,
      available_seats: event.available_seats,
      max_tickets_per_booking: event.max_tickets_per_booking,
      base_price: toMajor(event.base_price_minor),
      version: event.version,
      status: event.status,
      name: event.name,
      currency: event.currency,
      start_datetime: event.start_at.toISOString(),
      ...(event.refund_policy ? { refund_policy: event.refund_policy } : {}),
    }, 200);
  };
}

export function handleLookup(
  { sql }: Pick<EventDeps, "sql">,
): RouteHandler<typeof lookupRoute, AppEnv> {
  return async function lookup(c) {
    return c.json({ events: await findSummaries(sql, c.req.valid("json").event_ids) }, 200);
  };
}

export function handleDocuments(
  { sql }: Pick<EventDeps, "sql">,
): RouteHandler<typeof documentsRoute, AppEnv> {
  return async function documents(c) {
    const { after, limit } = c.req.valid("query");
    const found = await findSearchableEvents(sql, { after, limit: limit + 1 });
    const page = found.slice(0, limit);
    const next = found.length > limit ? page.at(-1)?.event_id : undefined;
    return c.json({
      events: page.map(toSearchDocument),
      ...(next === undefined ? {} : { next }),
    }, 200);
  };
}

export function handleUpdateAvailability(
  deps: SeatDeps,
): RouteHandler<typeof updateAvailabilityRoute, AppEnv> {
  return async function updateAvailability(c) {
    const eventId = c.req.valid("param").id;
    return c.json(await adjustAvailability(deps, { eventId, ...c.req.valid("json") }), 200);
  };
}

export function handleReturnSeats(
  deps: SeatDeps,
): RouteHandler<typeof returnSeatsRoute, AppEnv> {
  return async function returnSeats(c) {
    const eventId = c.req.valid("param").id;
    return c.json(await adjustAvailability(deps, { eventId, ...c.req.valid("json") }), 200);
  };
}
