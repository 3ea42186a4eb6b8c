/** Organisers change types and pools while buyers hold, pay and let go: nothing is oversold and every sum agrees. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { type Random, randomFrom, roundsOr, seedOfRun, times } from "@evently/shared/testing";
import {
  assertInventoryAddsUp,
  assertPoolsAddUp,
  createEventWorld,
  createOffer,
  type EventWorld,
  exchange,
  HOLD_TTL_MS,
  type Offer,
} from "../testing/world.ts";

const BUYERS = 120;
const CHANGES = 30;
const CAPACITY = 60;
const PRICES = [500, 750, 1_000];

/** What an organiser may be told; anything else is a mistake of the platform. */
const EXPECTED = new Set([200, 201, 409]);

/** The types and pools of a round, and a way to call each of two processes. */
interface Round {
  world: EventWorld;
  offer: Offer;
  random: Random;
  types: string[];
  pools: string[];
  internal(path: string, body: unknown): Promise<ReturnType<typeof JSON.parse>>;
}

async function open(world: EventWorld, random: Random): Promise<Round> {
  const offer = await createOffer(world, { fields: { total_capacity: CAPACITY, base_price: 500 } });
  const shared = await offer.pool({ capacity: 25 });
  const second = await offer.pool({ name: "Balcony", capacity: 15 });
  const draw = [{ pool_id: shared.pool_id }];
  const types = [
    await offer.type({ name: "Early", pools: draw, max_per_buyer: 3 }),
    await offer.type({ name: "Family", gives: 4, pools: draw }),
    await offer.type({ name: "Balcony", capacity: 12, pools: [{ pool_id: second.pool_id }] }),
  ];
  const apps = [world.service.app, (await world.anotherProcess()).app];
  return {
    world,
    offer,
    random,
    types: [offer.eventId, ...types.map(({ ticket_type_id }) => ticket_type_id)],
    pools: [offer.eventId, shared.pool_id, second.pool_id],
    async internal(path, body) {
      const headers = { "X-API-Key": world.context.internalApiKey };
      const answer = await exchange(random.pick(apps), "POST", `/internal/seats/${path}`, {
        body,
        headers,
      });
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer.body.batches[0].results[0];
    },
  };
}

/** Holds tickets, then pays for them, lets them go, or keeps them held. */
async function buy({ world, offer, random, types, internal }: Round, buyers: string[]) {
  const allocationId = newId();
  const item = {
    allocation_id: allocationId,
    quantity: 1 + random.below(3),
    expires_at: new Date(world.clock.now().getTime() + HOLD_TTL_MS).toISOString(),
    ticket_type_id: random.pick(types),
    buyer_id: random.pick(buyers),
  };
  const { outcome } = await internal("hold", {
    batches: [{ event_id: offer.eventId, items: [item] }],
  });
  const next = random.pick(["commit", "release", undefined]);
  if (outcome !== "held" || next === undefined) return;
  await internal(next, { batches: [{ event_id: offer.eventId, allocation_ids: [allocationId] }] });
}

/** Changes something that buyers use right now; returns the answer's status. */
async function change({ offer, random, types, pools }: Round): Promise<number> {
  const type = `/ticket-types/${random.pick(types)}`;
  const pool = `/pools/${random.pick(pools)}`;
  const draws = pools.slice(1).filter(() => random.below(2) === 0)
    .map((poolId) => ({ pool_id: poolId, units: 1 + random.below(2) }));
  const requests: [method: string, path: string, body: unknown][] = [
    ["PUT", type, { status: random.pick(["paused", "active", "active"]) }],
    ["PUT", type, { price: random.pick(PRICES), gives: 1 + random.below(4) }],
    ["PUT", type, { pools: draws }],
    ["PUT", type, { capacity: random.pick([null, 1 + random.below(15)]) }],
    ["PUT", type, { max_per_buyer: random.pick([null, 1 + random.below(3)]) }],
    ["PUT", type, { position: random.below(4) }],
    ["PUT", pool, { capacity: 1 + random.below(CAPACITY) }],
    ["PUT", "", { max_held_per_user: random.pick([null, 2 + random.below(4)]) }],
    ["DELETE", type, undefined],
    ["DELETE", random.pick(pools.slice(1).map((id) => `/pools/${id}`)), undefined],
  ];
  const [method, path, body] = random.pick(requests);
  const answer = await offer.send(method, path, body);
  // A deleted pool and a deleted type are 404 from then on; a type that names such a pool is 400.
  const isGone = answer.status === 404 || answer.body.error?.includes("a pool of this event");
  assert.ok(
    EXPECTED.has(answer.status) || isGone,
    `${method} ${path} ${JSON.stringify(body)}: ${JSON.stringify(answer.body)}`,
  );
  return answer.status;
}

/** Asserts that limits count exactly what buyers have, and nothing is counted where there is no limit. */
async function assertLimitsAddUp({ world, offer }: Round): Promise<void> {
  const wrong = await world.sql`
    WITH taken AS (
      SELECT a.buyer_id, t.type, sum(a.quantity)::integer AS taken
        FROM seat_allocations a
        JOIN ticket_types t ON t.event_id = a.event_id AND t.type = a.type AND t.max_per_buyer IS NOT NULL
       WHERE a.event_id = ${offer.eventId} AND a.state IN ('held', 'sold')
       GROUP BY 1, 2
       UNION ALL
      SELECT a.buyer_id, -1, sum(a.quantity * coalesce(a.units[1], 1))::integer
        FROM seat_allocations a
        JOIN events e ON e.event_id = a.event_id AND e.max_held_per_user IS NOT NULL
       WHERE a.event_id = ${offer.eventId} AND a.state = 'held'
       GROUP BY 1
    )
    SELECT buyer_id, type, taken.taken AS should_be, b.taken
      FROM taken
      FULL JOIN (SELECT * FROM seat_buyers WHERE event_id = ${offer.eventId} AND taken > 0) AS b
     USING (buyer_id, type)
     WHERE coalesce(taken.taken, 0) <> coalesce(b.taken, 0)`;
  assert.deepEqual([...wrong], [], "the limits do not add up");
}

/** Asserts that the flag of the short path says what the types and limits say. */
async function assertPlainIsTrue({ world, offer }: Round): Promise<void> {
  const flag = () => world.sql`SELECT plain FROM seat_inventory WHERE event_id = ${offer.eventId}`;
  const before = await flag();
  await world.sql`SELECT refresh_plain(${offer.eventId})`;
  assert.deepEqual(await flag(), before);
}

Deno.test("types and pools change during a rush: nothing is oversold, all sums agree", async (t) => {
  const seed = seedOfRun();
  await using world = await createEventWorld();
  for (const number of times(roundsOr(4), (i) => i)) {
    await t.step(`round ${number}, TEST_SEED=${seed}`, async () => {
      const random = randomFrom(seed + number);
      const round = await open(world, random);
      const buyers = times(8, newId);
      const tasks = [
        ...times(BUYERS, () => () => buy(round, buyers)),
        ...times(CHANGES, () => () => change(round)),
      ];
      const order = tasks.map((task) => ({ task, at: random.below(1_000) }))
        .toSorted((a, b) => a.at - b.at);
      const results = await Promise.all(order.map(({ task }) => task()));

      assert.ok(results.includes(200), "no change went through");
      await assertPoolsAddUp(world.sql, round.offer.eventId);
      await assertInventoryAddsUp(world.sql, round.offer.eventId);
      await assertLimitsAddUp(round);
      await assertPlainIsTrue(round);
      const positions = (await round.offer.types()).map(({ position }) => position);
      assert.deepEqual(positions, times(positions.length, (i) => i));
    });
  }
});

Deno.test("types paused in a rush sell to the last seat again once they are active", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world, { fields: { total_capacity: 40 } });
  const { ticket_type_id: id } = await offer.type({ capacity: 30 });
  const pause = async (status: string) => (await offer.change(id, { status })).status;
  const rush = (count: number) => times(count, () => offer.tryHold(id));

  const outcomes = await Promise.all([
    ...rush(15),
    pause("paused"),
    ...rush(15),
    pause("active"),
    offer.change(id, { capacity: 20 }).catch(() => undefined),
    ...rush(15),
  ]);
  assert.ok(outcomes.every((outcome) => outcome !== "refused"));
  await offer.change(id, { status: "active", capacity: 30 });
  const rest = await Promise.all(rush(40));
  assert.ok(rest.every((outcome) => outcome === "held" || outcome === "seats"));
  const [, type] = await offer.types();
  assert.deepEqual([type!.held, type!.available, type!.state], [30, 0, "sold_out"]);
  await assertPoolsAddUp(world.sql, offer.eventId);
  await assertInventoryAddsUp(world.sql, offer.eventId);
});
