/**
 * Races every pair of operations on the pools, types and limits of one event, in one process and in two. Whatever the
 * timing, both answers and every row must be those of one after the other: the model runs both orders. Seats of each
 * pool are also recounted from allocations and ledger.
 */
import assert from "node:assert/strict";
import { inspect, isDeepStrictEqual } from "node:util";
import { type Pool, transaction } from "@evently/shared/postgres";
import {
  countBlockedSessions,
  type Random,
  randomFrom,
  roundsOr,
  seedOfRun,
} from "@evently/shared/testing";
import {
  assertInventoryAddsUp,
  assertPoolsAddUp,
  createEventWorld,
} from "../../../services/event/testing/world.ts";
import { rowsOfModel, rowsOfPostgres } from "../../conformance/seats/shop.ts";
import {
  type Arena,
  drawArena,
  modelArena,
  openArena,
  setStage,
  type Stage,
  verbsOf,
} from "./arena.ts";
import { CONTENDERS, type Move } from "./shop_contenders.ts";

const SEED = seedOfRun();
/** Rounds of a pair, in turns in one process and in two. */
const ROUNDS = Math.max(roundsOr(3), 2);
/** Probes until both contenders wait for the locked event or have ended. */
const MAX_PROBES = 2_000;
const NAMES = Object.keys(CONTENDERS);

/** Answers of both sides, and all rows afterwards. */
interface Outcome {
  answers: readonly [unknown, unknown];
  rows: ReturnType<typeof rowsOfModel>;
}

for (const [place, one] of NAMES.entries()) {
  Deno.test(`${one} against every concurrent operation on the pools, types and limits`, async (t) => {
    await using world = await createEventWorld();
    const stage = await setStage(world);
    for (const other of NAMES.slice(place)) {
      await t.step(`${other}, seed ${SEED}`, async () => {
        const random = randomFrom(SEED + NAMES.length * place + NAMES.indexOf(other));
        for (let round = 0; round < ROUNDS; round++) {
          await race(stage, { pair: [one, other], random, round });
        }
      });
    }
  });
}

async function race(
  stage: Stage,
  { pair, random, round }: { pair: readonly [string, string]; random: Random; round: number },
): Promise<void> {
  const { world, processes: [first, second] } = stage;
  const arena = drawArena(random, world.clock.now());
  await openArena(stage, arena);
  const [one, other] = pair.map((name) => CONTENDERS[name]!(random, arena)) as [Move, Move];
  const process = round % 2 === 0 ? first : second;
  const begin = [() => one.real(stage, first), () => other.real(stage, process)] as const;
  const order = random.pick(["at once", "both wait", "both wait"] as const);
  const answers = order === "at once"
    ? await Promise.all(begin.map((run) => run()))
    : await whileLocked(world.sql, { arena, begin });
  const rows = await rowsOfPostgres(world.sql, arena.eventId);
  const outcome = { answers: answers as [unknown, unknown], rows } as Outcome;
  const legal = [await inTurn(arena, [one, other], 0), await inTurn(arena, [one, other], 1)];
  if (!legal.some((expected) => isDeepStrictEqual(outcome, expected))) {
    assert.deepEqual(outcome, legal[0], inspect({ pair, round, order, arena }, { depth: 5 }));
  }
  await assertPoolsAddUp(world.sql, arena.eventId);
  await assertInventoryAddsUp(world.sql, arena.eventId);
  // A sweep ends the expired holds of all events; it must find those of its own round only.
  await verbsOf({ world, sql: world.sql, arena }).sweep();
}

/** Runs both on a model, one after the other. */
async function inTurn(
  arena: Arena,
  moves: readonly [Move, Move],
  first: 0 | 1,
): Promise<Outcome> {
  const shop = await modelArena(arena);
  const answers: unknown[] = [];
  for (const side of [first, 1 - first]) answers[side] = await moves[side]!.model(shop);
  return {
    answers: answers as [unknown, unknown],
    rows: rowsOfModel(shop.model, arena.eventId),
  };
}

/** Starts both while the event is locked, in any order, and frees it once both wait for it or have ended. */
async function whileLocked(
  sql: Pool,
  { arena: { eventId }, begin }: {
    arena: Arena;
    begin: readonly (() => Promise<unknown>)[];
  },
): Promise<unknown[]> {
  let ended = 0;
  const running = await transaction(sql, async (tx) => {
    await tx`SELECT FROM seat_inventory WHERE event_id = ${eventId} AND pool = 0 FOR UPDATE`;
    const started = begin.map((run) => run().finally(() => ended++));
    for (const run of started) run.catch(() => {});
    for (let probes = 0; probes < MAX_PROBES; probes++) {
      // Outside of the transaction, which sees one state of the activity only.
      if (await countBlockedSessions(sql) + ended >= begin.length) return started;
    }
    return assert.fail("the operations neither waited for the locked event nor ended");
  });
  return await Promise.all(running);
}
