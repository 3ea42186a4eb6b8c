import type { OrganiserVariables } from "../organisations/organiser.ts";
import { invalidInput } from "@evently/shared/errors";
import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import { EventIdParams } from "../events/fields.ts";
import { previewCancellation } from "./preview_cancellation.ts";
import { refundBooking } from "./refund_booking.ts";
import { viewCancellation } from "./view_cancellation.ts";
import {
  CancellationPreviewResponse,
  CancellationResponse,
  IdempotencyKeyHeader,
  RefundedBookingResponse,
  RefundParams,
  RefundRequest,
  toCancellation,
  toCancellationPreview,
} from "./wire.ts";

const REFUNDS = { tags: ["Event management"] as [string], security: [{ adminToken: [] }] };

const refundRoute = route({
  ...REFUNDS,
  method: "post",
  path: "/admin/events/{id}/bookings/{booking_id}/refund",
  operationId: "refundBooking",
  summary: "Refund a part of a booking",
  description:
    "The booking goes on. All refunds of a booking are never more than was paid; if it is cancelled later, they count. " +
    "Idempotent by `idempotency_key` or the `Idempotency-Key` header. The refund is made within moments: `GET " +
    "/bookings/{id}` shows its buyer when.",
  parameters: [IdempotencyKeyHeader.parameter],
  request: { params: RefundParams, body: jsonBody(RefundRequest) },
  responses: {
    200: json(RefundedBookingResponse),
    ...errors(400, 401, 403, 404, 409, 413, 422, 503),
  },
});

const cancellationRoute = route({
  ...REFUNDS,
  method: "get",
  path: "/admin/events/{id}/cancellation",
  operationId: "getEventCancellation",
  summary: "Get the progress of a cancelled event",
  description:
    "How many bookings are cancelled, and how many refunds made. It is over at `done_at`; until then it goes on by itself.",
  request: { params: EventIdParams },
  responses: { 200: json(CancellationResponse), ...errors(400, 401, 404, 409, 503) },
});

const previewRoute = route({
  ...REFUNDS,
  method: "get",
  path: "/admin/events/{id}/cancellation/preview",
  operationId: "previewEventCancellation",
  summary: "Get what cancelling an event would do",
  description:
    "Bookings that would be cancelled, the people who made them, the money that would go back, and who waits. As of now; it " +
    "changes nothing.",
  request: { params: EventIdParams },
  responses: { 200: json(CancellationPreviewResponse), ...errors(400, 401, 404, 409, 503) },
});

/** Routes by which organisers refund, and follow the refunds of a cancelled event. */
export function refundRoutes(
  deps:
    & Parameters<typeof refundBooking>[0]
    & Parameters<typeof viewCancellation>[0]
    & Parameters<typeof previewCancellation>[0],
) {
  return createRoutes<OrganiserVariables>()
    .openapi(refundRoute, async (c) => {
      const { id: eventId, booking_id: bookingId } = c.req.valid("param");
      const { amount, reason, idempotency_key } = c.req.valid("json");
      const idempotencyKey = idempotency_key ?? IdempotencyKeyHeader.read(c);
      if (!idempotencyKey) throw invalidInput("idempotency_key", "idempotency_key is required");
      const admin = c.get("admin");
      const refund = { bookingId, amount, reason, idempotencyKey };
      return c.json(await refundBooking(deps, { admin, eventId, ...refund }), 200);
    })
    .openapi(cancellationRoute, async (c) => {
      const scope = { admin: c.get("admin"), eventId: c.req.valid("param").id };
      return c.json(toCancellation(await viewCancellation(deps, scope)), 200);
    })
    .openapi(previewRoute, async (c) => {
      const scope = { admin: c.get("admin"), eventId: c.req.valid("param").id };
      return c.json(toCancellationPreview(await previewCancellation(deps, scope)), 200);
    });
}
