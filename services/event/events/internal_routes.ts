import { createRoute } from "@hono/zod-openapi";
import { createRoutes, errors, json, jsonBody } from "@evently/shared/http";
import { toMajor } from "@evently/shared/money";
import type { EventDeps } from "../deps.ts";
import { EventNotBookable } from "../errors.ts";
import {
  AvailabilityChange,
  BookableEvent,
  ChangesQuery,
  ChangesResponse,
  ReturnSeatsRequest,
  UpdateAvailabilityRequest,
} from "./internal_wire.ts";
import { EventIdParams } from "./params.ts";
import { LookupRequest, LookupResponse } from "../catalogue/summary.ts";
import { toFeedItem } from "../search_feed/search_document.ts";
import { findChangesAfter, lastChange } from "../search_feed/change_feed_sql.ts";
import { findEvent, isEventOnSale } from "./events_sql.ts";
import { findSummaries } from "../catalogue/summaries_sql.ts";
import { adjustAvailability } from "../inventory/adjust_availability.ts";

const bookableRoute = createRoute({
  method: "get",
  path: "/internal/events/{id}",
  hide: true,
  request: { params: EventIdParams },
  responses: { 200: json(BookableEvent), ...errors(400, 401, 403, 404) },
});

const lookupRoute = createRoute({
  method: "post",
  path: "/internal/events/lookup",
  hide: true,
  request: { body: jsonBody(LookupRequest) },
  responses: { 200: json(LookupResponse), ...errors(400, 401, 403) },
});

const changesRoute = createRoute({
  method: "get",
  path: "/internal/events/changes",
  hide: true,
  request: { query: ChangesQuery },
  responses: { 200: json(ChangesResponse), ...errors(400, 401, 403) },
});

const updateAvailabilityRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/update-availability",
  hide: true,
  request: { params: EventIdParams, body: jsonBody(UpdateAvailabilityRequest) },
  responses: { 200: json(AvailabilityChange), ...errors(400, 401, 403, 404, 409) },
});

const returnSeatsRoute = createRoute({
  method: "post",
  path: "/internal/events/{id}/return-seats",
  hide: true,
  request: { params: EventIdParams, body: jsonBody(ReturnSeatsRequest) },
  responses: { 200: json(AvailabilityChange), ...errors(400, 401, 403, 404, 409) },
});

/** What other services ask about events, and the old optimistic interface to their seats. */
export function internalEventRoutes(
  deps: Pick<EventDeps, "sql" | "seatSql" | "clock" | "search" | "seatNews" | "publicEvents">,
) {
  async function adjust(change: Parameters<typeof adjustAvailability>[1]) {
    const changed = await adjustAvailability(deps, change);
    deps.publicEvents.forget(change.eventId);
    return changed;
  }

  return createRoutes()
    .openapi(lookupRoute, async (c) => {
      const { event_ids } = c.req.valid("json");
      return c.json({ events: await findSummaries(deps.sql, event_ids) }, 200);
    })
    .openapi(changesRoute, async (c) => {
      const { after, limit } = c.req.valid("query");
      const last = await lastChange(deps.sql);
      const found = await findChangesAfter(deps.sql, { after, limit: limit + 1 });
      const page = found.slice(0, limit);
      return c.json({
        changes: page.map(toFeedItem),
        position: page.at(-1)?.change ?? after,
        more: found.length > limit,
        last,
      }, 200);
    })
    .openapi(bookableRoute, async (c) => {
      const event = await findEvent(deps.sql, c.req.valid("param").id);
      if (event?.status !== "published" && event?.status !== "sold_out") {
        throw new EventNotBookable();
      }
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
        on_sale: isEventOnSale(event, deps.clock.now()),
        seat_seq: event.seat_seq,
        ...(event.refund_policy ? { refund_policy: event.refund_policy } : {}),
      }, 200);
    })
    .openapi(updateAvailabilityRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      return c.json(await adjust({ eventId, ...c.req.valid("json") }), 200);
    })
    .openapi(returnSeatsRoute, async (c) => {
      const { id: eventId } = c.req.valid("param");
      return c.json(await adjust({ eventId, ...c.req.valid("json") }), 200);
    });
}
