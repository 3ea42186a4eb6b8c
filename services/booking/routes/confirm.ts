import { createRoute } from "@hono/zod-openapi";
import { errors, json, jsonBody } from "@evently/shared/http";
import type { BookingDeps } from "../deps.ts";
import { ConfirmRequest } from "../schemas/requests.ts";
import { ConfirmationResponse, toConfirmation } from "../schemas/responses.ts";
import { confirmBooking } from "../verbs/confirm_booking.ts";
import { USER_TOKEN, type UserHandler } from "./types.ts";

export const confirmRoute = createRoute({
  method: "post",
  path: "/bookings/confirm",
  tags: ["Bookings"],
  summary: "Confirm a reservation with a payment",
  security: USER_TOKEN,
  request: { body: jsonBody(ConfirmRequest) },
  responses: {
    200: json(ConfirmationResponse),
    ...errors(400, 401, 402, 403, 409, 503),
  },
});

export function handleConfirm(deps: BookingDeps): UserHandler<typeof confirmRoute> {
  return async function confirm(c) {
    const { reservation_id, payment_token, payment_method } = c.req.valid("json");
    deps.urgent.begin();
    const settled = await confirmBooking(deps, {
      userId: c.get("userId"),
      bookingId: reservation_id,
      method: payment_method,
      token: payment_token,
    });
    return c.json(toConfirmation(settled), 200);
  };
}
