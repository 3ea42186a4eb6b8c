/** An ordinary reservation of a user who has an open offer. */
import assert from "node:assert/strict";
import { Unavailable } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import { reconcileBookings, SETTLED_AFTER_MS } from "../reconcile/reconcile_bookings.ts";
import { bookingIdOf } from "../orders/booking.ts";
import { reserveSeats } from "../orders/reserve_seats.ts";
import { expireDue } from "../orders/expire_due.ts";
import { Line } from "../testing/line.ts";
import { createWorld, OFFER_MS, withCode, type World } from "../testing/world.ts";
import { NO_OFFERS } from "./meet_offer.ts";
import { MAX_EVENTS, MAX_LIST_AGE_MS, OfferHolders } from "./offer_holders.ts";

/** A line whose first user is offered three tickets. */
async function offered(world: World, { seats = 3, quantity = 3 } = {}) {
  const line = await Line.of(world, { seats });
  const [userId] = await line.join(quantity) as [string];
  await line.free(quantity);
  await line.serve();
  const { bookingId } = await line.offerOf(userId);
  return { line, eventId: line.eventId, userId, bookingId };
}

for (
  const [how, processOf] of Object.entries({
    "of this process, before it asks for seats": (world: World) => world,
    "of another process, when it is refused": (world: World) => world.inAnotherProcess(),
  })
) {
  Deno.test(`a reservation meets an offer ${how}`, async () => {
    await using world = await createWorld();
    const other = processOf(world);
    await other.deps.offerHolders.refresh();
    const { eventId, userId, bookingId } = await offered(world);
    const { reserve } = other;
    const met = (order: Omit<Parameters<typeof reserve>[0], "eventId" | "userId">) =>
      reserve({ eventId, userId, ...order })
        .then((reservation) => reservation.bookingId, (error) => error.message);
    const key = newId();
    assert.equal(await met({ quantity: 3, key }), bookingId);
    assert.equal(await met({ quantity: 3, key }), bookingId, "a replay");
    const lines = [{ ticketTypeId: eventId, quantity: 3 }];
    assert.equal(await met({ lines }), bookingId, "a named type");
    assert.equal((await world.confirm({ userId, bookingId })).booking.quantity, 3);
    await world.drainOutbox();
    await world.assertInvariants();
  });
}

Deno.test("a reservation meets an offer, also while other seats are free", async () => {
  await using world = await createWorld();
  const { line, eventId, userId, bookingId } = await offered(world, { seats: 2, quantity: 1 });
  await line.free(1);
  await line.serve();
  assert.equal(await world.availableSeats(eventId), 1);
  const met = await world.reserve({ eventId, userId });
  assert.equal(met.bookingId, bookingId);
  assert.equal(await world.availableSeats(eventId), 1);
});

Deno.test("a reservation of fewer takes so many of an offer, and the rest goes on", async () => {
  await using world = await createWorld();
  const { line, eventId, userId, bookingId } = await offered(world);
  const [next] = await line.join(2) as [string];
  const met = await world.reserve({ eventId, userId, quantity: 1 });
  assert.deepEqual([met.bookingId, met.lines[0]?.quantity], [bookingId, 1]);
  await world.drainOutbox();
  await line.serve();
  assert.deepEqual(await line.states([userId, next]), ["offered 1", "offered 2"]);
  await world.confirm({ userId, bookingId });
  await world.settle();
  await world.assertInvariants();
});

Deno.test("the rest of an offer taken in part is the public's if nobody waits", async () => {
  await using world = await createWorld();
  const { line, eventId, userId } = await offered(world);
  await world.reserve({ eventId, userId, quantity: 1 });
  await world.drainOutbox();
  await line.serve();
  assert.equal(await world.availableSeats(eventId), 2);
});

Deno.test("a replay of a key that met an offer answers its booking in any state", async () => {
  await using world = await createWorld();
  const { eventId, userId, bookingId } = await offered(world);
  const key = newId();
  const order = { eventId, userId, quantity: 3, key };
  await world.reserve(order);
  await world.confirm({ userId, bookingId });
  const replayed = await world.reserve(order).catch(() => undefined);
  assert.deepEqual([replayed?.bookingId, replayed?.status], [bookingId, "confirmed"]);
  await assert.rejects(
    world.reserve({ ...order, quantity: 2 }),
    withCode("IDEMPOTENCY_KEY_REUSED"),
  );
});

Deno.test("a key of an earlier order meets no offer", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  const { eventId } = line;
  const userId = newId();
  await line.free(1);
  const key = newId();
  const earlier = await world.reserve({ eventId, userId, key });
  await world.waitlist.join(eventId, {}, userId);
  world.clock.advance(OFFER_MS);
  await expireDue(world.deps);
  await world.drainOutbox();
  await line.serve();
  assert.deepEqual(await line.states([userId]), ["offered 1"]);
  const replayed = await world.reserve({ eventId, userId, key });
  assert.deepEqual([replayed.bookingId, replayed.status], [earlier.bookingId, "expired"]);
});

Deno.test("a reservation of more than is offered is refused, and names the offer", async () => {
  await using world = await createWorld();
  const { eventId, userId, bookingId } = await offered(world);
  await assert.rejects(world.reserve({ eventId, userId, quantity: 4 }), (error: Error) => {
    assert.ok(withCode("NOT_ENOUGH_SEATS")(error));
    assert.equal(error.message, "Not enough seats available: your offer is for 3");
    const { offer } = (error as Error & { fields: { offer: Record<string, unknown> } }).fields;
    assert.deepEqual([offer.reservation_id, offer.quantity], [bookingId, 3]);
    return true;
  });
});

Deno.test("strangers meet no offer, nor does its user for another ticket type", async () => {
  await using world = await createWorld();
  const { eventId, userId } = await offered(world);
  await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"));
  const other = await world.organiser.addType(eventId);
  const lines = [{ ticketTypeId: other, quantity: 1 }];
  await assert.rejects(world.reserve({ eventId, userId, lines }), withCode("NOT_ENOUGH_SEATS"));
  const both = [...lines, { ticketTypeId: eventId, quantity: 1 }];
  await assert.rejects(
    world.reserve({ eventId, userId, lines: both }),
    withCode("NOT_ENOUGH_SEATS"),
  );
});

Deno.test("a reservation without a type meets an offer of the only type that is left", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  const { eventId } = line;
  const only = await world.organiser.addType(eventId);
  await world.organiser.changeType(eventId, eventId, { status: "archived" });
  const [userId] = await line.join(1) as [string];
  await line.free(1);
  await line.serve();
  const { bookingId } = await line.offerOf(userId);
  const met = await world.reserve({ eventId, userId });
  assert.deepEqual([met.bookingId, met.lines[0]?.ticketTypeId], [bookingId, only]);
});

/** A process whose list of events is of a moment before there was an offer, and how old it is. */
const UNAWARE: Record<
  string,
  (
    world: World,
    offer: () => Promise<void>,
  ) => Promise<ReturnType<World["inAnotherProcess"]>>
> = {
  "has not read the list yet": async (world, offer) => {
    await offer();
    return world.inAnotherProcess();
  },
  "read it a moment before": async (world, offer) => {
    const other = world.inAnotherProcess();
    await other.deps.offerHolders.refresh();
    await offer();
    return other;
  },
  "could not read it for long": async (world, offer) => {
    const other = world.inAnotherProcess();
    await other.deps.offerHolders.refresh();
    await offer();
    world.clock.advance(MAX_LIST_AGE_MS + 1);
    return other;
  },
};

for (const [how, processOf] of Object.entries(UNAWARE)) {
  Deno.test(`a key that met an offer makes no second booking in a process that ${how}`, async () => {
    await using world = await createWorld();
    const line = await Line.of(world, { seats: 4 });
    const { eventId } = line;
    const key = newId();
    let order = { eventId, userId: "", quantity: 1, key };
    let met: { bookingId: string } | undefined;
    const other = await processOf(world, async () => {
      const [userId] = await line.join(1) as [string];
      order = { ...order, userId };
      await line.free(1);
      await line.serve();
      met = await world.reserve(order);
      await line.serve();
      await line.free(3);
    });
    assert.equal(await world.availableSeats(eventId), 3, "seats that a new booking could have");
    const replayed = await other.reserve(order);
    assert.equal(replayed.bookingId, met?.bookingId);
    assert.equal(await world.availableSeats(eventId), 3);
  });
}

Deno.test("a key that met an offer is answered where its user was not known to have one", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  const { eventId } = line;
  const [userId] = await line.join(1) as [string];
  world.clock.advance(MAX_LIST_AGE_MS + 1);
  const other = world.inAnotherProcess();
  await other.deps.offerHolders.refresh();
  assert.equal(await other.deps.offerHolders.has({ eventId, userId }), false);
  await line.free(1);
  await line.serve();
  const order = { eventId, userId, key: newId() };
  const { bookingId } = await world.reserve(order);
  await world.confirm({ userId, bookingId });
  const replayed = await other.reserve(order).catch(() => undefined);
  assert.deepEqual([replayed?.bookingId, replayed?.status], [bookingId, "confirmed"]);
});

/** An entry whose offer one process binds a key to, and another process whose list of events is older than that. */
async function unawareProcess(world: World) {
  const line = await Line.of(world, { seats: 4 });
  const { eventId } = line;
  const other = world.inAnotherProcess();
  await other.deps.offerHolders.refresh();
  const [userId] = await line.join(1) as [string];
  await line.free(1);
  await line.serve();
  const { bookingId: offered } = await line.offerOf(userId);
  const order = { eventId, userId, quantity: 1, key: newId() };
  const ownId = bookingIdOf({ userId, eventId, idempotencyKey: order.key });
  return { line, other, order, ownId, offered };
}

Deno.test("a key is not bound to an offer while another process holds seats for it", async () => {
  await using world = await createWorld();
  const { line, other, order, ownId } = await unawareProcess(world);
  const { eventId, userId } = order;
  await line.free(1);
  await line.serve();
  const { seats } = other.deps;
  const expiresAt = new Date(world.clock.now().getTime() + OFFER_MS);
  const hold = { eventId, quantity: 1, buyerId: userId, allocationId: ownId, expiresAt };
  assert.equal((await seats.holdAgain(hold)).outcome, "held");
  await assert.rejects(world.reserve(order), Unavailable);
  await assert.rejects(world.reserve(order), Unavailable, "a repeated request");
  // The process that holds them asked for bound keys before there was one, and goes on.
  const lines = [{ ticketTypeId: undefined, quantity: 1 }];
  const input = { userId, eventId, lines, idempotencyKey: order.key };
  const booked = await reserveSeats({ ...other.deps, offers: NO_OFFERS }, input);
  assert.equal(booked.reservation.bookingId, ownId);
  const replays = [await world.reserve(order), await other.reserve(order)];
  assert.deepEqual(replays.map(({ bookingId }) => bookingId), [ownId, ownId]);
  await world.settle();
  await world.assertInvariants();
});

Deno.test("seats of an earlier attempt go back if its key was bound meanwhile", async () => {
  await using world = await createWorld();
  const { line, other, order, ownId, offered } = await unawareProcess(world);
  const { eventId, userId, quantity } = order;
  assert.equal((await world.reserve(order)).bookingId, offered);
  await line.free(2);
  await line.serve();
  const before = await world.availableSeats(eventId);
  const expiresAt = new Date(world.clock.now().getTime() + OFFER_MS);
  const hold = { eventId, quantity, buyerId: userId, allocationId: ownId, expiresAt };
  assert.equal((await other.deps.seats.holdAgain(hold)).outcome, "held");
  // A process that looked for an offer before there was one.
  const offers = { ...other.deps.offers, meet: () => Promise.resolve(undefined) };
  const lines = [{ ticketTypeId: undefined, quantity }];
  const input = { userId, eventId, lines, idempotencyKey: order.key };
  const { reservation } = await reserveSeats({ ...other.deps, offers }, input);
  assert.equal(reservation.bookingId, offered);
  assert.equal(await world.availableSeats(eventId), before);
  await world.settle();
  await world.assertInvariants();
});

Deno.test("an event is asked about where the list of events is full", async () => {
  await using world = await createWorld();
  const listed = Array.from({ length: MAX_EVENTS }, () => newId());
  const holders = (events: string[]) =>
    new OfferHolders({
      waitlist: { ...world.deps.waitlist, listEventsWithLines: () => Promise.resolve(events) },
      clock: world.clock,
    });
  const [full, notFull] = [holders(listed), holders(listed.slice(1))];
  for (const each of [full, notFull]) await each.refresh();
  assert.deepEqual([full, notFull].map((each) => each.hasEvent(newId())), [true, false]);
});

Deno.test("events without a line cost a reservation no question", async () => {
  await using world = await createWorld();
  const { line, eventId } = await offered(world);
  const other = await world.createEvent();
  const { offerHolders } = world.deps;
  assert.equal(offerHolders.hasEvent(other), true, "no list was read");
  await offerHolders.refresh();
  assert.deepEqual([eventId, other].map((id) => offerHolders.hasEvent(id)), [true, false]);
  const { deps } = world.inAnotherProcess();
  await deps.offerHolders.refresh();
  assert.deepEqual([eventId, other].map((id) => deps.offerHolders.hasEvent(id)), [true, false]);
  const [userId] = await line.join(1) as [string];
  assert.equal(await deps.offerHolders.has({ eventId, userId }), false);
  world.clock.advance(OFFER_MS);
  await expireDue(world.deps);
  await line.leave(userId);
  const joinedBefore = world.clock.now();
  assert.equal(await deps.waitlist.closeQueue({ eventId, joinedBefore }), true);
  await offerHolders.refresh();
  assert.equal(offerHolders.hasEvent(eventId), false);
});

Deno.test("reconciliation releases what was not taken of an offer if its message is lost", async () => {
  await using world = await createWorld();
  const { eventId, userId, bookingId } = await offered(world);
  await world.reserve({ eventId, userId, quantity: 1 });
  world.clock.advance(SETTLED_AFTER_MS);
  const waiting = await reconcileBookings(world.deps, undefined);
  assert.deepEqual([waiting.repaired, waiting.unrepaired], [0, 0], "its message is queued");
  await world.bookingsDb`DELETE FROM outbox WHERE topic = 'seats.release'`;
  const { repaired, unrepaired } = await reconcileBookings(world.deps, undefined);
  assert.deepEqual([repaired, unrepaired], [1, 0]);
  await world.drainOutbox();
  const [allocation] = await world.deps.seats.lookUp(eventId, [bookingId]);
  assert.deepEqual([allocation?.state, allocation?.quantity], ["held", 1]);
  await world.settle();
  await world.assertInvariants();
});
