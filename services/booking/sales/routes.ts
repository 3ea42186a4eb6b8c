import { requireInternalKey } from "@evently/shared/auth";
import {
  choiceQuery,
  createRoutes,
  errors,
  idParam,
  json,
  jsonBody,
  pageQuery,
  queryText,
  route,
} from "@evently/shared/http";
import { z } from "@hono/zod-openapi";
import type { BookingServiceDeps } from "../deps.ts";
import { EventIdParams } from "../fields.ts";
import { Status } from "../orders/wire.ts";
import { exportEventBookings, listEventBookings, viewEventBooking } from "./view_event_bookings.ts";
import {
  EventBookingBody,
  EventBookingDetailBody,
  toEventBooking,
  toEventBookingDetail,
} from "./wire.ts";

/** Steps of one request: two periods. */
const MAX_STEPS = 2_000;
/** Events of one request. */
const MAX_EVENTS = 5_000;
/** Bookings of a page of a file. */
const EXPORTED_PAGE = 500;

const FILTER = {
  q: queryText("q").optional(),
  status: choiceQuery("status", Status.options),
};

const INTERNAL = { tags: ["Internal"] as [string] };

const listRoute = route({
  ...INTERNAL,
  method: "get",
  path: "/events/{id}/bookings",
  operationId: "listEventBookingsInternal",
  summary: "List the bookings of an event",
  description: "Newest first, with their buyers. `q` is part of a reference, a name or an e-mail.",
  request: {
    params: EventIdParams,
    query: pageQuery({ limit: 20, maxLimit: 100 }).extend(FILTER),
  },
  responses: {
    200: json(z.object({ bookings: z.array(EventBookingBody), total: z.int() })),
    ...errors(400, 401, 403, 503),
  },
});

const exportRoute = route({
  ...INTERNAL,
  method: "get",
  path: "/events/{id}/bookings/export",
  operationId: "exportEventBookings",
  summary: "Read the bookings of an event in pages",
  description: "Oldest first. A page may be empty and not the last: that has no `next`.",
  request: {
    params: EventIdParams,
    query: z.object({ ...FILTER, after: idParam("Invalid after format").optional() }),
  },
  responses: {
    200: json(z.object({ bookings: z.array(EventBookingBody), next: z.guid().optional() })),
    ...errors(400, 401, 403, 503),
  },
});

const bookingRoute = route({
  ...INTERNAL,
  method: "get",
  path: "/events/{id}/bookings/{booking_id}",
  operationId: "getEventBookingInternal",
  summary: "Get a booking of an event",
  description: "With its buyer, payments and refunds.",
  request: {
    params: EventIdParams.extend({ booking_id: idParam("Invalid booking ID format") }),
  },
  responses: { 200: json(EventBookingDetailBody), ...errors(400, 401, 403, 404, 503) },
});

/** Sums of a step, from 0; amounts in minor units. */
const StepSums = z.object({
  step: z.int(),
  currency: z.string(),
  bookings: z.int(),
  tickets: z.int(),
  gross_minor: z.int(),
  refunded_minor: z.int(),
});

const TypeSums = z.object({
  step: z.int(),
  ticket_type_id: z.guid(),
  name: z.string(),
  currency: z.string(),
  tickets: z.int(),
  gross_minor: z.int(),
});

const salesRoute = route({
  ...INTERNAL,
  method: "post",
  path: "/sales",
  operationId: "countSales",
  summary: "Count the sales of events over time",
  description:
    "Steps begin at `bounds`, of which the last is the end. With `by_type` those of one event by its types, too. Steps " +
    "without sales are absent.",
  request: {
    body: jsonBody(z.object({
      event_ids: z.array(z.guid()).max(MAX_EVENTS),
      bounds: z.array(z.iso.datetime()).min(2).max(MAX_STEPS + 1),
      by_type: z.boolean().default(false),
    })),
  },
  responses: {
    200: json(z.object({ steps: z.array(StepSums), types: z.array(TypeSums) })),
    ...errors(400, 401, 403, 413),
  },
});

const previewRoute = route({
  ...INTERNAL,
  method: "get",
  path: "/events/{id}/cancellation",
  operationId: "previewCancellation",
  summary: "Count what a cancellation of an event would cancel and refund",
  description: "As of now; it changes nothing.",
  request: { params: EventIdParams },
  responses: {
    200: json(z.object({
      bookings: z.int(),
      tickets: z.int(),
      buyers: z.int(),
      refunds: z.array(z.object({ currency: z.string(), amount_minor: z.int() })),
    })),
    ...errors(400, 401, 403),
  },
});

const waitingRoute = route({
  ...INTERNAL,
  method: "post",
  path: "/waitlist/counts",
  operationId: "countWaiting",
  summary: "Count who waits for events",
  description: "Events for which nobody waits are absent.",
  request: { body: jsonBody(z.object({ event_ids: z.array(z.guid()).max(MAX_EVENTS) })) },
  responses: {
    200: json(z.object({
      events: z.array(z.object({ event_id: z.guid(), entries: z.int(), tickets: z.int() })),
    })),
    ...errors(400, 401, 403, 413),
  },
});

/** What organisers see of bookings, for the event service, which knows who may. */
export function internalSalesRoutes(deps: BookingServiceDeps) {
  const { sales, clock } = deps;
  const app = createRoutes();
  app.use(requireInternalKey({ keys: deps.internalApiKeys }));
  return app
    .openapi(listRoute, async (c) => {
      const { q: text, ...query } = c.req.valid("query");
      const eventId = c.req.valid("param").id;
      const { bookings, total } = await listEventBookings(deps, { eventId, text, ...query });
      const now = clock.now();
      return c.json({ bookings: bookings.map((one) => toEventBooking(one, now)), total }, 200);
    })
    .openapi(exportRoute, async (c) => {
      const { q: text, ...query } = c.req.valid("query");
      const wanted = { eventId: c.req.valid("param").id, text, ...query, limit: EXPORTED_PAGE };
      const { bookings, next } = await exportEventBookings(deps, wanted);
      const now = clock.now();
      return c.json({
        bookings: bookings.map((one) => toEventBooking(one, now)),
        ...(next === undefined ? {} : { next }),
      }, 200);
    })
    .openapi(bookingRoute, async (c) => {
      const { id: eventId, booking_id: bookingId } = c.req.valid("param");
      const found = await viewEventBooking(deps, { eventId, bookingId });
      return c.json(toEventBookingDetail(found, clock.now()), 200);
    })
    .openapi(salesRoute, async (c) => {
      const { event_ids: eventIds, bounds: times, by_type } = c.req.valid("json");
      const bounds = times.map((time) => new Date(time));
      const [eventId] = eventIds;
      const [steps, types] = await Promise.all([
        sales.salesOverTime({ eventIds, bounds }),
        by_type && eventId !== undefined ? sales.salesByType({ eventId, bounds }) : [],
      ]);
      return c.json({
        steps: steps.map(({ grossMinor, refundedMinor, ...sums }) => ({
          ...sums,
          gross_minor: grossMinor,
          refunded_minor: refundedMinor,
        })),
        types: types.map(({ ticketTypeId, grossMinor, ...sums }) => ({
          ...sums,
          ticket_type_id: ticketTypeId,
          gross_minor: grossMinor,
        })),
      }, 200);
    })
    .openapi(previewRoute, async (c) => {
      const eventId = c.req.valid("param").id;
      const { refunds, ...counts } = await sales.countCancellation({ eventId, now: clock.now() });
      return c.json({
        ...counts,
        refunds: refunds.map(({ currency, amountMinor }) => ({
          currency,
          amount_minor: amountMinor,
        })),
      }, 200);
    })
    .openapi(waitingRoute, async (c) => {
      const counted = await sales.countWaiting({ eventIds: c.req.valid("json").event_ids });
      return c.json({
        events: counted.map(({ eventId, ...counts }) => ({ event_id: eventId, ...counts })),
      }, 200);
    });
}
