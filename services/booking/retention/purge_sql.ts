import { many, type Pool, type Sql, transaction } from "@evently/shared/postgres";
import type { Purge } from "@evently/shared/retention";

type Input = Parameters<Purge>[0];

/**
 * Deletes bookings that ended before then and were never paid, of events that began before then as they were sold. A
 * booking with any payment, a declined or free one too, is kept: refunds and the comparison with the provider need it.
 */
export async function purgeUnpaidBookings(sql: Sql, { before, limit }: Input): Promise<number> {
  const isUnpaid = sql`
    b.status IN ('cancelled', 'expired') AND b.payment_id IS NULL AND b.sold_with_start < ${before}
    AND coalesce(b.cancelled_at, b.expired_at) < ${before}`;
  const { count } = await sql`
    DELETE FROM bookings b
     USING (
       SELECT b.booking_id, b.event_id FROM bookings b
        WHERE ${isUnpaid}
        ORDER BY b.sold_with_start LIMIT ${limit}
     ) AS old
     WHERE b.booking_id = old.booking_id AND b.event_id = old.event_id AND ${isUnpaid}`;
  return count;
}

/**
 * Deletes entries of waitlists that have ended, with the seats that went past them, if they joined before then and nobody
 * waits for the event any more.
 */
export function purgeEndedEntries(pool: Pool, { before, limit }: Input): Promise<number> {
  return transaction(pool, async (tx) => {
    const hasEnded = tx`
      w.status IN ('converted', 'expired', 'left', 'closed') AND w.joined_at < ${before}`;
    const purged = await many(
      tx<{ entryId: string; eventId: string }[]>`
        DELETE FROM waitlist_entries w
         USING (
           SELECT w.entry_id, w.event_id FROM waitlist_entries w
             JOIN waitlist_queues q ON q.event_id = w.event_id AND NOT q.is_open
            WHERE ${hasEnded}
            ORDER BY w.joined_at LIMIT ${limit}
         ) AS old
         WHERE w.entry_id = old.entry_id AND w.event_id = old.event_id AND ${hasEnded}
        RETURNING w.entry_id AS "entryId", w.event_id AS "eventId"`,
      (row) => row,
    );
    if (purged.length === 0) return 0;
    await tx`
      DELETE FROM waitlist_passes p
       USING unnest(
         ${purged.map(({ entryId }) => entryId)}::uuid[],
         ${purged.map(({ eventId }) => eventId)}::uuid[]
       ) AS old (entry_id, event_id)
       WHERE p.entry_id = old.entry_id AND p.event_id = old.event_id`;
    return purged.length;
  });
}
