import { deliveredMessages } from "@evently/shared/outbox";
import type { Sql } from "@evently/shared/postgres";
import type { BookingStore } from "../orders/store.ts";

/** Each message adds its amount to its payment once, as the statement counts only messages that it marks itself. */
export async function completeRefunds(
  sql: Sql,
  input: Parameters<BookingStore["completeRefunds"]>[0],
): Promise<void> {
  await sql`
    WITH delivered AS (${deliveredMessages(sql, input)}), refunds AS (
      SELECT (payload ->> 'payment_id')::uuid AS payment_id, event_id,
             sum((payload ->> 'amount_minor')::bigint)::bigint AS amount_minor
        FROM delivered
       GROUP BY 1, 2
    )
    UPDATE payments p
       SET status = 'refunded', refunded_minor = p.refunded_minor + r.amount_minor
      FROM refunds r
     WHERE p.payment_id = r.payment_id AND p.event_id = r.event_id`;
}
