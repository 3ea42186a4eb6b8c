/**
 * Each pair of changes that can meet on one booking, with real concurrency, many rounds. After each
 * round exactly one has won, and afterwards seats, bookings and money add up.
 */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { createWorld, type World } from "../testing/world.ts";
import { cancelBooking } from "./cancel_booking.ts";
import { expireBooking } from "./expire_booking.ts";
import { expireDue } from "./expire_due.ts";

const ROUNDS = Number(Deno.env.get("TEST_ROUNDS") ?? 100);
/** Rounds that run at once, so that batches form and statements overlap. */
const AT_ONCE = 10;

/** Runs a round over and over, several at once, on one event. */
async function race(
  options: { payments?: RecordingProvider },
  round: (world: World, eventId: string, n: number) => Promise<void>,
): Promise<void> {
  await using world = await createWorld(options);
  const eventId = await world.createEvent({ capacity: ROUNDS * 2 });
  for (let done = 0; done < ROUNDS; done += AT_ONCE) {
    const rounds = Math.min(AT_ONCE, ROUNDS - done);
    await Promise.all(times(rounds, (i) => round(world, eventId, done + i)));
  }
  await world.drainOutbox();
  await world.assertInvariants();
}

/** Begins two contenders at once, by turns the one or the other first, so that both win now and then. */
async function duel(
  n: number,
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
): Promise<[PromiseSettledResult<unknown>, PromiseSettledResult<unknown>]> {
  if (n % 2 === 0) return await Promise.allSettled([one(), other()]);
  const [second, first] = await Promise.allSettled([other(), one()]);
  return [first, second];
}

function winners(outcomes: PromiseSettledResult<unknown>[]): number {
  return outcomes.filter(({ status }) => status === "fulfilled").length;
}

Deno.test("confirm against expire: one wins, and what expired was not paid", async () => {
  const payments = new RecordingProvider();
  const ends = new Set<string>();
  await race({ payments }, async (world, eventId, n) => {
    const reservation = await world.reserve({ eventId });
    const outcomes = await duel(
      n,
      () => world.confirm(reservation),
      () => expireBooking(world.deps, reservation),
    );
    assert.equal(winners(outcomes), 1);
    const end = outcomes[0].status === "fulfilled" ? "confirmed" : "expired";
    assert.equal((await world.deps.store.find(reservation.bookingId))?.status, end);
    ends.add(end);
  });
  assert.deepEqual([...ends].sort(), ["confirmed", "expired"], "each has won");
});

Deno.test("confirm against the sweep at the very end of the hold: one wins", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 100_000 });
  for (let round = 0; round < ROUNDS; round++) {
    const reservation = await world.reserve({ eventId });
    world.clock.advance(round % 2 === 0 ? 299_999 : 300_000);
    const [confirm] = await Promise.allSettled([
      world.confirm(reservation),
      expireDue(world.deps),
      expireBooking(world.deps, reservation),
    ]);
    const booking = await world.deps.store.find(reservation.bookingId);
    assert.equal(booking?.status, confirm.status === "fulfilled" ? "confirmed" : "expired");
    if (round % 2 === 1) assert.equal(booking?.status, "expired");
  }
  await world.drainOutbox();
  await world.assertInvariants();
});

Deno.test("four confirms: one wins, one payment is taken", async () => {
  const payments = new RecordingProvider();
  await race({ payments }, async (world, eventId) => {
    const reservation = await world.reserve({ eventId });
    const outcomes = await Promise.allSettled(times(4, () => world.confirm(reservation)));
    assert.equal(winners(outcomes), 1);
  });
  assert.equal(payments.captured().length, ROUNDS);
});

Deno.test("four cancels: one wins, one refund is made", async () => {
  const payments = new RecordingProvider();
  await race({ payments }, async (world, eventId) => {
    const reservation = await world.reserve({ eventId });
    await world.confirm(reservation);
    const outcomes = await Promise.allSettled(
      times(4, () => cancelBooking(world.deps, reservation)),
    );
    assert.equal(winners(outcomes), 1);
  });
  assert.equal(payments.calls.filter(({ call }) => call === "refund").length, ROUNDS);
});

Deno.test("confirm against cancel: the booking ends cancelled or confirmed, and its money follows", async () => {
  const ends = new Set<string>();
  await race({ payments: new RecordingProvider() }, async (world, eventId, n) => {
    const reservation = await world.reserve({ eventId });
    const [, cancel] = await duel(
      n,
      () => world.confirm(reservation),
      () => cancelBooking(world.deps, reservation),
    );
    const end = cancel.status === "fulfilled" ? "cancelled" : "confirmed";
    const booking = await world.deps.store.find(reservation.bookingId);
    assert.equal(booking?.status, end);
    if (end === "cancelled") assert.notEqual(booking.paymentStatus, "completed", "money is kept");
    ends.add(end);
  });
  assert.deepEqual([...ends].sort(), ["cancelled", "confirmed"], "each has won");
});

Deno.test("one key six times at once: one booking, one allocation, one answer", async () => {
  await race({}, async (world, eventId) => {
    const input = { eventId, userId: newId(), key: newId() };
    const answers = await Promise.all(times(6, () => world.reserve(input)));
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
  });
});

Deno.test("one key six times at once in six processes: one booking, one allocation, one answer", async () => {
  await race({}, async (world, eventId) => {
    const input = { eventId, userId: newId(), key: newId() };
    const answers = await Promise.all(times(6, () => world.inAnotherProcess().reserve(input)));
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
  });
});
