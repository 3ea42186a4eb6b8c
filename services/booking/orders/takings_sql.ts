import { many, type Sql } from "@evently/shared/postgres";
import type { BookingStore, Takings } from "./store.ts";

/** Counts all payments, whatever became of their bookings; a refund counts once it is promised. */
export function takings(
  sql: Sql,
  { eventId }: Parameters<BookingStore["takings"]>[0],
): Promise<Takings[]> {
  return many(
    sql<{ currency: string; gross_minor: number; refunded_minor: number }[]>`
      SELECT p.currency, sum(p.amount_minor)::bigint AS gross_minor,
             sum(coalesce(b.refund_minor, 0))::bigint AS refunded_minor
        FROM bookings b
        JOIN payments p ON p.booking_id = b.booking_id AND p.event_id = b.event_id
         AND p.status IN ('captured', 'refunded')
       WHERE b.event_id = ${eventId}
       GROUP BY p.currency
       ORDER BY p.currency`,
    ({ currency, gross_minor, refunded_minor }) => ({
      currency,
      grossMinor: gross_minor,
      refundedMinor: refunded_minor,
    }),
  );
}
