import { errors, json, jsonBody, route } from "@evently/shared/http";
import type { BookingDeps } from "../deps.ts";
import { ConfirmRequest } from "./requests.ts";
import {
  ActionRequiredResponse,
  ConfirmationResponse,
  toActionRequired,
  toConfirmation,
} from "./wire.ts";
import { confirmBooking } from "./confirm_booking.ts";
import { USER_TOKEN, type UserHandler } from "./route_types.ts";

export const confirmRoute = route({
  method: "post",
  path: "/bookings/confirm",
  operationId: "confirmReservation",
  tags: ["Bookings"],
  summary: "Confirm a reservation with a payment",
  description:
    "Can be asked again: while the payment is under way it is 503 `PAYMENT_IN_PROGRESS`, and the token that confirmed " +
    "the booking hears the same answer. A reservation that costs nothing needs no payment. After 202 the buyer does what " +
    "`next_action` says, and the same request is sent again.",
  security: USER_TOKEN,
  request: { body: jsonBody(ConfirmRequest) },
  responses: {
    200: json(ConfirmationResponse),
    202: json(ActionRequiredResponse, "The buyer must act before the payment goes on"),
    ...errors(400, 401, 402, 403, 409, 503),
  },
});

export function handleConfirm(deps: BookingDeps): UserHandler<typeof confirmRoute> {
  return async function confirm(c) {
    const { reservation_id, payment_token, payment_method } = c.req.valid("json");
    deps.urgent.begin();
    const outcome = await confirmBooking(deps, {
      userId: c.get("userId"),
      bookingId: reservation_id,
      method: payment_method,
      token: payment_token,
    });
    if (outcome.status === "requires_action") return c.json(toActionRequired(outcome), 202);
    return c.json(toConfirmation(outcome, deps.clock.now()), 200);
  };
}
