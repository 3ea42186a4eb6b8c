/** A booking keeps the terms it was sold with, whatever the organiser changes afterwards. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { bookingIdOf } from "./booking.ts";
import { DEFAULT_REFUND_POLICY } from "./terms.ts";
import { PRICE_MINOR } from "../testing/organiser.ts";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { createWorld, type World } from "../testing/world.ts";
import { cancelBooking } from "./cancel_booking.ts";
import { reconcileBookings, SETTLED_AFTER_MS } from "../reconcile/reconcile_bookings.ts";
import { viewBooking } from "./view_bookings.ts";

const HOUR_MS = 3_600_000;
const NOTHING = [{ hours_before: 0, percent: 0 }];

/** A paid booking of an event that begins in a number of hours. */
async function paid(world: World, startsInHours: number) {
  const eventId = await world.createEvent({ startsInMs: startsInHours * HOUR_MS });
  const reservation = await world.reserve({ eventId });
  await world.confirm(reservation);
  return { ...reservation, eventId };
}

function inHours(world: World, hours: number): string {
  return new Date(world.clock.now().getTime() + hours * HOUR_MS).toISOString();
}

const CHANGES: [
  string,
  { sold: number; change: (world: World) => Record<string, unknown>; percent: number },
][] = [
  ["tightens the policy", {
    sold: 48,
    change: () => ({ refund_policy: NOTHING }),
    percent: 100,
  }],
  ["moves the start to in an hour", {
    sold: 48,
    change: (world) => ({
      start_datetime: inHours(world, 1),
      end_datetime: inHours(world, 3),
    }),
    percent: 100,
  }],
  ["does both", {
    sold: 48,
    change: (world) => ({
      start_datetime: inHours(world, 1),
      end_datetime: inHours(world, 3),
      refund_policy: NOTHING,
    }),
    percent: 100,
  }],
  ["moves the event later", {
    sold: 1,
    change: (world) => ({
      start_datetime: inHours(world, 300),
      end_datetime: inHours(world, 303),
    }),
    percent: 100,
  }],
  ["moves the event later and tightens the policy", {
    sold: 12,
    change: (world) => ({
      start_datetime: inHours(world, 300),
      end_datetime: inHours(world, 303),
      refund_policy: NOTHING,
    }),
    percent: 100,
  }],
  ["makes the policy better", {
    sold: 12,
    change: () => ({ refund_policy: [{ hours_before: 1, percent: 80 }] }),
    percent: 80,
  }],
];

for (const [what, { sold, change, percent }] of CHANGES) {
  Deno.test(`cancelBooking() gives ${percent} % when the organiser ${what}`, async () => {
    const payments = new RecordingProvider();
    await using world = await createWorld({ payments });
    const booking = await paid(world, sold);
    await world.organiser.change(booking.eventId, change(world));
    const { refundMinor } = await cancelBooking(world.deps, booking);
    assert.equal(refundMinor, PRICE_MINOR * percent / 100);
    await world.settle();
    assert.deepEqual(payments.refunds().map(({ amountMinor }) => amountMinor), [refundMinor]);
    await world.assertInvariants();
  });
}

Deno.test("cancelBooking() refuses once the event has ended, paid or not", async () => {
  await using world = await createWorld();
  const booking = await paid(world, 0.01);
  const held = await world.reserve({ eventId: booking.eventId });
  await world.organiser.change(booking.eventId, { end_datetime: inHours(world, 0.02) });
  world.clock.advance(0.02 * HOUR_MS - 1);
  assert.equal((await viewBooking(world.deps, booking)).booking.status, "confirmed");
  world.clock.advance(1);
  const ended = {
    code: "BOOKING_STATE_CONFLICT",
    message: "Cannot cancel booking as the event has ended: " +
      `it ended at ${world.clock.now().toISOString()}`,
  };
  await assert.rejects(cancelBooking(world.deps, booking), ended);
  await assert.rejects(cancelBooking(world.deps, held), ended);
});

Deno.test("cancelBooking() refunds a cancelled event in full, before and after its end", async () => {
  await using world = await createWorld();
  const [before, after] = [await paid(world, 1), await paid(world, 1)];
  for (const { eventId } of [before, after]) await world.organiser.cancelEvent(eventId);
  assert.equal((await cancelBooking(world.deps, before)).refundMinor, PRICE_MINOR);
  world.clock.advance(4 * HOUR_MS);
  assert.equal((await cancelBooking(world.deps, after)).refundMinor, PRICE_MINOR);
});

Deno.test("reserveSeats() sells by the terms of the hold if they change before the insert", async () => {
  let change = () => Promise.resolve();
  await using world = await createWorld({
    adapt: ({ seats }) => ({
      seats: {
        ...seats,
        async hold(...input) {
          const answer = await seats.hold(...input);
          await change();
          return answer;
        },
      },
    }),
  });
  const eventId = await world.createEvent();
  change = () => world.organiser.change(eventId, { refund_policy: NOTHING });
  const reservation = await world.reserve({ eventId });
  assert.deepEqual(reservation.terms.refundPolicy, DEFAULT_REFUND_POLICY);
  await world.confirm(reservation);
  assert.equal((await cancelBooking(world.deps, reservation)).refundMinor, PRICE_MINOR);
});

Deno.test("reserveSeats() gives a replay the terms of the sale from either store", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const input = { eventId, userId: newId(), key: newId() };
  const first = await world.reserve(input);
  assert.ok(await world.deps.holds.find(first.bookingId));
  await world.organiser.change(eventId, {
    refund_policy: NOTHING,
    start_datetime: inHours(world, 1),
  });
  assert.deepEqual(await world.reserve(input), first, "from the hold document");
  await world.confirm(first);
  world.clock.advance(HOUR_MS / 2);
  assert.deepEqual((await world.reserve(input)).terms, first.terms, "from the database");
});

Deno.test("reserveSeats() sells by the terms of the second hold if it holds again", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const input = { eventId, quantity: 2, userId: newId(), key: newId() };
  await world.deps.seats.hold({
    eventId,
    allocationId: bookingIdOf({ ...input, idempotencyKey: input.key }),
    quantity: 2,
    expiresAt: new Date(inHours(world, 0.001)),
  });
  world.clock.advance(HOUR_MS);
  await world.organiser.change(eventId, { refund_policy: NOTHING });
  const { bookingId, terms } = await world.reserve(input);
  assert.deepEqual(terms.refundPolicy, NOTHING);
  assert.deepEqual((await world.store.find(bookingId))?.terms, terms);
});

Deno.test("reconcileBookings() refunds by the terms of the sale", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const booking = await paid(world, 48);
  await world.organiser.change(booking.eventId, { refund_policy: NOTHING });
  await cancelBooking(world.deps, booking);
  await world.bookingsDb`DELETE FROM outbox WHERE topic = 'payment.refund'`;
  world.clock.advance(SETTLED_AFTER_MS);
  await reconcileBookings(world.deps, undefined);
  await world.settle();
  assert.deepEqual(payments.refunds().map(({ amountMinor }) => amountMinor), [PRICE_MINOR]);
  await world.assertInvariants();
});
