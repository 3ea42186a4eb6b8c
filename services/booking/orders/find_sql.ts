import { exactlyOne, many, one, type Sql } from "@evently/shared/postgres";
import type { Booking } from "./booking.ts";
import { bookingColumns, type BookingRow, toBooking } from "./rows.ts";
import { type BookingPage, type BuyerOfEvent, MAX_OPEN_HOLDS } from "./store.ts";

export function find(sql: Sql, bookingId: string): Promise<Booking | undefined> {
  return one(
    sql<BookingRow[]>`SELECT ${
      bookingColumns(sql)
    } FROM bookings b WHERE b.booking_id = ${bookingId}`,
    toBooking,
  );
}

export function findMany(sql: Sql, bookingIds: readonly string[]): Promise<Booking[]> {
  return many(
    sql<BookingRow[]>`
      SELECT ${bookingColumns(sql)} FROM bookings b
       WHERE b.booking_id = ANY (${[...bookingIds]}::uuid[])`,
    toBooking,
  );
}

export async function findOpenHolds(
  sql: Sql,
  wanted: readonly BuyerOfEvent[],
  now: Date,
): Promise<Booking[][]> {
  const rows = await sql<(BookingRow & { place: string })[]>`
    SELECT ${bookingColumns(sql)}, w.place
      FROM unnest(
        ${wanted.map(({ userId }) => userId)}::uuid[],
        ${wanted.map(({ eventId }) => eventId)}::uuid[]
      ) WITH ORDINALITY AS w (user_id, event_id, place)
     CROSS JOIN LATERAL (
       SELECT *
         FROM bookings
        WHERE user_id = w.user_id AND event_id = w.event_id
          AND status IN ('pending', 'confirming') AND expires_at > ${now}
        ORDER BY booked_at DESC, booking_id
        LIMIT ${MAX_OPEN_HOLDS}
     ) AS b
     ORDER BY w.place, b.booked_at DESC, b.booking_id`;
  const holds: Booking[][] = wanted.map(() => []);
  for (const row of rows) holds[Number(row.place) - 1]?.push(toBooking(row));
  return holds;
}

export function findByTicket(sql: Sql, ticketCode: string): Promise<Booking | undefined> {
  return one(
    sql<BookingRow[]>`
      SELECT ${bookingColumns(sql)} FROM bookings b
       WHERE b.booking_id = (SELECT t.booking_id FROM tickets t WHERE t.ticket_code = ${ticketCode})`,
    toBooking,
  );
}

export async function listByUser(
  sql: Sql,
  { userId, page, limit }: { userId: string; page: number; limit: number },
): Promise<BookingPage> {
  const [total, bookings] = await Promise.all([
    exactlyOne(
      sql<{ total: number }[]>`SELECT count(*) AS total FROM bookings WHERE user_id = ${userId}`,
      ({ total }) => total,
    ),
    many(
      sql<BookingRow[]>`
        SELECT ${bookingColumns(sql)} FROM bookings b
         WHERE b.user_id = ${userId}
         ORDER BY b.booked_at DESC, b.booking_id
         LIMIT ${limit} OFFSET ${(page - 1) * limit}`,
      toBooking,
    ),
  ]);
  return { bookings, total };
}

export function listPending(
  sql: Sql,
  { after, now, limit }: { after: string | undefined; now: Date; limit: number },
): Promise<Booking[]> {
  return many(
    sql<BookingRow[]>`
      SELECT ${bookingColumns(sql)} FROM bookings b
       WHERE b.status = 'pending' AND b.expires_at > ${now}
         ${after === undefined ? sql`` : sql`AND b.booking_id > ${after}`}
       ORDER BY b.booking_id
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
