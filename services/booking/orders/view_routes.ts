import { errors, json, pageQuery, route } from "@evently/shared/http";
import type { BookingDeps } from "../deps.ts";
import { AccessDenied } from "../errors.ts";
import { BookingIdParams, UserIdParams } from "./requests.ts";
import { BookingListResponse, BookingResponse, toBookingResponse } from "./wire.ts";
import { listBookings, viewBooking } from "./view_bookings.ts";
import { USER_TOKEN, type UserHandler } from "./route_types.ts";

export const viewRoute = route({
  method: "get",
  path: "/bookings/{id}",
  operationId: "getBooking",
  tags: ["Bookings"],
  summary: "Get a booking",
  description: "Only its buyer may read it.",
  security: USER_TOKEN,
  request: { params: BookingIdParams },
  responses: { 200: json(BookingResponse), ...errors(400, 401, 403, 404, 503) },
});

export function handleView(deps: BookingDeps): UserHandler<typeof viewRoute> {
  return async function view(c) {
    const bookingId = c.req.valid("param").id;
    const found = await viewBooking(deps, { bookingId, userId: c.get("userId") });
    return c.json(toBookingResponse(found, deps.clock.now()), 200);
  };
}

export const listRoute = route({
  method: "get",
  path: "/bookings/user/{userId}",
  operationId: "listUserBookings",
  tags: ["Bookings"],
  summary: "List your bookings, newest first",
  description: "`userId` must be the caller.",
  security: USER_TOKEN,
  request: { params: UserIdParams, query: pageQuery({ limit: 10, maxLimit: 100 }) },
  responses: { 200: json(BookingListResponse), ...errors(400, 401, 403, 503) },
});

export function handleList(deps: BookingDeps): UserHandler<typeof listRoute> {
  return async function list(c) {
    const userId = c.get("userId");
    if (c.req.valid("param").userId !== userId) throw new AccessDenied();
    const { page, limit } = c.req.valid("query");
    const { views, total } = await listBookings(deps, { userId, page, limit });
    const now = deps.clock.now();
    return c.json({
      bookings: views.map((view) => toBookingResponse(view, now)),
      total,
      page,
      limit,
      total_pages: Math.ceil(total / limit),
    }, 200);
  };
}
