/**
 * 2,000 buyers at once for 100 places that three ticket types share, each with a cap of its own: exactly what the pools
 * allow is held, to the last seat. Then some give their seats back, and the next rush takes just these.
 */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { type Pool, transaction } from "@evently/shared/postgres";
import { type Random, randomFrom, roundsOr, seedOfRun, times } from "@evently/shared/testing";
import type { HoldItem } from "../../../services/event/inventory/types.ts";
import {
  assertInventoryAddsUp,
  assertPoolsAddUp,
  createEventWorld,
  type EventWorld,
  HOLD_TTL_MS,
} from "../../../services/event/testing/world.ts";
import { assertAvailableIsHoldable } from "../../conformance/seats/availability.ts";
import { verbsOf } from "./arena.ts";

const ROUNDS = roundsOr(2);
const BUYERS = 2_000;
const PLACES = 100;
/** Caps of the types: together always more than there are places. */
const MIN_CAP = 34;
const MAX_CAP = 80;
/** As many items as the booking service sends at once, and as many batches under way in each process. */
const MAX_BATCH = 128;
const IN_FLIGHT = 2;
/** Of the three types each ticket takes one place, but every third round the last one takes two. */
const TYPES = 3;
const LIMIT = 2;

interface Rush {
  world: EventWorld;
  eventId: string;
  typeIds: readonly string[];
  caps: readonly number[];
  units: readonly number[];
  isLimited: boolean;
  /** Fewer than orders, so that some meet the limit. */
  buyerIds: readonly string[];
  /** Connections of two processes. */
  pools: readonly Pool[];
}

Deno.test("2,000 buyers at once hold exactly what three types and 100 places allow", async (t) => {
  const seed = seedOfRun();
  await using world = await createEventWorld();
  const pools = [world.sql, world.anotherPool()];
  const { event_id: templateId } = await world.event({ fields: { total_capacity: PLACES } });
  for (let round = 0; round < ROUNDS; round++) {
    await t.step(`round ${round}, seed ${seed}`, async () => {
      const random = randomFrom(seed + round);
      const rush = await open({ world, pools, templateId }, { random, round });
      const held = await hold(rush, random, BUYERS);
      await assertFull(rush);
      const back = held.filter(() => random.below(3) === 0);
      const { release } = verbsOf({ world, sql: world.sql, arena: rush });
      await Promise.all(back.map(({ ids }) => release(ids)));
      await assertAvailableIsHoldable(world, rush.eventId);
      await hold(rush, random, BUYERS);
      await assertFull(rush);
    });
  }
});

/** Copies the event, and makes a pool with a cap for each type. */
async function open(
  { world, pools, templateId }: Pick<Rush, "world" | "pools"> & { templateId: string },
  { random, round }: { random: Random; round: number },
): Promise<Rush> {
  const eventId = newId();
  const caps = times(TYPES, () => MIN_CAP + random.below(MAX_CAP - MIN_CAP + 1));
  const units = [1, 1, round % 3 === 2 ? 2 : 1];
  const isLimited = round % 4 === 3;
  const [typeIds, buyerIds] = [times(TYPES, newId), times(BUYERS / 4, newId)];
  const rush = { world, pools, eventId, typeIds, caps, units, isLimited, buyerIds };
  const now = world.clock.now();
  await transaction(world.sql, async (tx) => {
    await tx`
      INSERT INTO events
      SELECT copy.*
        FROM events e, jsonb_populate_record(e, jsonb_build_object('event_id', ${eventId}::uuid)) AS copy
       WHERE e.event_id = ${templateId}`;
    await tx`SELECT make_inventory(${eventId}, ${PLACES}, ${now})`;
    for (const [i, cap] of caps.entries()) {
      await tx`SELECT make_pool(${eventId}, ${newId()}, ${`Pool ${i}`}, ${cap})`;
      await tx`
        INSERT INTO ticket_types
          (event_id, type, ticket_type_id, name, position, kind, price_minor, pools, units, max_per_buyer,
           created_at, updated_at)
        VALUES
          (${eventId}, ${i + 1}, ${rush.typeIds[i]!}, ${`Type ${i}`}, ${i + 1}, 'paid', 1000,
           ${`{0,${i + 1}}`}, ${`{${units[i]},${units[i]}}`}, ${
        isLimited ? LIMIT : null
      }, ${now}, ${now})`;
    }
    await tx`UPDATE ticket_types SET status = 'archived' WHERE event_id = ${eventId} AND type = 0`;
    await tx`SELECT refresh_plain(${eventId})`;
  });
  return rush;
}

/** Sends the orders of all buyers at once, in batches, to two processes; returns the orders that were held. */
async function hold(rush: Rush, random: Random, buyers: number): Promise<{ ids: string[] }[]> {
  const orders = times(buyers, () => drawOrder(rush, random));
  // In the end singles of each type come, which find the last seat.
  orders.push(...rush.typeIds.flatMap((id) => times(PLACES, () => [single(rush, id)])));
  const held: { ids: string[] }[] = [];
  async function drain(sql: Pool): Promise<void> {
    const { hold } = verbsOf({ world: rush.world, sql, arena: rush });
    for (let batch = take(); batch.length > 0; batch = take()) {
      const { results } = await hold(batch);
      for (const [order, items] of Map.groupBy(batch, ({ order }) => order)) {
        const outcomes = new Set(
          results.filter((_, i) => batch[i]!.order === order)
            .map(({ outcome }) => outcome),
        );
        assert.equal(outcomes.size, 1, "an order was held in part");
        if (outcomes.has("held")) held.push({ ids: items.map(({ allocationId }) => allocationId) });
      }
    }
  }
  function take(): HoldItem[] {
    const batch: HoldItem[] = [];
    const limit = 1 + random.below(MAX_BATCH);
    for (let number = 0; orders[0] && batch.length + orders[0].length <= MAX_BATCH; number++) {
      if (batch.length >= limit) break;
      batch.push(...orders.shift()!.map((item) => ({ ...item, order: number })));
    }
    return batch;
  }
  await Promise.all(rush.pools.flatMap((sql) => times(IN_FLIGHT, () => drain(sql))));
  return held;
}

/** One or two lines of one to three tickets. */
function drawOrder(rush: Rush, random: Random): HoldItem[] {
  const types = rush.typeIds.toSorted(() => random.below(2) - 0.5).slice(0, 1 + random.below(2));
  const buyerId = random.pick(rush.buyerIds);
  return types.map((id) => ({ ...single(rush, id), buyerId, quantity: 1 + random.below(3) }));
}

function single({ world }: Rush, ticketTypeId: string): HoldItem {
  const expiresAt = new Date(world.clock.now().getTime() + HOLD_TTL_MS);
  return { allocationId: newId(), ticketTypeId, buyerId: newId(), quantity: 1, expiresAt };
}

/** Asserts that every place is held as far as the caps allow, and that nobody has more than the limit. */
async function assertFull({ world, eventId, caps, units, isLimited }: Rush): Promise<void> {
  const { sql } = world;
  const rows = await sql<{ capacity: number; held: number }[]>`
    SELECT capacity, held FROM seat_inventory WHERE event_id = ${eventId} ORDER BY pool`;
  const [house, ...pools] = rows;
  const free = PLACES - house!.held;
  // A place may stay free where every type but the one that takes two is at its cap.
  const mayHave = Math.min(
    ...units.map((unit, i) => pools[i]!.held + unit > caps[i]! ? Infinity : unit - 1),
  );
  assert.ok(free === 0 || free <= mayHave, JSON.stringify(rows));
  assert.equal(pools.reduce((sum, { held }) => sum + held, 0), house!.held);
  const { available } = await assertAvailableIsHoldable(world, eventId);
  assert.equal(available, 0);
  await assertPoolsAddUp(sql, eventId);
  await assertInventoryAddsUp(sql, eventId);
  if (!isLimited) return;
  const greedy = await sql`
    SELECT buyer_id, type FROM seat_allocations WHERE event_id = ${eventId} AND state = 'held'
     GROUP BY buyer_id, type HAVING sum(quantity) > ${LIMIT}`;
  assert.deepEqual([...greedy], []);
}
