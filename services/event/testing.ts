import assert from "node:assert/strict";
import type { Sql } from "@evently/shared/postgres";

/**
 * The invariant of the seat inventory: of every event, what is held and sold is the sum of its
 * allocations, and with what is set aside no more than its capacity; nothing is set aside without a
 * waitlist, and nothing is free to the public while there is one.
 *
 * @param sql events_db
 * @throws {assert.AssertionError} shows the events that do not add up
 */
export async function assertInventoryAddsUp(sql: Sql): Promise<void> {
  const wrong = await sql`
    SELECT i.*, a.held AS allocated_held, a.sold AS allocated_sold
      FROM seat_inventory i
     CROSS JOIN LATERAL (
       SELECT coalesce(sum(quantity) FILTER (WHERE state = 'held'), 0)::integer AS held,
              coalesce(sum(quantity) FILTER (WHERE state = 'sold'), 0)::integer AS sold
         FROM seat_allocations WHERE event_id = i.event_id
     ) AS a
     WHERE i.held <> a.held
        OR i.sold <> a.sold
        OR i.held + i.sold + i.set_aside > i.capacity
        OR (NOT i.waitlist_open AND i.set_aside > 0)
        OR (i.waitlist_open AND i.held + i.sold + i.set_aside <> i.capacity)`;
  assert.deepEqual([...wrong], [], "the seat inventory does not add up");
}
