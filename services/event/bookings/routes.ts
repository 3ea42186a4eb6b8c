import type { OrganiserVariables } from "../organisations/organiser.ts";
import {
  createRoutes,
  CsvExports,
  errors,
  json,
  jsonOrCsv,
  prefersCsv,
  route,
} from "@evently/shared/http";
import { EventIdParams } from "../events/fields.ts";
import {
  exportBookings,
  type FindBookingsDeps,
  listBookings,
  viewBooking,
} from "./find_bookings.ts";
import {
  bookingColumns,
  BookingParams,
  EventBookingsQuery,
  ManagedBookingDetailResponse,
  ManagedBookingListResponse,
} from "./wire.ts";

const BOOKINGS = { tags: ["Event management"] as [string], security: [{ adminToken: [] }] };

const listRoute = route({
  ...BOOKINGS,
  method: "get",
  path: "/admin/events/{id}/bookings",
  operationId: "listEventBookings",
  summary: "List the bookings of an event",
  description:
    "Newest first, with their buyers. `q` is a part of a reference, or of a buyer's name or e-mail, regardless of case and " +
    "accents; of an event with more than 50,000 buyers the latest are searched. `Accept: text/csv` answers all that are " +
    "found as a file, oldest first; a file that breaks off is not whole.",
  request: { params: EventIdParams, query: EventBookingsQuery },
  responses: { 200: jsonOrCsv(ManagedBookingListResponse), ...errors(400, 401, 404, 503) },
});

const bookingRoute = route({
  ...BOOKINGS,
  method: "get",
  path: "/admin/events/{id}/bookings/{booking_id}",
  operationId: "getEventBooking",
  summary: "Get a booking of an event",
  description: "With its buyer, payments and refunds.",
  request: { params: BookingParams },
  responses: { 200: json(ManagedBookingDetailResponse), ...errors(400, 401, 404, 503) },
});

/** Files that a process sends at once. */
const MAX_EXPORTS = 4;

/** Routes by which organisers find the bookings of their events. */
export function bookingRoutes(deps: FindBookingsDeps) {
  const exports = new CsvExports({ max: MAX_EXPORTS });
  return createRoutes<OrganiserVariables>()
    .openapi(listRoute, async (c) => {
      const { page, limit, q: text, status } = c.req.valid("query");
      const eventId = c.req.valid("param").id;
      const wanted = { admin: c.get("admin"), eventId, text, status };
      if (prefersCsv(c)) {
        const { timeZone, pages } = await exportBookings(deps, wanted);
        const name = `bookings-${eventId}`;
        return await exports.answer(c, { name, columns: bookingColumns(timeZone), pages });
      }
      const { bookings, total } = await listBookings(deps, { ...wanted, page, limit });
      c.header("Vary", "Accept", { append: true });
      return c.json({ bookings, total, page, limit, has_more: page * limit < total }, 200);
    })
    .openapi(bookingRoute, async (c) => {
      const { id: eventId, booking_id: bookingId } = c.req.valid("param");
      const booking = await viewBooking(deps, { admin: c.get("admin"), eventId, bookingId });
      return c.json(booking, 200);
    });
}
