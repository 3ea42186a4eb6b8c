import { exactlyOne, many, one, type Sql } from "@evently/shared/postgres";
import type { Booking, PublicStatus } from "./booking.ts";
import { bookingColumns, type BookingRow, storedColumns, toBooking } from "./rows.ts";
import {
  type BookingKey,
  type BookingListInput,
  type BookingPage,
  type BuyerOfEvent,
  MAX_OPEN_HOLDS,
} from "./store.ts";

export function find(sql: Sql, bookingId: string): Promise<Booking | undefined> {
  return one(
    sql<BookingRow[]>`SELECT ${
      bookingColumns(sql)
    } FROM bookings b WHERE b.booking_id = ${bookingId}`,
    toBooking,
  );
}

/** The condition that a booking `b` follows another by key. */
export function afterKey(sql: Sql, after: BookingKey | undefined) {
  return after
    ? sql`AND (b.booking_id, b.event_id) > (${after.bookingId}::uuid, ${after.eventId}::uuid)`
    : sql``;
}

export function findMany(sql: Sql, keys: readonly BookingKey[]): Promise<Booking[]> {
  return many(
    sql<BookingRow[]>`
      SELECT ${bookingColumns(sql)}
        FROM (SELECT DISTINCT booking_id, event_id
                FROM unnest(
                  ${keys.map(({ bookingId }) => bookingId)}::uuid[],
                  ${keys.map(({ eventId }) => eventId)}::uuid[]
                ) AS k (booking_id, event_id)
             ) AS k
        JOIN bookings b ON b.booking_id = k.booking_id AND b.event_id = k.event_id`,
    toBooking,
  );
}

export async function findOpenHolds(
  sql: Sql,
  wanted: readonly BuyerOfEvent[],
  now: Date,
): Promise<Booking[][]> {
  const rows = await sql<(BookingRow & { place: string })[]>`
    SELECT ${storedColumns(sql)}, w.place
      FROM (
        SELECT k.*, row_number() OVER (
                 PARTITION BY k.event_id, k.user_id ORDER BY k.booked_at DESC, k.booking_id) AS turn
          FROM bookings k
         WHERE k.user_id = ANY (${wanted.map(({ userId }) => userId)}::uuid[])
           AND (k.user_id, k.event_id) IN (SELECT * FROM unnest(${
    wanted.map(({ userId }) => userId)
  }::uuid[], ${wanted.map(({ eventId }) => eventId)}::uuid[]))
           AND k.status IN ('pending', 'confirming') AND k.expires_at > ${now}
      ) AS b
      JOIN unnest(
        ${wanted.map(({ userId }) => userId)}::uuid[],
        ${wanted.map(({ eventId }) => eventId)}::uuid[]
      ) WITH ORDINALITY AS w (user_id, event_id, place) USING (user_id, event_id)
     WHERE b.turn <= ${MAX_OPEN_HOLDS}
     ORDER BY w.place, b.booked_at DESC, b.booking_id`;
  const holds: Booking[][] = wanted.map(() => []);
  for (const row of rows) holds[Number(row.place) - 1]?.push(toBooking(row));
  return holds;
}

export function findByTicket(sql: Sql, ticketCode: string): Promise<Booking | undefined> {
  return one(
    sql<BookingRow[]>`
      SELECT ${storedColumns(sql)}, t.ticket_code
        FROM tickets t
        JOIN bookings b ON b.booking_id = t.booking_id AND b.event_id = t.event_id
       WHERE t.ticket_code = ${ticketCode}`,
    toBooking,
  );
}

export async function listByUser(
  sql: Sql,
  { userId, status, now, page, limit }: BookingListInput,
): Promise<BookingPage> {
  const where = sql`b.user_id = ${userId} ${hasPublicStatus(sql, status, now)}`;
  const [total, bookings] = await Promise.all([
    exactlyOne(
      sql<{ total: number }[]>`SELECT count(*) AS total FROM bookings b WHERE ${where}`,
      ({ total }) => total,
    ),
    many(
      sql<BookingRow[]>`
        SELECT ${bookingColumns(sql)} FROM bookings b
         WHERE ${where}
         ORDER BY b.booked_at DESC, b.booking_id
         LIMIT ${limit} OFFSET ${(page - 1) * limit}`,
      toBooking,
    ),
  ]);
  return { bookings, total };
}

/** The condition that `publicStatusOf()` a booking `b` is `status`. */
export function hasPublicStatus(sql: Sql, status: PublicStatus | undefined, now: Date) {
  switch (status) {
    case undefined:
      return sql``;
    case "pending":
      return sql`
        AND (b.status = 'confirming' OR (b.status = 'pending' AND b.expires_at > ${now}))`;
    case "expired":
      return sql`
        AND (b.status = 'expired' OR (b.status = 'pending' AND b.expires_at <= ${now}))`;
    default:
      return sql`AND b.status = ${status}`;
  }
}

export function listPending(
  sql: Sql,
  { after, now, limit }: { after: BookingKey | undefined; now: Date; limit: number },
): Promise<Booking[]> {
  return many(
    sql<BookingRow[]>`
      SELECT ${bookingColumns(sql)} FROM bookings b
       WHERE b.status = 'pending' AND b.expires_at > ${now}
         ${afterKey(sql, after)}
       ORDER BY b.booking_id, b.event_id
       LIMIT ${limit}`,
    toBooking,
  );
}

export function activity(
  sql: Sql,
  { since, limit }: { since: Date; limit: number },
): Promise<{ eventId: string; bookings: number }[]> {
  return many(
    sql<{ event_id: string; bookings: number }[]>`
      SELECT event_id, count(*) AS bookings FROM bookings
       WHERE booked_at > ${since} AND status IN ('pending', 'confirming', 'confirmed')
       GROUP BY event_id
       ORDER BY bookings DESC, event_id
       LIMIT ${limit}`,
    ({ event_id, bookings }) => ({ eventId: event_id, bookings }),
  );
}
