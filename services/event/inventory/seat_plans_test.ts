/** How seat operations find their seats by plans that were made while hardly any were held. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { exactlyOne, type Sql, transaction } from "@evently/shared/postgres";
import { times } from "@evently/shared/testing";
import { createEventWorld, HOLD_TTL_MS } from "../testing/world.ts";
import {
  callCommitSeats,
  callExtendSeats,
  callHoldSeats,
  callHoldSeatsAtPrices,
  callReleaseSeats,
} from "./seats_sql.ts";

/** After so many calls a connection keeps the plan that it has. */
const CALLS = 12;
const HELD = 300;
/** Of allocations: the one that is changed, and its old rows. */
const MAX_READ = 5;

/** By name, an operation on one allocation; resolves to the number of those that it changed. */
const OPERATIONS: Readonly<Record<string, (sql: Sql, seats: HeldSeats) => Promise<number>>> = {
  async sale(sql, { eventId, allocationIds, now }) {
    const [sale] = await callCommitSeats(sql, { batches: [{ eventId, allocationIds }], now });
    return sale!.committed.length;
  },
  async extension(sql, { eventId, allocationIds, now }) {
    const expiresAt = new Date(now.getTime() + 2 * HOLD_TTL_MS);
    const items = allocationIds.map((allocationId) => ({ allocationId, expiresAt }));
    const { extended } = await callExtendSeats(sql, { eventId, items, now });
    return extended.length;
  },
  async release(sql, { eventId, allocationIds }) {
    const [release] = await callReleaseSeats(sql, { batches: [{ eventId, allocationIds }] });
    return release!.released.length;
  },
  async "renewal at a price"(sql, { eventId, allocationIds, now }) {
    await callReleaseSeats(sql, { batches: [{ eventId, allocationIds }] });
    const expiresAt = new Date(now.getTime() + HOLD_TTL_MS);
    const items = allocationIds.map((allocationId) => {
      return { allocationId, quantity: 1, expiresAt, unitPriceMinor: 7 };
    });
    const batches = [{ eventId, items }];
    const request = { batches, source: "public", revive: true, now } as const;
    const [renewal] = await callHoldSeatsAtPrices(sql, request);
    return renewal!.granted.length;
  },
};

interface HeldSeats {
  eventId: string;
  allocationIds: string[];
  now: Date;
}

for (const [name, run] of Object.entries(OPERATIONS)) {
  Deno.test(`the ${name} of seats reads these alone, however many are held`, async () => {
    await using world = await createEventWorld();
    const { event_id: eventId } = await world.event({ fields: { total_capacity: 2 * HELD } });
    const now = world.clock.now();
    const expiresAt = new Date(now.getTime() + HOLD_TTL_MS);
    async function held(sql: Sql, count: number): Promise<HeldSeats> {
      const items = times(count, () => ({ allocationId: newId(), quantity: 1, expiresAt }));
      const batches = [{ eventId, items }];
      await callHoldSeats(sql, { batches, source: "public", revive: false, now });
      return { eventId, allocationIds: items.map(({ allocationId }) => allocationId), now };
    }
    await transaction(world.sql, async (tx) => {
      for (let call = 0; call < CALLS; call++) await run(tx, await held(tx, 1));
      const { allocationIds: [first] } = await held(tx, HELD);
      const before = await readAllocations(tx);
      assert.equal(await run(tx, { eventId, allocationIds: [first!], now }), 1);
      const read = await readAllocations(tx) - before;
      assert.ok(read <= MAX_READ, `one ${name} reads ${read} allocations`);
    });
  });
}

/** How many allocations this transaction has read. */
function readAllocations(sql: Sql): Promise<number> {
  return exactlyOne(
    sql<{ read: number }[]>`
      SELECT (seq_tup_read + idx_tup_fetch)::bigint AS read
        FROM pg_stat_xact_user_tables WHERE relname = 'seat_allocations'`,
    ({ read }) => read,
  );
}
