/**
 * Races every pair of {join, leave, offer, accept, take fewer, decline, lapse, close, reserve, release, capacity up and
 * down, type paused, list paused, price changed, event cancelled} on one waitlist and its event, in one process and in
 * two, as `openSite()` says: one second process serves the whole run. Whatever the timing: when all is quiet, seats,
 * ledger, entries, bookings, money and facts add up, nobody was served out of turn, no seat is in two offers, no public
 * hold took a seat that a waiter could use, and no seat is set aside when nobody waits.
 */
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { type Random, randomFrom, roundsOr, seedOfRun, times } from "@evently/shared/testing";
import { type Arena, drawPlan, openArena, type Plan } from "./arena.ts";
import { assertWaitlistAddsUp } from "./checks.ts";
import { type Contender, CONTENDERS, type Move } from "./contenders.ts";
import { assertNoneStolen } from "./public_holds.ts";
import { untilQuiet } from "./quiet.ts";
import { openSite, type Site } from "./site.ts";
import { ACTIVE, readWaitlist } from "./state.ts";

const SEED = seedOfRun();
/** Rounds of a pair, each in one process and in two. */
const ROUNDS = roundsOr(1);
/** Rounds that run at once, so that batches form and statements overlap. */
const AT_ONCE = 8;
/** One in this many rounds has both sides wait for each other at each call; no other duel runs beside such a one. */
const ONE_MEETS_IN = 4;
const NAMES = Object.keys(CONTENDERS) as Contender[];
/** These move the clock, which all rounds share, so theirs run alone. */
const MOVE_CLOCK: ReadonlySet<Contender> = new Set(["lapse", "close"]);
/** These change which types are sold, so that the ledger alone does not show what a waiter could have used. */
const CHANGE_TYPES: ReadonlySet<Contender> = new Set(["close", "type paused"]);

type Pair = readonly [Contender, Contender];
/** Both at once; with a meeting at each call, at the first of which the named side goes on alone; or in turn. */
type Order = "at once" | "one meets" | "other meets" | "one first" | "other first";

Deno.test("every pair of concurrent operations on a waitlist", async (t) => {
  await t.step(`seed ${SEED}`, async (t) => {
    await using site = await openSite(randomFrom(SEED));
    for (const [i, one] of NAMES.entries()) {
      for (const other of NAMES.slice(i)) {
        const random = randomFrom(SEED + NAMES.length * i + NAMES.indexOf(other));
        await t.step(`${one} against ${other}`, () => race(site, { pair: [one, other], random }));
      }
    }
  });
});

async function race(
  site: Site,
  { pair, random }: { pair: Pair; random: Random },
): Promise<void> {
  const seen = new Map<string, number>();
  const rounds = times(2 * ROUNDS, (n) => drawRound(pair, { random, n }));
  const atOnce = pair.some((side) => MOVE_CLOCK.has(side)) ? 1 : AT_ONCE;
  for (let begin = 0; begin < rounds.length; begin += atOnce) {
    await play(site, { rounds: rounds.slice(begin, begin + atOnce), random, seen });
  }
  if (Deno.env.has("TEST_ROUNDS")) printOutcomes(pair, seen);
}

/** A round, drawn before it begins. */
interface Round {
  pair: Pair;
  plan: Plan;
  order: Order;
  isInTwo: boolean;
}

function meets({ order }: Round): boolean {
  return order.endsWith("meets");
}

function drawRound(pair: Pair, { random, n }: { random: Random; n: number }): Round {
  const turns: readonly Order[] = random.below(ONE_MEETS_IN) === 0
    ? ["one meets", "other meets"]
    : ["at once", "at once", "at once", "one first", "other first"];
  return { pair, plan: drawPlan(random), order: random.pick(turns), isInTwo: n % 2 === 1 };
}

/** Plays rounds at once, each on an event of its own, and checks all. */
async function play(
  site: Site,
  { rounds, random, seen }: {
    rounds: readonly Round[];
    random: Random;
    seen: Map<string, number>;
  },
): Promise<void> {
  const arenas = await Promise.all(rounds.map(({ plan }) => openArena(site, plan)));
  const answers = new Map<number, [string, string]>();
  const duels = rounds.map((round, i) => {
    const [one, other] = round.pair.map((name) => CONTENDERS[name](random, arenas[i]!));
    return async () => answers.set(i, await duel(site, round, [one!, other!]));
  });
  await Promise.all(duels.filter((_, i) => !meets(rounds[i]!)).map((begin) => begin()));
  for (const begin of duels.filter((_, i) => meets(rounds[i]!))) await begin();
  const eventIds = arenas.map(({ eventId }) => eventId);
  await untilQuiet(site, eventIds);
  await site.collectNotes();
  await Promise.all(rounds.map(async (round, i) => {
    const arena = arenas[i]!;
    try {
      const statuses = await check(site, round, arena);
      const outcome = `${answers.get(i)!.join(", ")}: ${statuses}`;
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    } catch (error) {
      throw new Error(inspect({ round, arena, answers: answers.get(i) }, { depth: 5 }), {
        cause: error,
      });
    }
  }));
  await Promise.all(
    arenas.map(({ eventId }) => site.world.organiser.cancelEvent(eventId).catch(() => {})),
  );
  await untilQuiet(site, eventIds);
  await Promise.all(arenas.map((arena) => checkNobodyWaits(site, arena)));
}

/** Runs both sides, each in its process; returns their answers. */
async function duel(
  site: Site,
  { order, isInTwo }: Round,
  [one, other]: readonly [Move, Move],
): Promise<[string, string]> {
  const [first, second] = site.places;
  const begin = [() => one(site, first), () => other(site, isInTwo ? second : first)] as const;
  switch (order) {
    case "at once":
      return await Promise.all([begin[0](), begin[1]()]);
    case "one first":
      return [await begin[0](), await begin[1]()];
    case "other first": {
      const late = await begin[1]();
      return [await begin[0](), late];
    }
    default: {
      const [early, late] = await site.meeting.run(begin, { first: order === "one meets" ? 0 : 1 });
      return [answerOf(early!), answerOf(late!)];
    }
  }
}

function answerOf(outcome: PromiseSettledResult<string>): string {
  if (outcome.status === "rejected") throw outcome.reason;
  return outcome.value;
}

/** Checks an event at rest; returns the statuses of its entries by place. */
async function check(
  { world, witness }: Site,
  { pair }: Round,
  { eventId, early, owned }: Arena,
): Promise<string> {
  const now = world.clock.now();
  await world.assertInvariants(eventId);
  const state = await readWaitlist(world, { eventId, now });
  assertWaitlistAddsUp(state, { now, early });
  if (!pair.some((side) => CHANGE_TYPES.has(side))) {
    const allocationIds = state.allocations.filter(({ allocationId, source }) =>
      source === "public" && !owned.has(allocationId)
    ).map(({ allocationId }) => allocationId);
    await assertNoneStolen(world.eventsDb, { eventId, types: state.types, witness, allocationIds });
  }
  return state.entries.map(({ status }) => status).join(" ");
}

/** After the event was cancelled nobody waits, and no seat is held or set aside. */
async function checkNobodyWaits({ world }: Site, { eventId, early }: Arena): Promise<void> {
  const now = world.clock.now();
  await world.assertInvariants(eventId);
  const state = await readWaitlist(world, { eventId, now });
  assertWaitlistAddsUp(state, { now, early });
  assert.deepEqual(state.entries.filter(({ status }) => ACTIVE.has(status)), []);
  for (const { held, setAside } of state.pools) assert.deepEqual([held, setAside], [0, 0]);
}

/** Prints how often each outcome occurred, for long runs. */
function printOutcomes(pair: Pair, seen: ReadonlyMap<string, number>): void {
  const counts = [...seen].map(([outcome, count]) => `\n  ${count} × ${outcome}`).sort();
  const text = `${pair.join(" against ")}: ${counts.length} outcomes${counts.join("")}\n`;
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}
