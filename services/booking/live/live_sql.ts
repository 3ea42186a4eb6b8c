import { many, type Sql } from "@evently/shared/postgres";
import type { Booking } from "../orders/booking.ts";
import type { WaitlistEntry } from "../waitlist/entry.ts";
import { ACTIVE, entryColumns, type EntryRow, isStill, toEntry } from "../waitlist/rows.ts";

/** What a user is told of a booking. */
export type LiveBooking = Pick<
  Booking,
  | "bookingId"
  | "userId"
  | "eventId"
  | "reference"
  | "status"
  | "paymentStatus"
  | "expiresAt"
  | "ticketCode"
>;

interface LiveBookingRow {
  booking_id: string;
  user_id: string;
  event_id: string;
  reference: string;
  status: Booking["status"];
  payment_status: Booking["paymentStatus"];
  expires_at: Date;
  ticket_code: string | null;
}

/** The reads of users' states in PostgreSQL. */
export interface LiveReads {
  listNewest(input: { userIds: readonly string[]; since: Date }): Promise<LiveBooking[]>;
  listActive(input: { userIds: readonly string[] }): Promise<WaitlistEntry[]>;
}

/** {@link LiveReads} by a pool. */
export function liveReads(sql: Sql): LiveReads {
  return {
    listNewest: (input) => listNewest(sql, input),
    listActive: (input) => listActive(sql, input),
  };
}

/** The most bookings, and the most entries, that a user is told of. */
const MAX_EACH = 20;

/**
 * Lists the newest bookings of each user that were booked after a time, newest first; at most {@link MAX_EACH} each.
 * The time is compared outside of the look-up, which therefore has no other index than that of its user.
 */
function listNewest(
  sql: Sql,
  { userIds, since }: { userIds: readonly string[]; since: Date },
): Promise<LiveBooking[]> {
  return many(
    sql<LiveBookingRow[]>`
      SELECT b.booking_id, b.user_id, b.event_id, b.reference, b.status, b.payment_status, b.expires_at,
             CASE b.status WHEN 'confirmed' THEN (
               SELECT t.ticket_code FROM tickets t
                WHERE t.booking_id = b.booking_id AND t.event_id = b.event_id
             ) END AS ticket_code
        FROM unnest(${userIds}::uuid[]) AS k (user_id)
       CROSS JOIN LATERAL (
         SELECT * FROM bookings o
          WHERE o.user_id = k.user_id
          ORDER BY o.booked_at DESC
          LIMIT ${MAX_EACH}
       ) AS b
       WHERE b.booked_at > ${since}`,
    (row) => ({
      bookingId: row.booking_id,
      userId: row.user_id,
      eventId: row.event_id,
      reference: row.reference,
      status: row.status,
      paymentStatus: row.payment_status,
      expiresAt: row.expires_at,
      ticketCode: row.ticket_code ?? undefined,
    }),
  );
}

/** Lists the active entries of each user, by event; at most {@link MAX_EACH} each. */
function listActive(
  sql: Sql,
  { userIds }: { userIds: readonly string[] },
): Promise<WaitlistEntry[]> {
  return many(
    sql<EntryRow[]>`
      SELECT ${entryColumns(sql)}
        FROM unnest(${userIds}::uuid[]) AS k (user_id)
       CROSS JOIN LATERAL (
         SELECT * FROM waitlist_entries w
          WHERE w.user_id = k.user_id AND ${isStill(sql, ...ACTIVE)}
          ORDER BY w.event_id
          LIMIT ${MAX_EACH}
       ) AS w`,
    toEntry,
  );
}
