import { requireUser, type UserVariables } from "@evently/shared/auth";
import { DomainError, invalidInput } from "@evently/shared/errors";
import {
  createRoutes,
  errors,
  json,
  jsonBody,
  prefersHtml,
  route,
  setRateLimitHeaders,
} from "@evently/shared/http";
import type { BookingDeps, WaitlistDeps } from "../deps.ts";
import { cancelBooking } from "./cancel_booking.ts";
import { checkAvailability } from "./check_availability.ts";
import { confirmBooking } from "./confirm_booking.ts";
import { expireBooking } from "./expire_booking.ts";
import { extendBooking } from "./extend_booking.ts";
import {
  AvailabilityQuery,
  BookingIdParams,
  BookingListQuery,
  ConfirmRequest,
  IdempotencyKeyHeader,
  RESERVE_REQUIRED,
  ReserveRequest,
  TicketParams,
  UserIdParams,
  wantedLines,
} from "./requests.ts";
import {
  ConfirmationResponse,
  toActionRequired,
  toConfirmation,
  UnderWayResponse,
} from "../payments/wire.ts";
import { reserveSeats } from "./reserve_seats.ts";
import { listBookings, viewBooking, viewTicket } from "./view_bookings.ts";
import {
  AvailabilityResponse,
  BookingListResponse,
  BookingResponse,
  CancellationResponse,
  ExtensionResponse,
  MessageResponse,
  ReservationRefusedResponse,
  ReservationResponse,
  TicketResponse,
  toAvailability,
  toBookingResponse,
  toCancellation,
  toReservation,
  toTicket,
} from "./wire.ts";

/** Routes without a user. */
const availabilityRoute = route({
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

const ticketRoute = route({
  method: "get",
  path: "/tickets/{code}",
  operationId: "getTicket",
  tags: ["Bookings"],
  summary: "Get a ticket by its code",
  description:
    "The code is a secret that admits its holder: treat the address like a password. A client that prefers `text/html` is " +
    "sent to the page of the ticket, `/tickets/{code}`.",
  request: { params: TicketParams },
  responses: {
    200: json(TicketResponse),
    303: { description: "The page of the ticket is at `Location`" },
    ...errors(404, 503),
  },
});

/** The page of a ticket, from the gateway's root. */
function ticketPage(code: string): string {
  return `/tickets/${encodeURIComponent(code)}`;
}

export function publicRoutes(deps: BookingDeps & Pick<WaitlistDeps, "facts">) {
  return createRoutes()
    .openapi(availabilityRoute, async (c) => {
      const { event_id, ticket_type_id, quantity } = c.req.valid("query");
      const wanted = { eventId: event_id, ticketTypeId: ticket_type_id, quantity };
      const availability = await checkAvailability(deps, wanted);
      return c.json(toAvailability(availability), 200);
    })
    .openapi(ticketRoute, async (c) => {
      const { code } = c.req.valid("param");
      c.header("Cache-Control", "no-store");
      c.header("Vary", "Accept", { append: true });
      if (prefersHtml(c)) return c.redirect(ticketPage(code), 303);
      const view = await viewTicket(deps, { ticketCode: code });
      return c.json(toTicket(view), 200);
    });
}

/** Routes with a user's access token. */
const ofUser = {
  tags: ["Bookings"] as [string],
  security: [{ userToken: [] }],
};

const reserveRoute = route({
  ...ofUser,
  method: "post",
  path: "/bookings/reserve",
  operationId: "reserveSeats",
  tags: ["Bookings"],
  summary: "Reserve seats for a few minutes",
  description:
    "Holds seats for a few minutes: a quantity of the event's default ticket type, or an order of up to ten lines, which " +
    "is held whole or not at all. Idempotent by user, event and idempotency key: a replay returns the same reservation with " +
    "its present `status`, and does not count towards the rate limit.",
  parameters: [IdempotencyKeyHeader.parameter],
  request: { body: jsonBody(ReserveRequest) },
  responses: {
    200: json(ReservationResponse),
    400: json(ReservationRefusedResponse, "The request breaks a rule, which `details` names"),
    409: json(ReservationRefusedResponse, "Too few seats are left, or too many for one buyer"),
    ...errors(401, 422, 429, 503),
  },
});

const confirmRoute = route({
  ...ofUser,
  method: "post",
  path: "/bookings/confirm",
  operationId: "confirmReservation",
  tags: ["Bookings"],
  summary: "Confirm a reservation with a payment",
  description:
    "Pays for a reservation; a free one needs no payment. Can be repeated: while a payment is under way the answer is " +
    "503 `PAYMENT_IN_PROGRESS`, and the token that confirmed the booking gets the same answer again. After 202 the buyer " +
    "follows `next_action`, then the client repeats the request; with `processing` the provider tells later how the payment " +
    "ended, and the client may repeat the request to ask.\n\n" +
    "The mock provider moves no money, and its `payment_token` decides what happens: `tok_declined` is declined (402); " +
    "`tok_action` asks the buyer (202 with `use_sdk`), who answers by `POST /payments/mock/answer`; the answer of `tok_late` " +
    "is late (503 `PAYMENT_IN_PROGRESS`), and the booking is confirmed within a minute; `tok_timeout` is not answered at " +
    "first; `tok_processing` is paid when asked about again (202); `tok_captured` is paid without a reservation of the " +
    "money; any other token pays.",
  request: { body: jsonBody(ConfirmRequest) },
  responses: {
    200: json(ConfirmationResponse),
    202: json(
      UnderWayResponse,
      "The buyer must act before the payment can proceed, or the provider tells later how it ended",
    ),
    ...errors(400, 401, 402, 403, 409, 503),
  },
});

const listRoute = route({
  ...ofUser,
  method: "get",
  path: "/bookings/user/{userId}",
  operationId: "listUserBookings",
  tags: ["Bookings"],
  summary: "List your bookings, newest first",
  description: "`userId` must be the caller. With `status`, those that have it now.",
  request: { params: UserIdParams, query: BookingListQuery },
  responses: { 200: json(BookingListResponse), ...errors(400, 401, 403, 503) },
});

const viewRoute = route({
  ...ofUser,
  method: "get",
  path: "/bookings/{id}",
  operationId: "getBooking",
  tags: ["Bookings"],
  summary: "Get a booking",
  description: "Only its buyer may read it.",
  request: { params: BookingIdParams },
  responses: { 200: json(BookingResponse), ...errors(400, 401, 403, 404, 503) },
});

const cancelRoute = route({
  ...ofUser,
  method: "delete",
  path: "/bookings/{id}",
  operationId: "cancelBooking",
  tags: ["Bookings"],
  summary: "Cancel a booking",
  description:
    "The refund depends on the time until the start: by the terms of the sale, or by the event's present terms if they " +
    "are better. A booking cannot be cancelled after its event has ended.",
  request: { params: BookingIdParams },
  responses: { 200: json(CancellationResponse), ...errors(400, 401, 403, 404, 409, 503) },
});

const expireRoute = route({
  ...ofUser,
  method: "post",
  path: "/bookings/{id}/expire",
  operationId: "expireReservation",
  tags: ["Bookings"],
  summary: "Give up a reservation before its hold ends",
  description: "Only pending reservations can be given up; their seats are free at once.",
  request: { params: BookingIdParams },
  responses: { 200: json(MessageResponse), ...errors(400, 401, 403, 404, 409) },
});

const extendRoute = route({
  ...ofUser,
  method: "post",
  path: "/bookings/{id}/extend",
  operationId: "extendReservation",
  tags: ["Bookings"],
  summary: "Extend a reservation once",
  description: "The new end leaves a payment one minute, and is never after the event's end.",
  request: { params: BookingIdParams },
  responses: { 200: json(ExtensionResponse), ...errors(400, 401, 403, 404, 409, 503) },
});

export function userRoutes(deps: BookingDeps) {
  const app = createRoutes<UserVariables>();
  app.use("/bookings/*", requireUser(deps));
  return app
    .openapi(reserveRoute, async (c) => {
      const body = c.req.valid("json");
      const { event_id, idempotency_key } = body;
      const idempotencyKey = idempotency_key ?? IdempotencyKeyHeader.read(c);
      if (!idempotencyKey) {
        throw invalidInput("idempotency_key", RESERVE_REQUIRED);
      }
      deps.urgent.begin();
      const lines = wantedLines(body);
      const input = { userId: c.get("userId"), eventId: event_id, lines, idempotencyKey };
      const { reservation, decision } = await reserveSeats(deps, input);
      setRateLimitHeaders(c, decision);
      return c.json(toReservation(reservation, deps.clock.now()), 200);
    })
    .openapi(confirmRoute, async (c) => {
      const { reservation_id, payment_token, payment_method } = c.req.valid("json");
      deps.urgent.begin();
      const outcome = await confirmBooking(deps, {
        userId: c.get("userId"),
        bookingId: reservation_id,
        method: payment_method,
        token: payment_token,
      });
      if (outcome.status === "requires_action") return c.json(toActionRequired(outcome), 202);
      if (outcome.status === "processing") return c.json(outcome, 202);
      return c.json(toConfirmation(outcome, deps.clock.now()), 200);
    })
    .openapi(listRoute, async (c) => {
      const userId = c.get("userId");
      if (c.req.valid("param").userId !== userId) {
        throw new DomainError("BOOKING_NOT_YOURS", "booking");
      }
      const { page, limit, status } = c.req.valid("query");
      const now = deps.clock.now();
      const { views, total } = await listBookings(deps, { userId, status, now, page, limit });
      const bookings = views.map((view) => toBookingResponse(view, now));
      return c.json({ bookings, total, page, limit, total_pages: Math.ceil(total / limit) }, 200);
    })
    .openapi(viewRoute, async (c) => {
      const input = { bookingId: c.req.valid("param").id, userId: c.get("userId") };
      return c.json(toBookingResponse(await viewBooking(deps, input), deps.clock.now()), 200);
    })
    .openapi(cancelRoute, async (c) => {
      deps.urgent.begin();
      const input = { bookingId: c.req.valid("param").id, userId: c.get("userId") };
      return c.json(toCancellation(await cancelBooking(deps, input)), 200);
    })
    .openapi(expireRoute, async (c) => {
      await expireBooking(deps, { bookingId: c.req.valid("param").id, userId: c.get("userId") });
      return c.json({ message: "Reservation expired successfully" }, 200);
    })
    .openapi(extendRoute, async (c) => {
      const input = { bookingId: c.req.valid("param").id, userId: c.get("userId") };
      const { expiresAt } = await extendBooking(deps, input);
      return c.json({ expires_at: expiresAt.toISOString() }, 200);
    });
}
