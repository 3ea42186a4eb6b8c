import { errors, json, route } from "@evently/shared/http";
import type { BookingDeps } from "../deps.ts";
import { BookingIdParams } from "./requests.ts";
import { ExtensionResponse } from "./wire.ts";
import { extendBooking } from "./extend_booking.ts";
import { USER_TOKEN, type UserHandler } from "./route_types.ts";

export const extendRoute = route({
  method: "post",
  path: "/bookings/{id}/extend",
  operationId: "extendReservation",
  tags: ["Bookings"],
  summary: "Extend a reservation once",
  description: "Up to a time that leaves a payment its minute, and never past the event's end.",
  security: USER_TOKEN,
  request: { params: BookingIdParams },
  responses: { 200: json(ExtensionResponse), ...errors(400, 401, 403, 404, 409, 503) },
});

export function handleExtend(deps: BookingDeps): UserHandler<typeof extendRoute> {
  return async function extend(c) {
    const { expiresAt } = await extendBooking(deps, {
      bookingId: c.req.valid("param").id,
      userId: c.get("userId"),
    });
    return c.json({ expires_at: expiresAt.toISOString() }, 200);
  };
}
