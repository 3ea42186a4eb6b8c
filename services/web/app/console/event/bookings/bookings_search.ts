import { pageSearch } from "../../parts/page_search.ts";
import type { BookingStatus, WantedBookings } from "../../api/event_bookings.ts";

/** States of bookings, in the order of the filter. */
export const STATUSES = ["confirmed", "pending", "cancelled", "expired"] as const;

/** What the address says of a list of bookings. */
export interface BookingsSearch extends WantedBookings {
  page?: number;
}

/** Reads the address; what it cannot mean is left out. */
export function bookingsSearch({ q, status, page }: Record<string, unknown>): BookingsSearch {
  return {
    ...(typeof q === "string" && q !== "" ? { q } : {}),
    ...(STATUSES.some((one) => one === status) ? { status: status as BookingStatus } : {}),
    ...pageSearch({ page }),
  };
}
