import { DomainError } from "@evently/shared/errors";
import { errors, json, jsonBody, route, setRateLimitHeaders } from "@evently/shared/http";
import type { BookingDeps } from "../deps.ts";
import { IdempotencyKeyHeader, RESERVE_REQUIRED, ReserveRequest } from "./requests.ts";
import { ReservationRefusedResponse, ReservationResponse, toReservation } from "./wire.ts";
import { reserveSeats } from "./reserve_seats.ts";
import type { UserHandler } from "./route_types.ts";
import { USER_TOKEN } from "./route_types.ts";

export const reserveRoute = route({
  method: "post",
  path: "/bookings/reserve",
  operationId: "reserveSeats",
  tags: ["Bookings"],
  summary: "Reserve seats for a few minutes",
  description:
    "Idempotent by user and idempotency key: a replay answers the same with the `status` of now, and is not charged to the rate limit.",
  security: USER_TOKEN,
  parameters: [IdempotencyKeyHeader.parameter],
  request: { body: jsonBody(ReserveRequest) },
  responses: {
    200: json(ReservationResponse),
    409: json(ReservationRefusedResponse, "Too few seats are left"),
    ...errors(400, 401, 422, 429, 503),
  },
});

export function handleReserve(deps: BookingDeps): UserHandler<typeof reserveRoute> {
  return async function reserve(c) {
    const { event_id, quantity, idempotency_key } = c.req.valid("json");
    const idempotencyKey = idempotency_key ?? IdempotencyKeyHeader.read(c);
    if (!idempotencyKey) {
      const details = [{ path: "idempotency_key", message: RESERVE_REQUIRED }];
      throw new DomainError("VALIDATION_FAILED", RESERVE_REQUIRED, { details });
    }
    deps.urgent.begin();
    const { reservation, decision } = await reserveSeats(deps, {
      userId: c.get("userId"),
      eventId: event_id,
      quantity,
      idempotencyKey,
    });
    setRateLimitHeaders(c, decision);
    return c.json(toReservation(reservation, deps.clock.now()), 200);
  };
}
