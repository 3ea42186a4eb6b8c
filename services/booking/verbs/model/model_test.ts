/**
 * Random commands, one after the other, on the real services and on a reference in memory: they answer alike and
 * look alike after each. What fails is shrunk to the fewest commands, and printed with what replays it.
 */
import assert from "node:assert/strict";
import { roundsOr, seedOfRun } from "@evently/shared/testing";
import fc from "fast-check";
import { createWorld, type World } from "../../testing/world.ts";
import { expireDue } from "../expire_due.ts";
import { anyCommands, newUsers, type Real } from "./commands.ts";
import { Reference } from "./reference.ts";

const RUNS = roundsOr(20);
/** So that time can pass the hours at which refunds end, and the start. */
const STARTS_IN_MS = 26 * 3_600_000;
const MAX_OF_BOOKING = 4;
const MOST_SEATS = 8;

/** What leads to a failure again: fast-check's seed, its path, and which commands of it were run. */
interface Replay {
  seed: number;
  path?: string;
  replayPath?: string;
}

/** Runs in one world, each on an event of its own. */
async function check(world: World, { seed, path, replayPath }: Replay, runs: number) {
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: MOST_SEATS }),
    anyCommands(replayPath),
    async (capacity, commands) => {
      const beginning = { capacity, startsIn_ms: STARTS_IN_MS, max: MAX_OF_BOOKING };
      const eventId = await world.createEvent(beginning);
      const real: Real = { world, eventId, users: newUsers() };
      const model = new Reference({ ...beginning, now: world.clock.now() });
      await fc.asyncModelRun(() => ({ model, real }), commands);
      await expireDue(world.deps);
      await world.settle();
      await world.assertInvariants(eventId);
    },
  );
  return await fc.check(property, { seed, numRuns: runs, ...(path ? { path } : {}) });
}

type Outcome = Awaited<ReturnType<typeof check>>;

function replayOf({ seed, counterexample, counterexamplePath }: Outcome): Replay {
  const replayPath = /replayPath="([^"]*)"/.exec(String(counterexample?.[1]))?.[1];
  return {
    seed,
    ...(counterexamplePath ? { path: counterexamplePath } : {}),
    ...(replayPath ? { replayPath } : {}),
  };
}

function replayOfEnvironment(): Replay {
  const [path, replayPath] = [Deno.env.get("TEST_PATH"), Deno.env.get("TEST_REPLAY_PATH")];
  return { seed: seedOfRun(), ...(path ? { path } : {}), ...(replayPath ? { replayPath } : {}) };
}

function explain(outcome: Outcome): string {
  const { seed, path, replayPath } = replayOf(outcome);
  return `${outcome.numShrinks} times shrunk, to ${outcome.counterexample?.map(String)}\n` +
    `replay: TEST_SEED=${seed} TEST_PATH=${path} TEST_REPLAY_PATH=${replayPath}`;
}

Deno.test("whatever users and organisers do, one after the other, the services do as the reference", async (t) => {
  const replay = replayOfEnvironment();
  await t.step(`seed ${replay.seed}`, async () => {
    await using world = await createWorld();
    const outcome = await check(world, replay, RUNS);
    if (outcome.failed) throw new Error(explain(outcome), { cause: outcome.errorInstance });
  });
});

Deno.test("a service that keeps the money of who cancels is found, shrunk to its three commands, and replayed", async () => {
  await using world = await createWorld({
    adapt: ({ store }) => ({
      store: {
        ...store,
        cancelFrom: (input) => store.cancelFrom({ ...input, refund_percent: 0 }),
      },
    }),
  });
  const outcome = await check(world, { seed: 7 }, 100);
  assert.ok(outcome.failed, "it was not found");
  assert.match(
    explain(outcome),
    /to 1,reserve 1 [^,]*,confirm [^,]*,cancel [^,]*\nreplay: TEST_SEED=7 /,
  );
  const again = await check(world, replayOf(outcome), 1);
  assert.ok(again.failed, `not replayed by ${JSON.stringify(replayOf(outcome))}`);
  assert.equal(String(again.counterexample?.[1]), String(outcome.counterexample?.[1]));
});
