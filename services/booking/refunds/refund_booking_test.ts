import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { jsonRequest, readAnswer, times } from "@evently/shared/testing";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { createWorld, type World } from "../testing/world.ts";
import { refundBooking } from "./refund_booking.ts";

/** Before the start of an event, half of the price is given back. */
const HALF_REFUNDED_MS = 10 * 3_600_000;

/** A paid booking of two tickets, 2,999 in all. */
async function paid(
  world: World,
  { priceMinor = 149_950, startsInMs }: { priceMinor?: number; startsInMs?: number } = {},
) {
  const eventId = await world.createEvent({ priceMinor, ...(startsInMs ? { startsInMs } : {}) });
  const booking = await world.reserve({ eventId, quantity: 2 });
  await world.confirm(booking);
  return booking;
}

function refunding(world: World, { eventId, bookingId }: { eventId: string; bookingId: string }) {
  return (amount: number, { key = newId(), note }: { key?: string; note?: string } = {}) =>
    refundBooking(world.deps, { eventId, bookingId, amount, note, idempotencyKey: key });
}

async function shown(world: World, { bookingId, userId }: { bookingId: string; userId: string }) {
  const token = await world.context.tokens.issueForUser(userId);
  const path = `http://booking/api/v1/bookings/${bookingId}`;
  const { body } = await readAnswer(
    Promise.resolve(world.app.fetch(jsonRequest("GET", path, { token }))),
  );
  return body;
}

Deno.test("refundBooking() gives a part back, which the booking shows before and after", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const booking = await paid(world);
  const { refund } = await refunding(world, booking)(500.25, { note: "The bar was closed" });
  const { created_at, ...promised } = (await shown(world, booking)).refunds[0];
  assert.deepEqual(promised, {
    refund_id: refund.refundId,
    amount: 500.25,
    reason: "organiser",
    note: "The bar was closed",
    status: "pending",
  });
  assert.equal(created_at, world.clock.now().toISOString());
  assert.equal((await shown(world, booking)).refunded_amount, 0);

  await world.settle();
  const after = await shown(world, booking);
  assert.deepEqual([after.refunded_amount, after.refund_amount, after.status], [
    500.25,
    500.25,
    "confirmed",
  ]);
  assert.deepEqual([after.refunds[0].status, after.refunds[0].done_at], ["done", created_at]);
  assert.deepEqual(after.refund_if_cancelled_now.amount, 2_999 - 500.25);
  assert.deepEqual(payments.refunds().map(({ amountMinor }) => amountMinor), [50_025]);
  await world.assertInvariants();
});

Deno.test("refundBooking() with a known key gives the same refund, and refuses another", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const booking = await paid(world);
  const refund = refunding(world, booking);
  const key = newId();
  const answers = await Promise.allSettled(times(8, () => refund(2_000, { key })));
  const ids = answers.map((answer) =>
    answer.status === "fulfilled" && answer.value.refund.refundId
  );
  assert.equal(new Set(ids).size, 1);
  assert.equal(typeof ids[0], "string");
  await assert.rejects(refund(1, { key }), {
    code: "IDEMPOTENCY_KEY_REUSED",
    message: "Cannot refund as this idempotency_key was used for another request",
  });
  await world.settle();
  assert.deepEqual(payments.refunds().map(({ amountMinor }) => amountMinor), [200_000]);
});

Deno.test("refunds of a part never add up to more than was paid", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const booking = await paid(world);
  const refund = refunding(world, booking);
  await assert.rejects(refund(2_999.01), {
    code: "REFUND_TOO_LARGE",
    message: "Cannot refund more than is left of the payment: current value is 2999 INR",
  });
  await assert.rejects(refund(Number.MAX_SAFE_INTEGER), { code: "REFUND_TOO_LARGE" });
  const outcomes = await Promise.allSettled(times(5, () => refund(1_000)));
  assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 2);
  await world.settle();
  await refund(999);
  await assert.rejects(refund(0.01), { code: "REFUND_TOO_LARGE" });
  await world.settle();
  const returned = payments.refunds().reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  assert.equal(returned, 299_900);
  const { userId, bookingId } = booking;
  const token = await world.context.tokens.issueForUser(userId);
  const path = `http://booking/api/v1/bookings/${bookingId}`;
  const { body } = await readAnswer(
    Promise.resolve(world.app.fetch(jsonRequest("DELETE", path, { token }))),
  );
  assert.deepEqual([body.refund_status, body.refund_amount], ["none", 0]);
  await world.settle();
  assert.equal(payments.refunds().length, 3);
  await world.assertInvariants();
});

Deno.test("refunds in three decimals go in the steps that providers can move", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const booking = await paid(world, { priceMinor: 625, startsInMs: HALF_REFUNDED_MS });
  await world.bookingsDb`
    WITH p AS (UPDATE payments SET currency = 'KWD') UPDATE bookings SET currency = 'KWD'`;
  const refund = refunding(world, booking);
  await assert.rejects(refund(0.125), {
    code: "VALIDATION_FAILED",
    message: "amount must be a multiple of 0.01 in KWD",
  });
  await refund(0.12);
  assert.equal((await shown(world, booking)).refund_if_cancelled_now.amount, 0.51);
  const token = await world.context.tokens.issueForUser(booking.userId);
  const path = `http://booking/api/v1/bookings/${booking.bookingId}`;
  const { body } = await readAnswer(
    Promise.resolve(world.app.fetch(jsonRequest("DELETE", path, { token }))),
  );
  assert.equal(body.refund_amount, 0.51, "half of 1.250 is 0.630 in all");
  await world.settle();
  const made = payments.refunds().map(({ amountMinor }) => amountMinor);
  assert.deepEqual(new Set(made), new Set([120, 510]));
  await world.assertInvariants();
});

Deno.test("a cancelled event refunds what is left of each payment", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const booking = await paid(world);
  await refunding(world, booking)(100);
  world.clock.advance(1_000);
  await world.organiser.cancelEvent(booking.eventId);
  await world.settle();
  assert.deepEqual(payments.refunds().map(({ amountMinor }) => amountMinor).sort(), [
    10_000,
    289_900,
  ]);
  const { refunds } = await shown(world, booking);
  assert.deepEqual(
    refunds.map(({ amount, reason }: { amount: number; reason: string }) => [amount, reason]),
    [[100, "organiser"], [2_899, "event_cancelled"]],
  );
});

Deno.test("refundBooking() names what is wrong", async () => {
  await using world = await createWorld();
  const booking = await paid(world);
  const refund = refunding(world, booking);
  await assert.rejects(refund(0), { message: "amount must be more than 0" });
  await assert.rejects(refund(0.001), { message: "amount must have at most 2 decimals in INR" });
  const { eventId, bookingId } = booking;
  for (const wrong of [{ eventId: newId(), bookingId }, { eventId, bookingId: newId() }]) {
    await assert.rejects(refunding(world, wrong)(1), { code: "BOOKING_NOT_FOUND" });
  }
  const held = await world.reserve({ eventId });
  await assert.rejects(refunding(world, held)(1), {
    code: "BOOKING_STATE_CONFLICT",
    message: "Cannot refund booking as nothing was paid for it: current status is pending",
  });
});

Deno.test("a refund whose answer is lost is made once, by its id", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const booking = await paid(world);
  payments.loseAnswerOf = "refund";
  const { refund } = await refunding(world, booking)(10);
  await world.settle();
  world.clock.advance(60_000);
  await world.settle();
  const calls = payments.calls.filter(({ call }) => call === "refund");
  assert.deepEqual(calls.map(({ id }) => id), [refund.refundId, refund.refundId]);
  assert.equal((await shown(world, booking)).refunded_amount, 10);
});
