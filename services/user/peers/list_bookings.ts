import { unwrap } from "@evently/shared/services";
import { z } from "zod";
import type { UserDeps } from "../deps.ts";

/** The statuses by which bookings can be listed. */
export const BOOKING_STATUSES = ["pending", "confirmed", "cancelled", "expired"] as const;

type BookingStatus = typeof BOOKING_STATUSES[number];

/** Whose bookings to list, and the caller's credentials. */
export interface ListBookingsInput {
  userId: string;
  /** The caller's own `Authorization` header. */
  authorization: string;
  /** Absent: any. */
  status?: BookingStatus | undefined;
  page: number;
  limit: number;
  requestId: string;
}

/** A booking as the booking service sends it. */
export const UserBooking = z.looseObject({ booking_id: z.guid() });
const BookingList = z.object({ bookings: z.array(UserBooking) });

/**
 * Requests a page of the user's bookings from the booking service, newest first.
 *
 * @throws {Unavailable} the booking service does not answer
 */
export async function listBookings(
  { booking }: Pick<UserDeps, "booking">,
  { userId, authorization, status, page, limit, requestId }: ListBookingsInput,
): Promise<z.infer<typeof UserBooking>[]> {
  const answer = await unwrap(
    booking.GET("/api/v1/bookings/user/{userId}", {
      params: { path: { userId }, query: { ...(status ? { status } : {}), page, limit } },
      headers: { Authorization: authorization, "X-Request-ID": requestId },
    }),
  );
  return BookingList.parse(answer).bookings;
}
