import { one, type Sql } from "@evently/shared/postgres";
import type { Booking } from "./booking.ts";
import { type BookingRow, isStill, storedColumns, toBooking } from "./rows.ts";
import type { BookingStore } from "./store.ts";

/** Zero rows: the hold has ended, was extended before, or another change was first. */
export function extendHold(
  sql: Sql,
  { bookingId, eventId, userId, expiresAt, now }: Parameters<BookingStore["extendHold"]>[0],
): Promise<Booking | undefined> {
  return one(
    sql<BookingRow[]>`
      WITH b AS (
        UPDATE bookings
           SET expires_at = ${expiresAt}, extended_at = ${now}
         WHERE booking_id = ${bookingId} AND event_id = ${eventId} AND user_id = ${userId}
           AND ${isStill(sql, "pending")}
           AND extended_at IS NULL AND expires_at > ${now} AND expires_at < ${expiresAt}
        RETURNING *
      )
      SELECT ${storedColumns(sql)} FROM b`,
    toBooking,
  );
}
