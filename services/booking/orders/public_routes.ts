import { errors, json, route } from "@evently/shared/http";
import type { BookingDeps } from "../deps.ts";
import { AvailabilityQuery, TicketParams } from "./requests.ts";
import { AvailabilityResponse, TicketResponse, toTicket } from "./wire.ts";
import { checkAvailability } from "./check_availability.ts";
import { viewTicket } from "./view_bookings.ts";
import type { OpenHandler } from "./route_types.ts";

export const availabilityRoute = route({
  method: "get",
  path: "/bookings/check-availability",
  operationId: "checkAvailability",
  tags: ["Bookings"],
  summary: "Check whether seats can be booked",
  description:
    "The answer is at most one second old. It promises nothing: only a reservation holds seats.",
  request: { query: AvailabilityQuery },
  responses: { 200: json(AvailabilityResponse), ...errors(400, 404, 503) },
});

export function handleAvailability(deps: BookingDeps): OpenHandler<typeof availabilityRoute> {
  return async function availability(c) {
    const { event_id, quantity } = c.req.valid("query");
    return c.json(await checkAvailability(deps, { eventId: event_id, quantity }), 200);
  };
}

export const ticketRoute = route({
  method: "get",
  path: "/tickets/{code}",
  operationId: "getTicket",
  tags: ["Bookings"],
  summary: "Get a ticket by its code",
  description: "The code is a secret that admits its holder: treat the address like a password.",
  request: { params: TicketParams },
  responses: { 200: json(TicketResponse), ...errors(404, 503) },
});

export function handleTicket(deps: BookingDeps): OpenHandler<typeof ticketRoute> {
  return async function ticket(c) {
    const view = await viewTicket(deps, { ticketCode: c.req.valid("param").code });
    c.header("Cache-Control", "no-store");
    return c.json(toTicket(view), 200);
  };
}
