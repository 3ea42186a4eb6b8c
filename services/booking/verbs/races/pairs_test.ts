/**
 * Every pair of {reserve, confirm, cancel, expire, sweep, event cancelled, capacity changed} that can meet on one
 * booking or its event: in either order, and many times at once, in one process or two. What comes of it must be
 * one of the outcomes that `pairs.ts` lists; after each round seats, ledger, bookings and money add up.
 */
import assert from "node:assert/strict";
import { type Random, randomFrom, roundsOr, seedOfRun, times } from "@evently/shared/testing";
import { jittered } from "../../testing/jitter.ts";
import { RecordingProvider } from "../../testing/recording_provider.ts";
import { createWorld, type World } from "../../testing/world.ts";
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
/** Of a pair: one in each order, the rest at once. */
const ROUNDS = Math.max(roundsOr(8), 3);
/** Rounds that run at once, so that batches form and statements overlap. */
const AT_ONCE = 8;

for (const [one, pairs] of Map.groupBy(PAIRS, ({ pair }) => pair[0])) {
  Deno.test(`${one} against whatever else happens to a booking or its event`, async (t) => {
    await t.step(`seed ${SEED}`, async (t) => {
      const random = randomFrom(SEED);
      const payments = new RecordingProvider();
      await using world = await createWorld({
        payments: jittered(payments, random),
        adapt: ({ seats, store }) => ({
          seats: jittered(seats, random),
          store: jittered(store, random),
        }),
      });
      for (const pair of pairs) {
        await t.step(`against ${pair.pair[1]}, given ${pair.given}`, () => {
          return race(world, pair, random);
        });
      }
      await world.assertInvariants();
      await assertProviderAgrees(world, payments);
    });
  });
}

Deno.test("every pair is there", () => {
  const kinds = [...new Set(PAIRS.flatMap(({ pair }) => pair))];
  const known = new Set(PAIRS.map(({ pair }) => [...pair].sort().join(" against ")));
  for (const one of kinds) {
    for (const other of kinds) {
      const name = [one, other].sort().join(" against ");
      assert.ok(known.has(name), `${name} is missing`);
    }
  }
});

async function race(world: World, pair: Pair, random: Random): Promise<void> {
  const processes = [world, world.inAnotherProcess()] as const;
  const seen = new Map<string, number>();

  async function rounds(orders: readonly Order[]): Promise<void> {
    const arenas = await Promise.all(orders.map(() => setUp(world, pair)));
    const atItsEnd = approachEnd({ world, pair }, random);
    const answers = await Promise.all(orders.map((order, i) => {
      const where = { processes: pickProcesses(processes, random), order };
      return duel(pair, atItsEnd(arenas[i]!), where);
    }));
    await world.settle();
    await Promise.all(arenas.map(async (arena, i) => {
      const outcome = `${answers[i]}: ${await stateOf(arena)}`;
      assert.ok(pair.legal.includes(outcome), `illegal, ${orders[i]}: ${outcome}`);
      await world.assertInvariants(arena.eventId);
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    }));
    await letAllHoldsEnd(world);
    await Promise.all(arenas.map(({ eventId }) => assertNothingHeld(world, eventId)));
  }

  // The first who sweeps ends the holds of all rounds that run.
  const alone = pair.pair.includes("sweep");
  const orders: Order[] = ["one first", "other first"];
  if (alone) { for (const order of orders.splice(0)) await rounds([order]); }
  for (let left = ROUNDS - 2; left > 0; left -= AT_ONCE) {
    await rounds([
      ...orders.splice(0),
      ...times(Math.min(left, AT_ONCE), () => "at once" as const),
    ]);
  }
  if (Deno.env.has("TEST_ROUNDS")) tell(pair, seen);
}

async function assertNothingHeld(world: World, eventId: string): Promise<void> {
  const [inventory] = await world.eventsDb`
    SELECT held, set_aside FROM seat_inventory WHERE event_id = ${eventId}`;
  assert.deepEqual({ ...inventory }, { held: 0, set_aside: 0 }, "seats leaked");
  await world.assertInvariants(eventId);
}

/** What the provider took and gave back is what the payments say. */
async function assertProviderAgrees(world: World, payments: RecordingProvider): Promise<void> {
  const rows = await world.bookingsDb<{ transaction_id: string; refunded_minor: number }[]>`
    SELECT transaction_id, refunded_minor FROM payments WHERE status IN ('captured', 'refunded')`;
  const taken = rows.map(({ transaction_id }) => transaction_id);
  assert.deepEqual(payments.captured().toSorted(), taken.toSorted(), "money was taken in secret");
  assert.deepEqual(
    payments.refunds().toSorted((a, b) => a.transactionId.localeCompare(b.transactionId)),
    rows.filter(({ refunded_minor }) => refunded_minor > 0)
      .map(({ transaction_id, refunded_minor }) => ({
        transactionId: transaction_id,
        amount_minor: refunded_minor,
      }))
      .toSorted((a, b) => a.transactionId.localeCompare(b.transactionId)),
    "money went back that was not owed, or did not",
  );
}

/** For long runs, how often what came of it. */
function tell({ pair, given }: Pair, seen: ReadonlyMap<string, number>): void {
  const counts = [...seen].map(([outcome, count]) => `\n  ${count} × ${outcome}`).sort();
  const text = `${pair.join(" against ")}, given ${given}:${counts.join("")}\n`;
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}
