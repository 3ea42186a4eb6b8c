import { requireInternalKey } from "@evently/shared/auth";
import {
  amount,
  createRoutes,
  errors,
  idParam,
  json,
  jsonBody,
  opaqueText,
  optionalText,
  route,
} from "@evently/shared/http";
import { z } from "@hono/zod-openapi";
import type { BookingServiceDeps } from "../deps.ts";
import { EventIdParams } from "../fields.ts";
import { refundBooking } from "./refund_booking.ts";
import { RefundBody, toRefundBody } from "./wire.ts";

const MAX_NOTE_CHARS = 500;
const MAX_KEY_CHARS = 255;

const RefundRequest = z.object({
  amount: amount("amount"),
  note: optionalText("note", { max: MAX_NOTE_CHARS }),
  idempotency_key: opaqueText("idempotency_key", { max: MAX_KEY_CHARS }),
});

const RefundOfBookingResponse = RefundBody.extend({
  booking_id: z.guid(),
  booking_reference: z.string(),
  currency: z.string(),
});

/** Counts of an event's bookings and refunds; amounts in minor units. */
const EventRefundsResponse = z.object({
  active: z.int(),
  cancelled: z.int(),
  refunds: z.int(),
  refunded: z.int(),
  failing: z.int(),
  refund_minor: z.int(),
  refunded_minor: z.int(),
  last_at: z.iso.datetime().optional(),
});

const refundRoute = route({
  method: "post",
  path: "/events/{id}/bookings/{booking_id}/refunds",
  operationId: "refundBookingInternal",
  tags: ["Internal"],
  summary: "Refund a part of a booking",
  description:
    "For the event service, which knows who may. Idempotent by key: the same key gives the same refund.",
  request: {
    params: EventIdParams.extend({ booking_id: idParam("Invalid booking ID format") }),
    body: jsonBody(RefundRequest),
  },
  responses: { 200: json(RefundOfBookingResponse), ...errors(400, 401, 403, 404, 409, 422) },
});

const eventRefundsRoute = route({
  method: "get",
  path: "/events/{id}/refunds",
  operationId: "countRefunds",
  tags: ["Internal"],
  summary: "Count the bookings and refunds of an event",
  description: "Progress of a cancelled event.",
  request: { params: EventIdParams },
  responses: { 200: json(EventRefundsResponse), ...errors(400, 401, 403) },
});

/** Routes of refunds for the event service. */
export function internalRefundRoutes(deps: BookingServiceDeps) {
  const app = createRoutes();
  app.use(requireInternalKey({ keys: deps.internalApiKeys }));
  return app
    .openapi(refundRoute, async (c) => {
      const { id: eventId, booking_id: bookingId } = c.req.valid("param");
      const { amount, note, idempotency_key: idempotencyKey } = c.req.valid("json");
      const { refund, booking } = await refundBooking(deps, {
        eventId,
        bookingId,
        amount,
        note,
        idempotencyKey,
      });
      return c.json({
        ...toRefundBody(refund, booking.currency),
        booking_id: bookingId,
        booking_reference: booking.reference,
        currency: booking.currency,
      }, 200);
    })
    .openapi(eventRefundsRoute, async (c) => {
      const counted = await deps.bookings.refundsOfEvent({
        eventId: c.req.valid("param").id,
        now: deps.clock.now(),
      });
      const { active, cancelled, refunds, refunded, failing, lastAt } = counted;
      return c.json({
        active,
        cancelled,
        refunds,
        refunded,
        failing,
        refund_minor: counted.refundMinor,
        refunded_minor: counted.refundedMinor,
        ...(lastAt ? { last_at: lastAt.toISOString() } : {}),
      }, 200);
    });
}
