/**
 * Races every pair of {reserve, confirm, cancel, expire, extend, sweep, event cancelled, capacity changed, block} on one
 * booking of one or two ticket types, or its event: in either order and concurrently, in one process or two. The outcome
 * must be one that `pairs.ts` lists; after each round seats, ledger, bookings and money add up.
 */
import assert from "node:assert/strict";
import { type Random, randomFrom, roundsOr, seedOfRun, times } from "@evently/shared/testing";
import { jittered } from "./jitter.ts";
import { Meeting } from "./meeting.ts";
import { RecordingProvider } from "../../../services/booking/testing/recording_provider.ts";
import { createWorld, type World } from "../../../services/booking/testing/world.ts";
import { expireDue } from "../../../services/booking/orders/expire_due.ts";
import { CONTENDERS } from "./contenders.ts";
import { type Pair, PAIRS } from "./pairs.ts";
import {
  approachEnd,
  duel,
  letAllHoldsEnd,
  type Order,
  pickProcesses,
  setUp,
  stateOf,
} from "./round.ts";

const SEED = seedOfRun();
/** Rounds per pair: at least one in each order; the others are concurrent. */
const ROUNDS = Math.max(roundsOr(8), 4);
/** Rounds that run at once, so that batches form and statements overlap. */
const AT_ONCE = 8;
/** The hold ended before its booking was inserted: it has no seats, and the next expiry ends it. */
const EXPIRED_AT_INSERT = "pending, unpaid, 2 free";

for (const [one, pairs] of Map.groupBy(PAIRS, ({ pair }) => pair[0])) {
  Deno.test(`${one} against every concurrent operation on a booking or its event`, async (t) => {
    await t.step(`seed ${SEED}`, async (t) => {
      const random = randomFrom(SEED);
      const payments = new RecordingProvider();
      const meeting = new Meeting(random);
      const contended = <Seam extends object>(seam: Seam) => meeting.seam(jittered(seam, random));
      await using world = await createWorld({
        payments: contended(payments),
        adapt: ({ seats, store, outboxStore, holds, unpaidHolds }) => ({
          seats: contended(seats),
          store: contended(store),
          outboxStore: contended(outboxStore),
          holds: contended(holds),
          unpaidHolds: contended(unpaidHolds),
        }),
      });
      for (const pair of pairs) {
        await t.step(`against ${pair.pair[1]}, given ${pair.given}`, () => {
          return race({ world, meeting }, { pair, random });
        });
      }
      await world.assertInvariants();
      await assertProviderAgrees(world, payments);
    });
  });
}

Deno.test("PAIRS lists every pair of contenders, including each with itself", () => {
  const known = new Set(PAIRS.map(({ pair }) => pair.toSorted().join(" against ")));
  const missing = CONTENDERS.flatMap((one, i) =>
    CONTENDERS.slice(i).map((other) => [one, other].toSorted().join(" against "))
  ).filter((name) => !known.has(name));
  assert.deepEqual(missing, []);
});

async function race(
  { world, meeting }: { world: World; meeting: Meeting },
  { pair, random }: { pair: Pair; random: Random },
): Promise<void> {
  const processes = [world, world.inAnotherProcess()] as const;
  const seen = new Map<string, number>();
  /** Pairs of rounds have bookings of one type and of two in turns, so that each has both orders. */
  let done = 0;

  async function rounds(orders: readonly Order[]): Promise<void> {
    const arenas = await Promise.all(orders.map(() => {
      const types = done++ % 4 < 2 ? 1 : 2;
      return setUp({ world, meeting }, { pair, types });
    }));
    const atHoldEnd = approachEnd({ world, pair }, random);
    const answers = await Promise.all(orders.map((order, i) => {
      const where = { processes: pickProcesses(processes, random), order };
      return duel(pair, atHoldEnd(arenas[i]!), where);
    }));
    await world.settle();
    await Promise.all(arenas.map(async (arena, i) => {
      const state = await stateOf(arena);
      const outcome = `${answers[i]}: ${state}`;
      assert.ok(pair.legal.includes(outcome), `illegal outcome, order ${orders[i]}: ${outcome}`);
      if (pair.free === 0 && state === EXPIRED_AT_INSERT) {
        await expireDue(world.deps);
        await world.settle();
      }
      await world.assertInvariants(arena.eventId);
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    }));
    await letAllHoldsEnd(world);
    await Promise.all(arenas.map(({ eventId }) => assertNothingHeld(world, eventId)));
  }

  const before = structuredClone(meeting.counts);
  if (pair.pair.includes("sweep")) {
    // A sweep ends the holds of all rounds in progress, so each round runs alone.
    const orders: Order[] = ["one meets", "other meets", "one first", "other first"];
    for (let round = 0; round < ROUNDS; round++) {
      await rounds([orders.shift() ?? random.pick(["one meets", "other meets"])]);
    }
    assertMet(meeting, before);
  } else {
    const orders: Order[] = ["one first", "other first"];
    for (let left = ROUNDS - 2; left > 0; left -= AT_ONCE) {
      await rounds([
        ...orders.splice(0),
        ...times(Math.min(left, AT_ONCE), () => "at once" as const),
      ]);
    }
  }
  if (Deno.env.has("TEST_ROUNDS")) printOutcomes(pair, seen, since(meeting, before));
}

/** Asserts that both orders were provoked: each side continued alone at least once while the other waited. */
function assertMet(meeting: Meeting, before: Meeting["counts"]): void {
  const { alone } = since(meeting, before);
  assert.ok(
    alone[0] > 0 && alone[1] > 0,
    `one went first ${alone[0]} times, the other ${alone[1]}`,
  );
}

function since({ counts }: Meeting, before: Meeting["counts"]): Meeting["counts"] {
  const [one, other] = counts.alone;
  return {
    met: counts.met - before.met,
    alone: [one - before.alone[0], other - before.alone[1]],
  };
}

async function assertNothingHeld(world: World, eventId: string): Promise<void> {
  const [inventory] = await world.eventsDb`
    SELECT held, set_aside FROM seat_inventory WHERE event_id = ${eventId}`;
  assert.deepEqual({ ...inventory }, { held: 0, set_aside: 0 }, "seats leaked");
  await world.assertInvariants(eventId);
}

/** Asserts that the provider's captures and refunds equal the payments table. */
async function assertProviderAgrees(world: World, payments: RecordingProvider): Promise<void> {
  const rows = await world.bookingsDb<{ transaction_id: string; refunded_minor: number }[]>`
    SELECT transaction_id, refunded_minor FROM payments WHERE status IN ('captured', 'refunded')`;
  const taken = rows.map(({ transaction_id }) => transaction_id);
  assert.deepEqual(
    payments.captured().toSorted(),
    taken.toSorted(),
    "captures of the provider must equal the payments",
  );
  assert.deepEqual(
    payments.refunds().toSorted((a, b) => a.transactionId.localeCompare(b.transactionId)),
    rows.filter(({ refunded_minor }) => refunded_minor > 0)
      .map(({ transaction_id, refunded_minor }) => ({
        transactionId: transaction_id,
        amountMinor: refunded_minor,
      }))
      .toSorted((a, b) => a.transactionId.localeCompare(b.transactionId)),
    "refunds of the provider must equal the payments",
  );
}

/** Prints how often each outcome occurred, for long runs. */
function printOutcomes(
  { pair, given }: Pair,
  seen: ReadonlyMap<string, number>,
  { met, alone }: Meeting["counts"],
): void {
  const counts = [...seen].map(([outcome, count]) => `\n  ${count} × ${outcome}`).sort();
  const meetings = met === 0
    ? ""
    : ` met ${met} times, went on alone: the one ${alone[0]}, the other ${alone[1]}`;
  const text = `${pair.join(" against ")}, given ${given}:${meetings}${counts.join("")}\n`;
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}
