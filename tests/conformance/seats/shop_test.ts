/** Pools, ticket types, orders with lines and limits a buyer, on PostgreSQL and on the model in lockstep. */
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { newId } from "@evently/shared/ids";
import { type Random, randomFrom, roundsOr, seedOfRun } from "@evently/shared/testing";
import { assertInventoryAddsUp, createEventWorld } from "../../../services/event/testing/world.ts";
import { assertAvailableIsHoldable } from "./availability.ts";
import { modelShop, realShop, rowsOfModel, rowsOfPostgres } from "./shop.ts";
import { assertSetAside } from "./set_aside.ts";
import { openShop, SHOP_CASES } from "./shop_cases.ts";
import { castOf, openingOf, type Operation, randomOperation } from "./shop_histories.ts";
import { WAITLIST_CASES } from "./waitlist_cases.ts";

const OPERATIONS = roundsOr(900);
/** Few enough that the organiser's token does not expire. */
const OPERATIONS_PER_WORLD = 300;
/** What is available is tried after each of so many operations. */
const TRIED_EVERY = 6;
const CAPACITY = 24;
const CASE_CAPACITY = 20;
const LONGEST_STEP_MS = 1_400;

/** Reasons of refusals, and types that can be held or not: all must occur. */
const EXPECTED = [
  ...["buyer_limit", "key_reused", "max", "min", "not_on_sale", "seats", "waitlist"],
  ...["available", "unavailable"],
  ...["waits", "too_many", "no_such_type", "closed", "public hold beside a list"],
];

Deno.test("PostgreSQL and the model give every guarantee of pools, types and limits", async (t) => {
  await using world = await createEventWorld();
  for (const [name, run] of Object.entries({ ...SHOP_CASES, ...WAITLIST_CASES })) {
    await t.step(name, async () => {
      const [real, now] = [await realShop(world, CASE_CAPACITY), world.clock.now()];
      const opened = await openShop(real, { eventId: real.eventId, now });
      await assert.doesNotReject(() => run(opened));
      await assertSetAside(world.sql, real.eventId);
      await assertInventoryAddsUp(world.sql, real.eventId);
      const eventId = newId();
      const modelled = modelShop({ now, eventId, capacity: CASE_CAPACITY });
      await run(await openShop(modelled, { eventId, now }));
    });
  }
  await assertInventoryAddsUp(world.sql);
});

Deno.test("pools, types and limits of the model are those of PostgreSQL", async (t) => {
  const seed = seedOfRun();
  await t.step(`seed ${seed}`, async () => {
    const random = randomFrom(seed);
    const seen = new Set<string>();
    for (let done = 0; done < OPERATIONS; done += OPERATIONS_PER_WORLD) {
      const isPlain = done / OPERATIONS_PER_WORLD % 3 === 1;
      await compareInOneWorld(random, { isPlain, seen });
    }
    assert.deepEqual(EXPECTED.filter((what) => !seen.has(what)), [], "what never came");
  });
});

/** @param seen gets the reasons of refusals, and whether types were available */
async function compareInOneWorld(
  random: Random,
  { isPlain, seen }: { isPlain: boolean; seen: Set<string> },
): Promise<void> {
  await using world = await createEventWorld();
  const real = await realShop(world, CAPACITY);
  const { eventId } = real;
  const modelled = modelShop({ now: world.clock.now(), eventId, capacity: CAPACITY });
  const cast = castOf(eventId, { model: modelled.model, isPlain });
  const opening = openingOf(cast);
  let bundles = new Map<number, number>();
  for (let i = 0; i < OPERATIONS_PER_WORLD; i++) {
    const operation = opening[i] ?? randomOperation(random, cast, world.clock.now());
    const actual = await operation.run(modelled);
    const expected = await operation.run(real).catch((error) => {
      return assert.fail(`${error}: ${inspect({ place: i, ...operation }, { depth: 5 })}`);
    });
    assertEqualAnswers(actual, expected, { place: i, ...operation });
    for (const result of resultsOf(expected)) {
      if (typeof result === "string") seen.add(result);
      else if (result.refusal) seen.add(result.refusal.reason);
    }
    if ((expected as { closed?: [] } | undefined)?.closed?.length) seen.add("closed");
    const after = await assertSetAside(world.sql, eventId);
    if (isPublicHold(operation)) {
      assert.deepEqual(after, bundles, `${i}: a public hold took what those who wait could use`);
      if (after.size > 0) seen.add("public hold beside a list");
    }
    bundles = after;
    if (i % TRIED_EVERY === 0) {
      const { available, unavailable } = await assertAvailableIsHoldable(world, eventId);
      if (available > 0) seen.add("available");
      if (unavailable > 0) seen.add("unavailable");
    }
    const byMs = random.below(LONGEST_STEP_MS);
    for (const shop of [real, modelled]) shop.advance(byMs);
  }
  assert.deepEqual(
    rowsOfModel(modelled.model, eventId),
    await rowsOfPostgres(world.sql, eventId),
  );
  await assertInventoryAddsUp(world.sql);
}

function assertEqualAnswers(actual: unknown, expected: unknown, operation: object): void {
  try {
    assert.deepEqual(actual, expected);
  } catch (error) {
    const { message } = error as Error;
    throw new assert.AssertionError({ message: `${inspect(operation, { depth: 5 })}\n${message}` });
  }
}

/** Whether an operation can only hold what is on public sale; one that holds again first releases. */
function isPublicHold({ verb, input: [, options] }: Operation): boolean {
  const { source, revive } = (options ?? {}) as { source?: string; revive?: boolean };
  return verb === "hold" && source === "public" && !revive;
}

function resultsOf(answer: unknown): (string | { refusal?: { reason: string } })[] {
  return (answer as { results?: [] } | undefined)?.results ?? [];
}
