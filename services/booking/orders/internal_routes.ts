import { DomainError } from "@evently/shared/errors";
import { requireInternalKey } from "@evently/shared/auth";
import { createRoutes, errors, json, route } from "@evently/shared/http";
import type { BookingServiceDeps } from "../deps.ts";
import { EventIdParams } from "../fields.ts";
import { ActivityQuery, BookingIdParams } from "./requests.ts";
import {
  ActivityResponse,
  EventBookingsCancelledResponse,
  ForceExpiredResponse,
  InternalBookingResponse,
  ProcessedResponse,
  TakingsResponse,
  toInternalBooking,
} from "./internal_wire.ts";
import { cancelEventBookings } from "./cancel_event_bookings.ts";
import { expireDue } from "./expire_due.ts";
import { forceExpireAll } from "./force_expire_all.ts";

const bookingRoute = route({
  method: "get",
  path: "/bookings/{id}",
  operationId: "getBookingInternal",
  tags: ["Internal"],
  summary: "Get a booking of any user",
  description: "For other services.",
  request: { params: BookingIdParams },
  responses: { 200: json(InternalBookingResponse), ...errors(400, 401, 403, 404) },
});

const expireRoute = route({
  method: "post",
  path: "/bookings/expire-reservations",
  operationId: "expireReservations",
  tags: ["Internal"],
  summary: "Expire reservations whose hold has ended",
  description: "A bounded batch; the answer says how many were found and ended.",
  responses: { 200: json(ProcessedResponse), ...errors(401, 403) },
});

const forceExpireRoute = route({
  method: "post",
  path: "/bookings/force-expire-all",
  operationId: "forceExpireAll",
  tags: ["Internal"],
  summary: "Expire every pending reservation",
  description: "For tests and emergencies; payments under way are left alone.",
  responses: { 200: json(ForceExpiredResponse), ...errors(401, 403) },
});

const activityRoute = route({
  method: "get",
  path: "/bookings/activity",
  operationId: "listBookingActivity",
  tags: ["Internal"],
  summary: "List recent booking activity by event",
  description: "Feeds trending events.",
  request: { query: ActivityQuery },
  responses: { 200: json(ActivityResponse), ...errors(400, 401, 403) },
});

const takingsRoute = route({
  method: "get",
  path: "/events/{id}/takings",
  operationId: "getTakings",
  tags: ["Internal"],
  summary: "Get the takings of an event",
  description: "Gross, refunded and net amounts from the booking database.",
  request: { params: EventIdParams },
  responses: { 200: json(TakingsResponse), ...errors(400, 401, 403) },
});

const cancelEventRoute = route({
  method: "post",
  path: "/events/{id}/cancel-bookings",
  operationId: "cancelEventBookings",
  tags: ["Internal"],
  summary: "Cancel the bookings of a cancelled event",
  description: "A bounded batch; the caller repeats until `remaining` is 0.",
  request: { params: EventIdParams },
  responses: { 200: json(EventBookingsCancelledResponse), ...errors(400, 401, 403) },
});

/** Bookings count as activity for this long. */
const ACTIVITY_WINDOW_MS = 7 * 24 * 3_600_000;

/** Routes for the platform's own services. */
export function internalRoutes(deps: BookingServiceDeps) {
  const app = createRoutes();
  app.use(requireInternalKey({ keys: deps.internalApiKeys }));
  return app
    .openapi(activityRoute, async (c) => {
      const since = new Date(deps.clock.now().getTime() - ACTIVITY_WINDOW_MS);
      const active = await deps.bookings.activity({ since, limit: c.req.valid("query").limit });
      const events = active.map(({ eventId, bookings }) => ({ event_id: eventId, bookings }));
      return c.json({ events }, 200);
    })
    .openapi(bookingRoute, async (c) => {
      const booking = await deps.bookings.find(c.req.valid("param").id);
      if (!booking) throw new DomainError("BOOKING_NOT_FOUND");
      return c.json(toInternalBooking(booking, deps.clock.now()), 200);
    })
    .openapi(expireRoute, async (c) => {
      const expired = await expireDue(deps);
      return c.json({ processed: expired, total: expired }, 200);
    })
    .openapi(forceExpireRoute, async (c) => {
      const expired = await forceExpireAll(deps);
      const message = "Force expired all pending reservations";
      return c.json({ message, processed: expired, total: expired }, 200);
    })
    .openapi(takingsRoute, async (c) => {
      const takings = await deps.bookings.takings({ eventId: c.req.valid("param").id });
      return c.json({
        takings: takings.map(({ currency, grossMinor, refundedMinor }) => ({
          currency,
          gross_minor: grossMinor,
          refunded_minor: refundedMinor,
        })),
      }, 200);
    })
    .openapi(cancelEventRoute, async (c) => {
      const eventId = c.req.valid("param").id;
      return c.json(await cancelEventBookings(deps, { eventId }), 200);
    });
}
