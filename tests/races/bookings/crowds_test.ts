/** Sends the same request many times concurrently: it takes effect once, and all invariants hold afterwards. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { roundsOr, times } from "@evently/shared/testing";
import { RecordingProvider } from "../../../services/booking/testing/recording_provider.ts";
import { createWorld, withCode, type World } from "../../../services/booking/testing/world.ts";
import { cancelBooking } from "../../../services/booking/orders/cancel_booking.ts";

const ROUNDS = roundsOr(100);
/** Rounds that run at once, so that batches form and statements overlap. */
const AT_ONCE = 10;

/** Runs the rounds on one event, several at once. */
async function crowd(
  options: { payments?: RecordingProvider },
  round: (world: World, eventId: string) => Promise<void>,
): Promise<void> {
  await using world = await createWorld(options);
  const eventId = await world.createEvent({ capacity: ROUNDS * 2 });
  for (let done = 0; done < ROUNDS; done += AT_ONCE) {
    await Promise.all(times(Math.min(AT_ONCE, ROUNDS - done), () => round(world, eventId)));
  }
  await world.settle();
  await world.assertInvariants();
}

function countFulfilled(outcomes: PromiseSettledResult<unknown>[]): number {
  return outcomes.filter(({ status }) => status === "fulfilled").length;
}

Deno.test("four concurrent confirmations take one payment and return equal answers", async () => {
  const payments = new RecordingProvider();
  await crowd({ payments }, async (world, eventId) => {
    const reservation = await world.reserve({ eventId });
    const outcomes = await Promise.allSettled(times(4, () => world.confirm(reservation)));
    const confirmed = outcomes.filter((outcome) => outcome.status === "fulfilled");
    assert.ok(confirmed.length > 0);
    for (const { value } of confirmed) assert.deepEqual(value, confirmed[0]!.value);
    const refused = outcomes.filter((outcome) => outcome.status === "rejected");
    for (const { reason } of refused) assert.ok(withCode("PAYMENT_IN_PROGRESS")(reason));
  });
  assert.equal(payments.captured().length, ROUNDS);
});

Deno.test("four concurrent cancellations: one succeeds and one refund is made", async () => {
  const payments = new RecordingProvider();
  await crowd({ payments }, async (world, eventId) => {
    const reservation = await world.reserve({ eventId });
    await world.confirm(reservation);
    const outcomes = await Promise.allSettled(
      times(4, () => cancelBooking(world.deps, reservation)),
    );
    assert.equal(countFulfilled(outcomes), 1);
  });
  assert.equal(payments.refunds().length, ROUNDS);
});

Deno.test("six concurrent requests with one key give one booking, allocation and answer", async () => {
  await crowd({}, async (world, eventId) => {
    const input = { eventId, userId: newId(), key: newId() };
    const answers = await Promise.all(times(6, () => world.reserve(input)));
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
  });
});

Deno.test("one key in six processes at once gives one booking, allocation and answer", async () => {
  await crowd({}, async (world, eventId) => {
    const input = { eventId, userId: newId(), key: newId() };
    const answers = await Promise.all(times(6, () => world.inAnotherProcess().reserve(input)));
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
  });
});
