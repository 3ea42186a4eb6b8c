import assert from "node:assert/strict";
import type { Sql } from "@evently/shared/postgres";
import {
  openBundles,
  type PoolCounters,
  setAsideTargets,
  type WaitedType,
} from "../../models/seats/set_aside.ts";

/**
 * Asserts that as many seats of each pool of an event in events_db are set aside as those who wait could use, and that
 * the house knows whether anybody waits.
 *
 * @returns how many tickets they could have of each type whose list is open
 */
export async function assertSetAside(sql: Sql, eventId: string): Promise<Map<number, number>> {
  const pools = await sql<(PoolCounters & { waitlist_open: boolean })[]>`
    SELECT pool, capacity, held, sold, set_aside, waitlist_open
      FROM seat_inventory WHERE event_id = ${eventId} ORDER BY pool`;
  const types = await sql<WaitedType[]>`
    SELECT type, pools::integer[], units, status, waitlist_open FROM ticket_types WHERE event_id = ${eventId}`;
  const targets = setAsideTargets({ pools, types });
  assert.deepEqual(
    new Map(pools.map(({ pool, set_aside }) => [pool, set_aside])),
    targets,
    "what is set aside is not what those who wait could use",
  );
  const isOpen = types.some(({ waitlist_open }) => waitlist_open);
  assert.equal(pools[0]!.waitlist_open, isOpen, "the house does not know whether anybody waits");
  return openBundles({ pools, types });
}
