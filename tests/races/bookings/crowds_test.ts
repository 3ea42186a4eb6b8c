/** Crowds of the same request, many rounds at once: one has its effect, and afterwards everything adds up. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { roundsOr, times } from "@evently/shared/testing";
import {
  createWorld,
  RecordingProvider,
  withCode,
  type World,
} from "../../../services/booking/testing/world.ts";
import { cancelBooking } from "../../../services/booking/orders/cancel_booking.ts";

const ROUNDS = roundsOr(100);
/** Rounds that run at once, so that batches form and statements overlap. */
const AT_ONCE = 10;

/** Runs a round over and over, several at once, on one event. */
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

function winners(outcomes: PromiseSettledResult<unknown>[]): number {
  return outcomes.filter(({ status }) => status === "fulfilled").length;
}

Deno.test("four concurrent confirmations take one payment and answer alike", async () => {
  const payments = new RecordingProvider();
  await crowd({ payments }, async (world, eventId) => {
    const reservation = await world.reserve({ eventId });
    const outcomes = await Promise.allSettled(times(4, () => world.confirm(reservation)));
    const heard = outcomes.filter((outcome) => outcome.status === "fulfilled");
    assert.ok(heard.length > 0);
    for (const { value } of heard) assert.deepEqual(value, heard[0]!.value);
    const refused = outcomes.filter((outcome) => outcome.status === "rejected");
    for (const { reason } of refused) assert.ok(withCode("PAYMENT_IN_PROGRESS")(reason));
  });
  assert.equal(payments.captured().length, ROUNDS);
});

Deno.test("four cancels: one wins, one refund is made", async () => {
  const payments = new RecordingProvider();
  await crowd({ payments }, async (world, eventId) => {
    const reservation = await world.reserve({ eventId });
    await world.confirm(reservation);
    const outcomes = await Promise.allSettled(
      times(4, () => cancelBooking(world.deps, reservation)),
    );
    assert.equal(winners(outcomes), 1);
  });
  assert.equal(payments.refunds().length, ROUNDS);
});

Deno.test("one key six times at once: one booking, one allocation, one answer", async () => {
  await crowd({}, async (world, eventId) => {
    const input = { eventId, userId: newId(), key: newId() };
    const answers = await Promise.all(times(6, () => world.reserve(input)));
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
  });
});

Deno.test("one key at once in six processes gives one booking, allocation and answer", async () => {
  await crowd({}, async (world, eventId) => {
    const input = { eventId, userId: newId(), key: newId() };
    const answers = await Promise.all(times(6, () => world.inAnotherProcess().reserve(input)));
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
  });
});
