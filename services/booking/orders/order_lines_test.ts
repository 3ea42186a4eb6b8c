/** Orders of several ticket types, from their reservation to their end. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { settleStuck } from "../payments/settle_stuck.ts";
import { reconcileBookings, SETTLED_AFTER_MS } from "../reconcile/reconcile_bookings.ts";
import { reconcileSeats } from "../reconcile/reconcile_seats.ts";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { BALCONY_MINOR, createTypedEvent, FAMILY_MINOR, linesOf } from "../testing/typed_event.ts";
import { createWorld, withCode, type World } from "../testing/world.ts";
import { bookingIdOf } from "./booking.ts";
import { cancelBooking } from "./cancel_booking.ts";
import { expireBooking } from "./expire_booking.ts";
import { expireDue } from "./expire_due.ts";
import { extendBooking } from "./extend_booking.ts";
import { bookingIdOfLine, lineIdOf, MAX_HOLDS, MAX_LINES } from "./order_lines.ts";
import { listBookings, viewBooking, viewTicket } from "./view_bookings.ts";

Deno.test("lineIdOf() differs for each line and hold, and bookingIdOfLine() finds the booking", () => {
  const bookingId = bookingIdOf({ userId: newId(), eventId: newId(), idempotencyKey: "k" });
  const ids = times(MAX_HOLDS, (hold) => times(MAX_LINES, (n) => lineIdOf(bookingId, n, hold)))
    .flat();
  assert.equal(new Set(ids).size, MAX_HOLDS * MAX_LINES);
  assert.equal(ids[0], bookingId);
  for (const id of ids) assert.equal(bookingIdOfLine(id), bookingId);
});

Deno.test("an order of two types is reserved, confirmed, shown and cancelled as a whole", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const { eventId, balcony, family } = await createTypedEvent(world);
  const order = await world.reserve({ eventId, lines: linesOf({ [balcony]: 2, [family]: 1 }) });
  const lines = [
    {
      ticketTypeId: balcony,
      name: "Balcony",
      quantity: 2,
      gives: 1,
      unitPriceMinor: BALCONY_MINOR,
    },
    { ticketTypeId: family, name: "Family", quantity: 1, gives: 4, unitPriceMinor: FAMILY_MINOR },
  ];
  assert.deepEqual(order.lines, lines);
  assert.equal(order.totalMinor, 2 * BALCONY_MINOR + FAMILY_MINOR);
  assert.equal(await world.availableSeats(eventId), 94);
  await world.assertInvariants();

  const { booking } = await world.confirm(order);
  assert.equal(booking.quantity, 6);
  const view = await viewBooking(world.deps, order);
  assert.deepEqual(view.booking.lines, lines);
  const listed = await listBookings(world.deps, {
    userId: order.userId,
    now: world.clock.now(),
    page: 1,
    limit: 10,
  });
  assert.deepEqual(listed.views, [view]);
  const ticket = await viewTicket(world.deps, { ticketCode: booking.ticketCode! });
  assert.deepEqual(ticket.booking.lines, lines);
  await world.assertInvariants();

  await world.organiser.changeType(eventId, balcony, { name: "Circle", price: 900 });
  assert.deepEqual((await viewBooking(world.deps, order)).booking.lines, lines, "as it was sold");
  await cancelBooking(world.deps, order);
  await world.settle();
  assert.equal(await world.availableSeats(eventId), 100);
  assert.deepEqual(payments.refunds().map(({ amountMinor }) => amountMinor), [order.totalMinor]);
  await world.assertInvariants();
});

for (
  const [name, end] of Object.entries({
    "given up": (world: World, order: { bookingId: string; userId: string }) =>
      expireBooking(world.deps, order),
    cancelled: (world: World, order: { bookingId: string; userId: string }) =>
      cancelBooking(world.deps, order),
    "expired by the sweep": (world: World) => {
      world.clock.advance(300_000);
      return expireDue(world.deps);
    },
    "cancelled with its event": (world: World, { eventId }: { eventId: string }) =>
      world.organiser.cancelEvent(eventId),
  })
) {
  Deno.test(`an order that is ${name} gives back the seats of all its lines`, async () => {
    await using world = await createWorld();
    const { eventId, balcony, family } = await createTypedEvent(world);
    const order = await world.reserve({ eventId, lines: linesOf({ [balcony]: 2, [family]: 2 }) });
    await end(world, order);
    await world.settle();
    assert.equal(await world.availableSeats(eventId), 100);
    await world.assertInvariants();
  });
}

Deno.test("the seats of many orders are released in parts that the event service takes", async () => {
  const sizes: number[] = [];
  await using world = await createWorld({
    adapt: ({ seats }) => ({
      seats: {
        ...seats,
        release(batches) {
          sizes.push(batches.reduce((sum, { allocationIds }) => sum + allocationIds.length, 0));
          return seats.release(batches);
        },
      },
    }),
  });
  const { eventId, balcony, family } = await createTypedEvent(world, {
    capacity: 2_000,
    balcony: 500,
  });
  const lines = linesOf({ [balcony]: 1, [family]: 1, [eventId]: 1 });
  await Promise.all(times(180, () => world.reserve({ eventId, lines })));
  world.clock.advance(300_000);
  await expireDue(world.deps);
  await world.drainOutbox();
  assert.deepEqual(sizes, [498, 42]);
  assert.equal(await world.availableSeats(eventId), 2_000);
  await world.assertInvariants();
});

Deno.test("an order is extended with all its lines, and confirmed later", async () => {
  await using world = await createWorld();
  const { eventId, balcony, family } = await createTypedEvent(world);
  const order = await world.reserve({ eventId, lines: linesOf({ [balcony]: 1, [family]: 1 }) });
  await extendBooking(world.deps, order);
  world.clock.advance(301_000);
  assert.equal((await world.confirm(order)).status, "confirmed");
  await world.assertInvariants();
});

Deno.test("a stuck confirmation of an order is settled with all its lines", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const { eventId, balcony, family } = await createTypedEvent(world);
  const order = await world.reserve({ eventId, lines: linesOf({ [balcony]: 1, [family]: 1 }) });
  payments.loseAnswerOf = "capture";
  await assert.rejects(world.confirm(order), withCode("UNAVAILABLE"));
  world.clock.advance(60_000);
  await settleStuck(world.deps);
  assert.equal((await world.store.find(order.bookingId))?.status, "confirmed");
  await world.assertInvariants();
});

Deno.test("an order is held whole or not at all, and the refusal names its line", async () => {
  await using world = await createWorld();
  const { eventId, balcony, family } = await createTypedEvent(world, { balcony: 2 });
  const lines = linesOf({ [family]: 1, [balcony]: 3 });
  await assert.rejects(world.reserve({ eventId, lines }), (error) => {
    assert.ok(withCode("NOT_ENOUGH_SEATS")(error));
    const { fields, details } = error as { fields?: unknown; details?: { path: string }[] };
    assert.deepEqual(fields, { reason: "seats", ticket_type_id: balcony });
    assert.equal(details?.[0]?.path, "lines.1.quantity");
    return true;
  });
  assert.equal(await world.availableSeats(eventId), 100);
  await world.assertInvariants();
});

Deno.test("reconciliation restores lost lines of a paid order, and releases those of an ended one", async () => {
  await using world = await createWorld();
  const { eventId, balcony, family } = await createTypedEvent(world);
  const lines = linesOf({ [balcony]: 2, [family]: 1 });
  const paid = await world.reserve({ eventId, lines });
  await world.confirm(paid);
  await world.deps.seats.release([{ eventId, allocationIds: [lineIdOf(paid.bookingId, 1)] }]);
  const ended = await world.reserve({ eventId, lines });
  await expireDue(world.deps);
  await world.bookingsDb`
    UPDATE bookings SET status = 'expired', expired_at = booked_at WHERE booking_id = ${ended.bookingId}`;
  world.clock.advance(SETTLED_AFTER_MS);
  const { repaired, unrepaired } = await reconcileBookings(world.deps, undefined);
  assert.deepEqual({ repaired, unrepaired }, { repaired: 2, unrepaired: 0 });
  await world.drainOutbox();
  assert.equal(await world.availableSeats(eventId), 94);
  await world.assertInvariants();
  assert.equal((await reconcileSeats(world.deps, undefined)).missing, 0, "lines are known");
  await world.bookingsDb`
    UPDATE bookings SET lines = lines - 1, total_minor = 100000 WHERE booking_id = ${paid.bookingId}`;
  assert.equal((await reconcileSeats(world.deps, undefined)).missing, 1, "one line too many");
});

Deno.test("a batch carries orders of every size, up to its weight", async () => {
  const batches: number[] = [];
  await using world = await createWorld({
    adapt: ({ seats }) => ({
      seats: {
        ...seats,
        hold(requests, options) {
          batches.push(requests.reduce((sum, { items }) => sum + items.length, 0));
          return seats.hold(requests, options);
        },
      },
    }),
  });
  const { eventId, balcony, family } = await createTypedEvent(world, {
    capacity: 2_000,
    balcony: 500,
  });
  const orders = await Promise.all(times(150, (i) =>
    world.reserve({
      eventId,
      lines: linesOf(
        i % 3 === 0 ? { [balcony]: 1 } : { [balcony]: 1, [family]: 1, [eventId]: 1 },
      ),
    })));
  assert.ok(Math.max(...batches) <= 128, `${batches}`);
  await Promise.all(orders.map((order) => world.confirm(order)));
  assert.equal(await world.availableSeats(eventId), 2_000 - 50 - 100 * 6);
  await world.assertInvariants();
});
