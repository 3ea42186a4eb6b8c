/**
 * Races a webhook, another confirmation and another card with all that can happen to a booking whose payment waits for
 * its buyer or its provider, and with each other: in either order and concurrently, in one process or two. After each
 * round seats, bookings, payments and the provider's books add up; in the end every payment has ended.
 */
import assert from "node:assert/strict";
import { type Random, randomFrom, roundsOr, seedOfRun, times } from "@evently/shared/testing";
import { confirmBooking } from "../../../services/booking/orders/confirm_booking.ts";
import { createWorld, type Process, type World } from "../../../services/booking/testing/world.ts";
import { BookkeepingProvider, VERDICTS } from "./bookkeeping_provider.ts";
import { answerOf, type Contender } from "./contenders.ts";
import { jittered } from "./jitter.ts";
import { Meeting } from "./meeting.ts";
import {
  contendForPayment,
  type Opponent,
  OPPONENTS,
  PAYMENT_CONTENDERS,
  type PaymentArena,
  type PaymentContender,
  WAITING_TOKENS,
} from "./payment_contenders.ts";
import { letAllHoldsEnd, type Order, pickProcesses, settled, setUp } from "./round.ts";

const SEED = seedOfRun();
/** Rounds per pair: at least one in each order; the others are concurrent. */
const ROUNDS = Math.max(roundsOr(8), 4);
/** Rounds that run at once, so that batches form and statements overlap. */
const AT_ONCE = 8;
/** Sweeps begin at the end of the hold, at the end of the event service's grace, or later. */
const AFTER_HOLD_MS = [0, 30_000, 31_000];
/** A late payment is looked at until its old seats are released: more looks than it needs. */
const MAX_LOOKS = 4;
/** Longer than the first retry of a look, and shorter than the time after which a silent provider is asked. */
const LOOKED_AFTER_MS = 30_000;
/** The provider tells nothing before a payment's end, or had decided it before the contenders begin. */
const IS_DECIDED_BEFORE = [true, false];

/** In which a payment waits. */
const STATES = ["requires_action", "processing"] as const;

type Duel = readonly [PaymentContender, Opponent];

interface Stage {
  world: World;
  meeting: Meeting;
  payments: BookkeepingProvider;
  processes: readonly [Process, Process];
  random: Random;
}

for (const [i, one] of PAYMENT_CONTENDERS.entries()) {
  Deno.test(`${one} against what happens to a booking whose payment waits`, async (t) => {
    await t.step(`seed ${SEED}`, async (t) => {
      await using stage = await openStage();
      for (const other of [...OPPONENTS, ...PAYMENT_CONTENDERS.slice(i)]) {
        await t.step(`against ${other}`, () => race(stage, [one, other]));
      }
    });
  });
}

Deno.test("a webhook is not lost that comes while a driver has the answer before it", async () => {
  await using stage = await openStage();
  const { world, payments } = stage;
  for (const state of STATES) {
    const arena = await waitingPayment(stage, ["webhook", "confirm again"], {
      types: 1,
      state,
    });
    payments.beforeAnswer = async () => {
      payments.beforeAnswer = () => Promise.resolve();
      await contendForPayment("webhook", stage.processes[1], { ...arena, verdict: "authorised" });
    };
    await contendForPayment("confirm again", world, arena);
    world.clock.advance(LOOKED_AFTER_MS);
    await world.settle();
    assert.equal(await assertMoneyAddsUp(arena), "confirmed, captured");
  }
});

async function openStage(): Promise<Stage & AsyncDisposable> {
  const random = randomFrom(SEED);
  const payments = new BookkeepingProvider();
  const meeting = new Meeting(random);
  const contended = <Seam extends object>(seam: Seam) => meeting.seam(jittered(seam, random));
  const world = await createWorld({
    payments: contended(payments),
    adapt: ({ seats, store, outboxStore, holds, unpaidHolds }) => ({
      seats: contended(seats),
      store: contended(store),
      outboxStore: contended(outboxStore),
      holds: contended(holds),
      unpaidHolds: contended(unpaidHolds),
    }),
  });
  const processes = [world, world.inAnotherProcess()] as const;
  for (const { deps } of processes) deps.paymentStore = contended(deps.paymentStore);
  const dispose = { [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
  return { world, meeting, payments, processes, random, ...dispose };
}

async function race(stage: Stage, duel: Duel): Promise<void> {
  const { random, world } = stage;
  const seen = new Map<string, number>();
  let done = 0;

  async function rounds(orders: readonly Order[]): Promise<void> {
    const arenas = await Promise.all(orders.map(() => {
      const state = random.pick(STATES);
      return waitingPayment(stage, duel, { types: done++ % 4 < 2 ? 1 : 2, state });
    }));
    if (duel.includes("sweep")) approachEnd(stage, arenas);
    const answers = await Promise.all(
      orders.map((order, n) => fight(stage, duel, { arena: arenas[n]!, order })),
    );
    await world.settle();
    await Promise.all(arenas.map((arena, n) => {
      const { token, verdict } = arena;
      return explained(`${orders[n]}, ${token}, ${verdict}: ${answers[n]}`, async () => {
        await world.assertInvariants(arena.eventId);
        const state = await assertMoneyAddsUp(arena);
        if (duel.includes("block")) await assertSpared(arena);
        const outcome = `${answers[n]}: ${state}`;
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      });
    }));
    if (duel.includes("webhook")) {
      world.clock.advance(LOOKED_AFTER_MS);
      await world.settle();
      await Promise.all(arenas.map((arena, n) => {
        const { token, verdict } = arena;
        return explained(`${orders[n]}, ${token}, ${verdict}: ${answers[n]}, told`, () => {
          return assertHeard(arena);
        });
      }));
    }
    await endAll(world, arenas);
    await Promise.all(arenas.map((arena, n) => {
      const { token, verdict } = arena;
      return explained(`${orders[n]}, ${token}, ${verdict}: ${answers[n]}, in the end`, () => {
        return assertEnded(arena);
      });
    }));
  }

  if (duel.includes("sweep") || duel.includes("webhook")) {
    // A sweep ends the holds of all rounds in progress, and a webhook comes between any two steps of the other: each
    // round runs alone.
    const orders: Order[] = ["one meets", "other meets", "one first", "other first"];
    for (let round = 0; round < ROUNDS; round++) {
      await rounds([orders.shift() ?? random.pick(["one meets", "other meets"])]);
    }
  } else {
    const orders: Order[] = ["one first", "other first"];
    for (let left = ROUNDS - 2; left > 0; left -= AT_ONCE) {
      const atOnce = times(Math.min(left, AT_ONCE), () => "at once" as const);
      await rounds([...orders.splice(0), ...atOnce]);
    }
  }
  if (Deno.env.has("TEST_ROUNDS")) printOutcomes(duel, seen);
}

/** An event that a booking fills, whose payment waits. */
async function waitingPayment(
  { world, meeting, payments, random }: Stage,
  [one, other]: Duel,
  { types, state }: { types: 1 | 2; state: typeof STATES[number] },
): Promise<PaymentArena> {
  const isCancelled = other === "event cancelled";
  const pair: [Contender, Contender] = ["confirm", isCancelled ? other : "confirm"];
  const given = { pair, given: "pending", free: 0, capacity: 1, legal: [] } as const;
  const arena = await setUp({ world, meeting }, { pair: given, types });
  const { bookingId, userId } = arena;
  const token = WAITING_TOKENS[state];
  const input = { bookingId, userId, method: "card", token };
  assert.equal((await confirmBooking(world.deps, input)).status, state);
  const known = await world.store.findWithPayment(bookingId);
  const { paymentId } = known!.payment!;
  const verdict = random.pick(VERDICTS);
  const isDecided = one !== "webhook" && other !== "webhook" && random.pick(IS_DECIDED_BEFORE);
  if (isDecided) payments.decide(paymentId, verdict);
  return { ...arena, payments, paymentId, token, verdict, end: known!.booking.expiresAt };
}

/** Advances the clock to just before the hold of the only arena ends. */
function approachEnd({ world, random }: Stage, [arena]: PaymentArena[]): void {
  const endMs = arena!.end.getTime();
  world.clock.set(new Date(endMs - 1));
  arena!.end = new Date(endMs + random.pick(AFTER_HOLD_MS));
}

/** Runs both contenders, each in its process; returns their answers. */
async function fight(
  { processes, meeting, random }: Stage,
  [one, other]: Duel,
  { arena, order }: { arena: PaymentArena; order: Order },
): Promise<string> {
  const [first, second] = pickProcesses(processes, random);
  const begin = [
    () => contendForPayment(one, first, arena),
    () => contendForPayment(other, second, arena),
  ] as const;
  const answers = await settled(begin, { order, meeting });
  return answers.map(answerOf).join(", ");
}

interface MoneyRow {
  status: string;
  total_minor: number;
  is_held: boolean;
  payment_id: string;
  payment: string;
  refunded_minor: number;
}

function rowsOf({ world, bookingId }: PaymentArena): Promise<MoneyRow[]> {
  return world.bookingsDb<MoneyRow[]>`
    SELECT b.status, b.total_minor, b.expires_at > ${world.clock.now()} AS is_held,
           p.payment_id, p.status AS payment, p.refunded_minor
      FROM bookings b JOIN payments p USING (booking_id, event_id)
     WHERE b.booking_id = ${bookingId}
     ORDER BY p.started_at, p.payment_id = b.payment_id`;
}

/**
 * Asserts that the payments and the provider's books agree: each payment has ended or can still go on, and money that
 * was taken is the price of a confirmed booking or is given back. Returns the state.
 */
async function assertMoneyAddsUp(arena: PaymentArena): Promise<string> {
  const rows = await rowsOf(arena);
  const { status, total_minor: totalMinor } = rows[0]!;
  let paidMinor = 0;
  for (const { payment_id: paymentId, payment, is_held: isHeld, refunded_minor } of rows) {
    const { state, capturedMinor, refundedMinor } = await arena.payments.inspect({ paymentId });
    const at =
      `${status}, ${payment}; at the provider ${state}, ${capturedMinor}, ${refundedMinor}`;
    assert.ok(refundedMinor <= capturedMinor, `more refunded than paid: ${at}`);
    if (payment === "requires_action" || payment === "processing") {
      const canGoOn = (status === "pending" && isHeld) ||
        (status === "expired" && payment === "processing");
      assert.ok(canGoOn, `a payment waits in vain: ${at}`);
      continue;
    }
    paidMinor += capturedMinor - refundedMinor;
    if (payment === "captured" || payment === "refunded") {
      assert.equal(capturedMinor, totalMinor, `not captured: ${at}`);
      assert.equal(refundedMinor, refunded_minor, `refunds differ: ${at}`);
    } else {
      assert.ok(payment === "declined" || payment === "voided", `a payment has no driver: ${at}`);
      const isOver = state === "declined" || state === "voided" || capturedMinor === refundedMinor;
      assert.ok(isOver && state !== "authorised", `money is kept: ${at}`);
    }
  }
  const dueMinor = status === "confirmed" ? totalMinor : 0;
  assert.equal(paidMinor, dueMinor, `the money of a booking that is ${status}`);
  return `${status}, ${rows.map(({ payment }) => payment).join(" then ")}`;
}

/** Asserts that a booking whose payment ended at the provider, which told so, does not wait for it. */
async function assertHeard(arena: PaymentArena): Promise<void> {
  const waiting = (await rowsOf(arena)).filter(({ payment, payment_id, status }) =>
    (payment === "requires_action" || payment === "processing") && status === "pending" &&
    payment_id === arena.paymentId
  );
  assert.deepEqual(waiting, [], "a webhook was lost");
}

/** Asserts that a block took a hold only after its payment had been declined. */
async function assertSpared(arena: PaymentArena): Promise<void> {
  const { status, payment } = (await rowsOf(arena)).at(-1)!;
  const isSpared = status === "pending" || status === "confirmed";
  assert.ok(isSpared || payment === "declined", `a block ended a hold: ${status}, ${payment}`);
}

/** Asserts in addition that no payment waits and no seat is held. */
async function assertEnded(arena: PaymentArena): Promise<void> {
  const { world, eventId } = arena;
  await world.assertInvariants(eventId);
  await assertMoneyAddsUp(arena);
  const waiting = (await rowsOf(arena)).filter(({ payment }) =>
    payment === "requires_action" || payment === "processing"
  );
  assert.deepEqual(waiting, [], "a payment never ended");
  const [inventory] = await world.eventsDb`
    SELECT held, set_aside FROM seat_inventory WHERE event_id = ${eventId} AND pool = 0`;
  assert.deepEqual({ ...inventory }, { held: 0, set_aside: 0 }, "seats leaked");
}

/** Decides what the provider left open, ends all holds, and lets late payments be looked at. */
async function endAll(world: World, arenas: readonly PaymentArena[]): Promise<void> {
  for (const arena of arenas) {
    // A buyer whose payment was declined may have begun another.
    for (const { payment_id: paymentId } of await rowsOf(arena)) {
      arena.payments.decide(paymentId, arena.verdict);
    }
  }
  for (let look = 0; look < MAX_LOOKS; look++) await letAllHoldsEnd(world);
}

/** Says in which round an assertion failed. */
async function explained(round: string, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    throw new Error(`seed ${SEED}, ${round}`, { cause: error });
  }
}

/** Prints how often each outcome occurred, for long runs. */
function printOutcomes(duel: Duel, seen: ReadonlyMap<string, number>): void {
  const counts = [...seen].map(([outcome, count]) => `\n  ${count} × ${outcome}`).sort();
  const text = `${duel.join(" against ")}:${counts.join("")}\n`;
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}
