import { exactlyOne, type Pool } from "@evently/shared/postgres";
import { mustHold } from "./report.ts";
import type { BenchDatabases } from "./stores.ts";

/** Counts bookings, optionally by status and event. */
export function countBookings(
  databases: BenchDatabases,
  { status, eventId }: { status?: string; eventId?: string } = {},
): Promise<number> {
  const bookings = databases.pool("bookings_db");
  return exactlyOne(
    bookings<{ count: number }[]>`
      SELECT count(*) FROM bookings
       WHERE ${status === undefined ? bookings`true` : bookings`status = ${status}`}
         AND ${eventId === undefined ? bookings`true` : bookings`event_id = ${eventId}`}`,
    ({ count }) => count,
  );
}

/**
 * Asserts that no event is oversold, counters equal the sums of allocations, and each held or sold seat belongs to a
 * live booking.
 *
 * @throws {Error} a breach
 */
export async function mustAddUp(databases: BenchDatabases): Promise<void> {
  const seats = await sumSeats(databases.pool("events_db"));
  mustHold(seats.wrong === 0, `${seats.wrong} events do not add up`);
  const live = await exactlyOne(
    databases.pool("bookings_db")<{ pending: number; confirmed: number }[]>`
      SELECT coalesce(sum(quantity) FILTER (WHERE status IN ('pending', 'confirming')), 0)::bigint AS pending,
             coalesce(sum(quantity) FILTER (WHERE status = 'confirmed'), 0)::bigint AS confirmed
        FROM bookings`,
    (row) => row,
  );
  mustHold(
    live.pending === seats.held && live.confirmed === seats.sold,
    `${seats.held} seats are held and ${seats.sold} sold, ` +
      `but bookings have ${live.pending} and ${live.confirmed}`,
  );
}

function sumSeats(events: Pool): Promise<{ wrong: number; held: number; sold: number }> {
  return exactlyOne(
    events<{ wrong: number; held: number; sold: number }[]>`
      WITH allocated AS (
        SELECT event_id,
               sum(quantity) FILTER (WHERE state = 'held') AS held,
               sum(quantity) FILTER (WHERE state = 'sold') AS sold
          FROM seat_allocations
         GROUP BY event_id
      )
      SELECT count(*) FILTER (
               WHERE i.held <> coalesce(a.held, 0) OR i.sold <> coalesce(a.sold, 0)
                  OR i.held + i.sold + i.set_aside > i.capacity) AS wrong,
             sum(i.held)::bigint AS held, sum(i.sold)::bigint AS sold
        FROM seat_inventory i
        LEFT JOIN allocated a USING (event_id)
       WHERE i.pool = 0`,
    (row) => row,
  );
}
