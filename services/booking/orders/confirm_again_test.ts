/** Repeated confirmations: concurrent, later, or with another payment. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { DECLINED_TOKEN } from "../payments/mock.ts";
import { ACTION_TOKEN } from "../payments/mock.ts";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { createWorld, withCode, type World } from "../testing/world.ts";
import { cancelBooking } from "./cancel_booking.ts";
import { confirmBooking } from "./confirm_booking.ts";
import { expireBooking } from "./expire_booking.ts";
import { expireDue } from "./expire_due.ts";
import type { Settled } from "../payments/settle_confirmation.ts";
import { settleStuck } from "../payments/settle_stuck.ts";

const STUCK_MS = 31_000;

interface Reserved {
  bookingId: string;
  userId: string;
}

function payWith(world: World, { bookingId, userId }: Reserved, token: string) {
  return confirmBooking(world.deps, { bookingId, userId, method: "card", token });
}

/** A world whose provider requires an action, and a reservation with such a payment. */
async function waitingPayment() {
  const payments = new RecordingProvider();
  const world = await createWorld({ payments });
  const eventId = await world.createEvent({ capacity: 3 });
  const reservation = await world.reserve({ eventId });
  const waiting = await payWith(world, reservation, ACTION_TOKEN);
  assert.equal(waiting.status, "requires_action");
  return { world, payments, eventId, reservation, waiting };
}

Deno.test("confirmBooking() repeats its answer only to the token that confirmed", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const reservation = await world.reserve({ eventId: await world.createEvent() });
  const first = await world.confirm(reservation);
  assert.deepEqual(await world.confirm(reservation), first);
  world.clock.advance(3_600_000);
  assert.deepEqual(await world.confirm(reservation), first, "long after the hold");
  await assert.rejects(payWith(world, reservation, "tok_other"), {
    message: "Booking is not in pending state",
  });
  await assert.rejects(
    world.confirm({ ...reservation, userId: newId() }),
    withCode("BOOKING_NOT_YOURS"),
  );
  assert.equal(payments.calls.length, 2, "one payment was authorised and captured");
  await world.assertInvariants();
});

Deno.test("confirmBooking() reports a payment in progress, and later its outcome", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const reservation = await world.reserve({ eventId: await world.createEvent() });
  payments.beforeCapture = async () => {
    await assert.rejects(world.confirm(reservation), (error) => {
      assert.ok(withCode("PAYMENT_IN_PROGRESS")(error));
      assert.ok((error as { retryAfterS: number }).retryAfterS > 0);
      return true;
    });
    await assert.rejects(
      payWith(world, reservation, "tok_other"),
      withCode("PAYMENT_IN_PROGRESS"),
    );
    await assert.rejects(expireBooking(world.deps, reservation), {
      message: "Booking is being confirmed. Please try again.",
    });
  };
  const first = await world.confirm(reservation);
  assert.deepEqual(await world.confirm(reservation), first);
  assert.equal(payments.captured().length, 1);
});

Deno.test("confirmBooking() returns the outcome after a lost answer was settled", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const reservation = await world.reserve({ eventId: await world.createEvent() });
  payments.loseAnswerOf = "capture";
  await assert.rejects(world.confirm(reservation), withCode("UNAVAILABLE"));
  await assert.rejects(world.confirm(reservation), withCode("PAYMENT_IN_PROGRESS"));
  world.clock.advance(STUCK_MS);
  await settleStuck(world.deps);
  const { booking, transactionId } = await world.confirm(reservation);
  assert.deepEqual([booking.status, payments.captured()], ["confirmed", [transactionId]]);
  await world.assertInvariants();
});

Deno.test("confirmBooking() keeps the hold while the buyer acts, then completes the payment", async () => {
  const { world, payments, reservation, waiting } = await waitingPayment();
  await using _world = world;
  const { bookingId } = reservation;
  const kept = await world.store.find(bookingId);
  assert.deepEqual([kept?.status, kept?.paymentStatus], ["pending", "requires_action"]);
  assert.equal(+kept!.expiresAt, +reservation.expiresAt);
  assert.deepEqual(
    await payWith(world, reservation, ACTION_TOKEN),
    waiting,
    "nothing has happened",
  );

  payments.buyerHasActed = true;
  const paid = await payWith(world, reservation, ACTION_TOKEN);
  assert.equal(paid.status, "confirmed");
  const ids = payments.calls.map(({ id }) => id);
  assert.equal(new Set(ids).size, 1, "one payment from its begin to its end");
  assert.deepEqual(await payWith(world, reservation, ACTION_TOKEN), paid);
  await world.assertInvariants();
});

Deno.test("confirmBooking() replaces a waiting payment by one with another token", async () => {
  const { world, payments, reservation } = await waitingPayment();
  await using _world = world;
  await assert.rejects(
    payWith(world, reservation, DECLINED_TOKEN),
    withCode("PAYMENT_DECLINED"),
  );
  await world.confirm(reservation);
  payments.buyerHasActed = true;
  await assert.rejects(
    payWith(world, reservation, ACTION_TOKEN),
    withCode("BOOKING_STATE_CONFLICT"),
  );
  await world.drainOutbox();
  assertVoided(payments);
  assert.equal(payments.captured().length, 1);
  await world.assertInvariants();
});

for (
  const [what, end] of Object.entries({
    "cancelled": (world: World, reserved: Reserved) => cancelBooking(world.deps, reserved),
    "given up": (world: World, reserved: Reserved) => expireBooking(world.deps, reserved),
    "left alone": (world: World) => {
      world.clock.advance(300_000);
      return expireDue(world.deps);
    },
  })
) {
  Deno.test(`a waiting payment ends when its reservation is ${what}`, async () => {
    const { world, payments, eventId, reservation } = await waitingPayment();
    await using _world = world;
    await end(world, reservation);
    await world.drainOutbox();
    assertVoided(payments);
    assert.equal(await world.availableSeats(eventId), 3);
    const [payment] = await world.bookingsDb`SELECT status FROM payments`;
    assert.equal(payment?.status, "voided");
    await world.assertInvariants();
  });
}

Deno.test("confirmBooking() ends hold and payment if the hold ends before the buyer acts", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent({ capacity: 1 });
  const reservation = await world.reserve({ eventId });
  world.clock.advance(299_000);
  payments.beforeAuthorise = () => world.clock.advance(1_000);
  await assert.rejects(
    payWith(world, reservation, ACTION_TOKEN),
    withCode("RESERVATION_EXPIRED"),
  );
  await world.drainOutbox();
  assertVoided(payments);
  assert.equal(await world.availableSeats(eventId), 1);
  await world.assertInvariants();
});

for (const [when, asked] of [["before", 0], ["during", 1]] as const) {
  Deno.test(`confirmBooking() sells nothing if the event ends ${when} the payment`, async () => {
    const payments = new RecordingProvider();
    await using world = await createWorld({ payments });
    const eventId = await world.createEvent({ startsInMs: 1_000 });
    const reservation = await world.reserve({ eventId });
    await world.eventsDb`
      UPDATE events SET end_at = start_at + interval '1 s' WHERE event_id = ${eventId}`;
    const end = () => world.clock.advance(2_000);
    if (when === "before") end();
    else payments.beforeAuthorise = end;
    await assert.rejects(world.confirm(reservation), withCode("RESERVATION_EXPIRED"));
    await world.drainOutbox();
    assert.equal(payments.calls.filter(({ call }) => call === "authorise").length, asked);
    assert.deepEqual(payments.captured(), []);
    assert.equal((await world.store.find(reservation.bookingId))?.status, "expired");
    await world.assertInvariants();
  });
}

Deno.test("confirmBooking() begins no payment before the one that it replaces is void", async () => {
  const { world, payments, reservation } = await waitingPayment();
  await using _world = world;
  payments.loseAnswerOf = "void";
  await assert.rejects(payWith(world, reservation, "tok_visa"), withCode("UNAVAILABLE"));
  await assert.rejects(payWith(world, reservation, ACTION_TOKEN), withCode("PAYMENT_IN_PROGRESS"));
  world.clock.advance(STUCK_MS);
  await settleStuck(world.deps);
  assert.deepEqual(told(payments), [
    "authorise first",
    "void first",
    "void first",
    "authorise second",
    "capture second",
  ]);
  const { booking } = await payWith(world, reservation, "tok_visa") as Settled;
  assert.equal(booking.status, "confirmed");
  await world.assertInvariants();
});

Deno.test("a second payment waits for the void of one that a slow driver captured", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const reservation = await world.reserve({ eventId: await world.createEvent({ capacity: 3 }) });
  const [captured, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const provider = { authorise: payments.authorise, capture: payments.capture };
  let takeover: Promise<unknown> | undefined;
  // The first driver hears late that the buyer must act: meanwhile the buyer did, and a second driver takes the money.
  payments.authorise = async (order) => {
    const answer = await provider.authorise.call(payments, order);
    payments.authorise = provider.authorise;
    payments.buyerHasActed = true;
    world.clock.advance(STUCK_MS);
    takeover = settleStuck(world.deps);
    await captured.promise;
    return answer;
  };
  payments.capture = async (payment) => {
    payments.capture = provider.capture;
    await provider.capture.call(payments, payment);
    captured.resolve();
    await ended.promise;
  };
  const waiting = await payWith(world, reservation, ACTION_TOKEN);
  assert.equal(waiting.status, "requires_action");

  const paid = await payWith(world, reservation, "tok_visa");
  ended.resolve();
  await takeover;
  assert.deepEqual(told(payments), [
    "authorise first",
    "authorise first",
    "capture first",
    "void first",
    "authorise second",
    "capture second",
  ]);
  assert.deepEqual(await payWith(world, reservation, "tok_visa"), paid);
  await world.drainOutbox();
  assertVoided(payments);
  await world.assertInvariants();
});

/** The calls of the provider, with their payments as they came. */
function told({ calls }: RecordingProvider): string[] {
  const ids = [...new Set(calls.map(({ id }) => id))];
  return calls.map(({ call, id }) => `${call} ${["first", "second"][ids.indexOf(id)]}`);
}

/** The first payment was ended, and no other. */
function assertVoided({ calls }: RecordingProvider): void {
  const voided = calls.filter(({ call }) => call === "void").map(({ id }) => id);
  assert.deepEqual([...new Set(voided)], [calls[0]?.id]);
}
