import { errors, json, route } from "@evently/shared/http";
import type { BookingDeps } from "../deps.ts";
import { BookingIdParams } from "./requests.ts";
import { CancellationResponse, MessageResponse, toCancellation } from "./wire.ts";
import { cancelBooking } from "./cancel_booking.ts";
import { expireBooking } from "./expire_booking.ts";
import { USER_TOKEN, type UserHandler } from "./route_types.ts";

export const cancelRoute = route({
  method: "delete",
  path: "/bookings/{id}",
  operationId: "cancelBooking",
  tags: ["Bookings"],
  summary: "Cancel a booking",
  description:
    "What comes back of the price depends on how long before the start it is, by the terms of the sale or, where " +
    "they are better, by the event's present ones. Nothing can be cancelled once the event has ended.",
  security: USER_TOKEN,
  request: { params: BookingIdParams },
  responses: { 200: json(CancellationResponse), ...errors(400, 401, 403, 404, 409, 503) },
});

export function handleCancel(deps: BookingDeps): UserHandler<typeof cancelRoute> {
  return async function cancel(c) {
    deps.urgent.begin();
    const cancelled = await cancelBooking(deps, {
      bookingId: c.req.valid("param").id,
      userId: c.get("userId"),
    });
    return c.json(toCancellation(cancelled), 200);
  };
}

export const expireRoute = route({
  method: "post",
  path: "/bookings/{id}/expire",
  operationId: "expireReservation",
  tags: ["Bookings"],
  summary: "Give up a reservation before its hold ends",
  description: "Only pending reservations can be given up; their seats are free at once.",
  security: USER_TOKEN,
  request: { params: BookingIdParams },
  responses: { 200: json(MessageResponse), ...errors(400, 401, 403, 404, 409) },
});

export function handleExpire(deps: BookingDeps): UserHandler<typeof expireRoute> {
  return async function expire(c) {
    await expireBooking(deps, {
      bookingId: c.req.valid("param").id,
      userId: c.get("userId"),
    });
    return c.json({ message: "Reservation expired successfully" }, 200);
  };
}
