import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { DECLINED_TOKEN } from "../payments/mock.ts";
import { createWorld, runWorker, withCode } from "../testing/world.ts";
import type { Booking } from "./booking.ts";
import { cancelBooking } from "./cancel_booking.ts";
import { confirmBooking } from "./confirm_booking.ts";
import { expireDue } from "./expire_due.ts";
import { extendBooking } from "./extend_booking.ts";
import { rebuildHolds } from "../holds/rebuild_holds.ts";

const HOLD_MS = 300_000;
const GRACE_MS = 30_000;

Deno.test("extendBooking() extends hold and seats once, visible to workers and replays", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 1 });
  const wish = { eventId, userId: newId(), key: newId() };
  const reservation = await world.reserve(wish);
  world.clock.advance(HOLD_MS - 1);
  const { expiresAt } = await extendBooking(world.deps, reservation);
  assert.equal(+expiresAt, +reservation.expiresAt + HOLD_MS);
  assert.equal(+(await world.reserve(wish)).expiresAt, +expiresAt, "a replay");
  const document = await world.deps.holds.find(reservation.bookingId);
  assert.equal(document, undefined, "its document tells nobody the first end");
  await assert.rejects(extendBooking(world.deps, reservation), {
    message: "Reservation was extended already",
  });

  world.clock.set(new Date(+expiresAt - 1));
  await expireDue(world.deps);
  await runWorker(world.eventService, "release expired seats");
  assert.equal(await world.availableSeats(eventId), 0);
  await world.confirm(reservation);
  await world.assertInvariants();
});

Deno.test("an extended hold that ends unpaid frees its seats, whichever worker is first", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 2 });
  const [one, other] = [await world.reserve({ eventId }), await world.reserve({ eventId })];
  for (const reservation of [one, other]) await extendBooking(world.deps, reservation);
  world.clock.advance(2 * HOLD_MS);
  await assert.rejects(extendBooking(world.deps, one), withCode("RESERVATION_EXPIRED"));
  await assert.rejects(world.confirm(one), withCode("RESERVATION_EXPIRED"));
  await expireDue(world.deps);
  world.clock.advance(GRACE_MS);
  await runWorker(world.eventService, "release expired seats");
  assert.equal(await world.availableSeats(eventId), 2);
  await world.drainOutbox();
  await world.assertInvariants();
});

Deno.test("a late hold document does not undo an extension", async () => {
  await using world = await createWorld();
  const reservation = await world.reserve({ eventId: await world.createEvent() });
  const { bookingId } = reservation;
  const before = (await world.store.find(bookingId))!;
  const { expiresAt } = await extendBooking(world.deps, reservation);
  await world.deps.holds.put(before);
  assert.equal(await world.deps.holds.find(bookingId), undefined);
  // The mark that all documents are there is one of the whole Redis, which other tests share.
  const written: Booking[] = [];
  await rebuildHolds({
    ...world.deps,
    holds: {
      isComplete: () => Promise.resolve(false),
      put: (booking) => Promise.resolve(void written.push(booking)),
      markComplete: () => Promise.resolve(),
    },
  });
  assert.deepEqual(written.map((booking) => +booking.expiresAt), [+expiresAt]);
});

Deno.test("a payment at the end of an extended hold has its window within the cap", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 1 });
  const reservation = await world.reserve({ eventId });
  const { bookingId, userId } = reservation;
  const { expiresAt } = await extendBooking(world.deps, reservation);
  world.clock.set(new Date(+expiresAt - 1_000));
  const declined = { bookingId, userId, method: "card", token: DECLINED_TOKEN };
  await assert.rejects(confirmBooking(world.deps, declined), withCode("PAYMENT_DECLINED"));
  const [seats] = await world.eventsDb<{ expires_at: Date }[]>`
    SELECT expires_at FROM seat_allocations WHERE allocation_id = ${bookingId}`;
  assert.equal(+seats!.expires_at, +world.clock.now() + 60_000);
  assert.ok(+seats!.expires_at <= +reservation.expiresAt - HOLD_MS + world.deps.settings.maxHoldMs);
  await world.confirm(reservation);
  await world.assertInvariants();
});

Deno.test("extendBooking() stops at the end of the event, and refuses without a gain", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ startsInMs: 1_000 });
  const setEnd = (ms: number) =>
    world.eventsDb`
      UPDATE events SET end_at = ${new Date(+world.clock.now() + ms)} WHERE event_id = ${eventId}`;
  const [one, other] = [await world.reserve({ eventId }), await world.reserve({ eventId })];
  await setEnd(HOLD_MS + 60_000);
  assert.equal(+(await extendBooking(world.deps, one)).expiresAt, +one.expiresAt + 60_000);
  world.clock.advance(2_000);
  await setEnd(60_000);
  await assert.rejects(extendBooking(world.deps, other), {
    message: "Reservation cannot be extended past the end of its event",
  });
  world.clock.advance(60_000);
  await assert.rejects(extendBooking(world.deps, other), withCode("RESERVATION_EXPIRED"));
});

Deno.test("extendBooking() requires the owner and a pending booking", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const [paid, cancelled] = [await world.reserve({ eventId }), await world.reserve({ eventId })];
  await assert.rejects(
    extendBooking(world.deps, { bookingId: newId(), userId: paid.userId }),
    withCode("BOOKING_NOT_FOUND"),
  );
  await assert.rejects(
    extendBooking(world.deps, { bookingId: paid.bookingId, userId: newId() }),
    withCode("BOOKING_NOT_YOURS"),
  );
  await world.confirm(paid);
  await cancelBooking(world.deps, cancelled);
  for (const reservation of [paid, cancelled]) {
    await assert.rejects(extendBooking(world.deps, reservation), {
      message: "Only pending bookings can be extended",
    });
  }
});

Deno.test("extendBooking() changes nothing if the seats are gone", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 1 });
  const reservation = await world.reserve({ eventId });
  const { bookingId } = reservation;
  await world.deps.seats.release([{ eventId, allocationIds: [bookingId] }]);
  await assert.rejects(extendBooking(world.deps, reservation), withCode("RESERVATION_EXPIRED"));
  assert.equal(+(await world.store.find(bookingId))!.expiresAt, +reservation.expiresAt);
});
