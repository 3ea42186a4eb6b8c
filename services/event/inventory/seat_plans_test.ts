/** How a sale finds its seats by a plan that was made while hardly any were held. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { exactlyOne, type Sql, transaction } from "@evently/shared/postgres";
import { times } from "@evently/shared/testing";
import { createEventWorld, HOLD_TTL_MS } from "../testing/world.ts";
import { callCommitSeats, callHoldSeats } from "./seats_sql.ts";

/** After so many calls a connection keeps the plan that it has. */
const CALLS = 12;
const HELD = 300;
/** Of allocations: the one that is sold, and its old row. */
const MAX_READ = 5;

Deno.test("a sale reads its own seats alone, however many are held", async () => {
  await using world = await createEventWorld();
  const { event_id: eventId } = await world.event({ fields: { total_capacity: 2 * HELD } });
  const now = world.clock.now();
  const expiresAt = new Date(now.getTime() + HOLD_TTL_MS);
  async function held(sql: Sql, count: number): Promise<string[]> {
    const items = times(count, () => ({ allocationId: newId(), quantity: 1, expiresAt }));
    const batches = [{ eventId, items }];
    await callHoldSeats(sql, { batches, source: "public", revive: false, now });
    return items.map(({ allocationId }) => allocationId);
  }
  async function sold(sql: Sql, allocationIds: string[]): Promise<number> {
    const [sale] = await callCommitSeats(sql, { batches: [{ eventId, allocationIds }], now });
    return sale!.committed.length;
  }
  await transaction(world.sql, async (tx) => {
    for (let call = 0; call < CALLS; call++) await sold(tx, await held(tx, 1));
    const [first] = await held(tx, HELD);
    const before = await readAllocations(tx);
    assert.equal(await sold(tx, [first!]), 1);
    const read = await readAllocations(tx) - before;
    assert.ok(read <= MAX_READ, `a sale of one reads ${read} allocations`);
  });
});

/** How many allocations this transaction has read. */
function readAllocations(sql: Sql): Promise<number> {
  return exactlyOne(
    sql<{ read: number }[]>`
      SELECT (seq_tup_read + idx_tup_fetch)::bigint AS read
        FROM pg_stat_xact_user_tables WHERE relname = 'seat_allocations'`,
    ({ read }) => read,
  );
}
