/** A batch over several events runs in one transaction; each event gets the answer that it would get alone. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { randomFrom, roundsOr, seedOfRun, times } from "@evently/shared/testing";
import {
  assertInventoryAddsUp,
  countSeats,
  createEventWorld,
  type EventWorld,
  exchange,
  HOLD_TTL_MS,
  type Json,
  outcomes,
  seatsOf,
} from "../testing/world.ts";

const CAPACITY = 10;
/** Requests that run at the same time. */
const AT_ONCE = 40;

/** Events on sale, in the order of their ids. */
async function eventsOnSale(world: EventWorld, count: number): Promise<string[]> {
  const fields = { total_capacity: CAPACITY };
  const events = await Promise.all(times(count, () => world.event({ fields })));
  return events.map(({ event_id }) => event_id).sort();
}

/** Holds of one allocation each. */
function holdsOf(world: EventWorld, wishes: [eventId: string, quantity: number, id?: string][]) {
  const expiresAt = new Date(world.clock.now().getTime() + HOLD_TTL_MS).toISOString();
  return wishes.map(([eventId, quantity, allocationId = newId()]) => ({
    event_id: eventId,
    items: [{ allocation_id: allocationId, quantity, expires_at: expiresAt }],
  }));
}

async function send(world: EventWorld, verb: string, batches: unknown[]): Promise<Json[]> {
  const { status, body } = await world.internal("POST", `/seats/${verb}`, { batches });
  assert.equal(status, 200, JSON.stringify(body));
  return body.batches;
}

Deno.test("batches of several events are answered in the order of the request", async () => {
  await using world = await createEventWorld();
  const [first, second, last] = await eventsOnSale(world, 3) as [string, string, string];
  const [id, other] = [newId(), newId()];
  await seatsOf(world, second).held(9);

  const wishes: [string, number, string?][] = [
    [last, 4, id],
    [newId(), 1],
    [second, 2],
    [first, 10, other],
    [last, 6],
    [last, 1],
  ];
  const held = await send(world, "hold", holdsOf(world, wishes));

  const outcomesOf = (answers: Json[]) => answers.map((answer) => outcomes(answer)[0]);
  assert.deepEqual(outcomesOf(held), ["held", "refused", "refused", "held", "held", "refused"]);
  assert.deepEqual(held.map(({ available_seats }) => available_seats), [6, 0, 1, 0, 0, 0]);
  assert.deepEqual(held.map(({ seq }) => seq), [1, 0, 1, 1, 2, 2]);
  assert.deepEqual(held.map(({ event }) => event.on_sale), [true, false, true, true, true, true]);

  const named = [[last, id], [newId(), id], [first, other], [second, id]]
    .map(([eventId, id]) => ({ event_id: eventId, allocation_ids: [id] }));
  const sold = await send(world, "commit", named);
  assert.deepEqual(outcomesOf(sold), ["committed", "refused", "committed", "refused"]);
  const released = await send(world, "release", named);
  assert.deepEqual(outcomesOf(released), ["released", "unchanged", "released", "unchanged"]);
  assert.deepEqual(await countSeats(world.sql, last), {
    available: 4,
    held: 6,
    sold: 0,
    set_aside: 0,
  });
  await assertInventoryAddsUp(world.sql);
});

Deno.test("a batch holds seats of several events again, each at its own price", async () => {
  await using world = await createEventWorld();
  const [first, second, last] = await eventsOnSale(world, 3) as [string, string, string];
  const [cheap, dear, todays] = [newId(), newId(), newId()];
  const wishes: [string, number, string][] = [[last, 1, cheap], [first, 1, dear], [
    second,
    1,
    todays,
  ]];
  await send(
    world,
    "release",
    (await send(world, "hold", holdsOf(world, wishes))).map((_, i) => {
      const [eventId, , id] = wishes[i]!;
      return { event_id: eventId, allocation_ids: [id] };
    }),
  );
  const priced = holdsOf(world, wishes).map((batch, i) => {
    const unitPrice = [7, 9_999_900][i];
    const [item] = batch.items;
    return { ...batch, items: [unitPrice ? { ...item, unit_price_minor: unitPrice } : item] };
  });

  const { body: { batches } } = await world.internal("POST", "/seats/hold", {
    revive: true,
    batches: priced,
  });

  assert.deepEqual(batches.flatMap((batch: Json) => outcomes(batch)), ["held", "held", "held"]);
  const again = await send(world, "hold", holdsOf(world, wishes));
  const prices = again.map(({ results: [result] }) => result.unit_price_minor);
  assert.deepEqual(prices, [7, 9_999_900, 149_950]);
  await assertInventoryAddsUp(world.sql);
});

Deno.test("concurrent batches of two processes oversell no event", async (t) => {
  const seed = seedOfRun();
  await t.step(`seed ${seed}`, async () => {
    await using world = await createEventWorld();
    const processes = [world.service, await world.anotherProcess()];
    const random = randomFrom(seed);
    const events = await eventsOnSale(world, 6);
    const sold = new Map(events.map((eventId) => [eventId, 0]));
    const seen = new Set<string>();

    async function send(verb: string, batches: unknown[]): Promise<string[]> {
      const { status, body } = await exchange(
        random.pick(processes).app,
        "POST",
        `/internal/seats/${verb}`,
        { headers: { "X-API-Key": world.context.internalApiKey }, body: { batches } },
      );
      assert.equal(status, 200, JSON.stringify(body));
      return body.batches.map((answer: Json) => outcomes(answer)[0]);
    }

    async function round(): Promise<void> {
      const wishes = times(5, () => [random.pick(events), 1 + random.below(3)] as [string, number]);
      const batches = holdsOf(world, wishes);
      const held = await send("hold", batches);
      const isCommit = random.below(2) === 0;
      const ended = await send(
        isCommit ? "commit" : "release",
        batches.map(({ event_id, items: [item] }) => ({
          event_id,
          allocation_ids: [item!.allocation_id],
        })),
      );
      const [done, undone] = isCommit ? ["committed", "refused"] : ["released", "unchanged"];
      assert.deepEqual(ended, held.map((outcome) => outcome === "held" ? done : undone));
      for (const outcome of held) seen.add(outcome);
      wishes.forEach(([eventId, quantity], i) => {
        if (ended[i] === "committed") sold.set(eventId, sold.get(eventId)! + quantity);
      });
    }

    for (let left = roundsOr(AT_ONCE); left > 0; left -= AT_ONCE) {
      await Promise.all(times(Math.min(left, AT_ONCE), round));
    }

    assert.deepEqual([...seen].sort(), ["held", "refused"]);
    for (const [eventId, seats] of sold) {
      assert.deepEqual(await countSeats(world.sql, eventId), {
        available: CAPACITY - seats,
        held: 0,
        sold: seats,
        set_aside: 0,
      });
    }
    await assertInventoryAddsUp(world.sql);
  });
});
