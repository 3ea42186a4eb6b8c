/** Orders of several ticket types whose request is repeated, or comes again after a crash. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { rebuildHolds } from "../holds/rebuild_holds.ts";
import { PRICE_MINOR } from "../testing/organiser.ts";
import { BALCONY_MINOR, createTypedEvent, FAMILY_MINOR, linesOf } from "../testing/typed_event.ts";
import { createWorld, withCode } from "../testing/world.ts";
import { bookingIdOf } from "./booking.ts";
import { lineIdOf } from "./order_lines.ts";

Deno.test("a replay of an order gets it, with its lines in any order, from either store", async () => {
  await using world = await createWorld();
  const { eventId, balcony, family } = await createTypedEvent(world);
  const input = { eventId, userId: newId(), key: newId() };
  const first = await world.reserve({ ...input, lines: linesOf({ [balcony]: 2, [family]: 1 }) });
  const other = { ...input, lines: linesOf({ [family]: 1, [balcony]: 2 }) };
  // It follows to Redis when the buyer has been answered.
  assert.ok(await world.deps.holds.find(first.bookingId));
  assert.deepEqual(await world.reserve(other), first);
  await world.context.redis.attempt("wipe", (redis) => redis.del(`hold:${first.bookingId}`));
  assert.deepEqual(await world.reserve(other), first, "from the database");
  await world.context.redis.attempt("wipe", (redis) => redis.del("holds:complete"));
  assert.equal(await rebuildHolds(world.deps), 1);
  assert.deepEqual((await world.deps.holds.find(first.bookingId))?.lines, first.lines);
  await world.assertInvariants();
});

Deno.test("a key of other lines is refused, and takes no seats", async () => {
  await using world = await createWorld();
  const { eventId, balcony, family } = await createTypedEvent(world);
  const input = { eventId, userId: newId(), key: newId() };
  await world.reserve({ ...input, lines: linesOf({ [balcony]: 2, [family]: 1 }) });
  const single = { eventId, userId: newId(), key: newId() };
  await world.reserve({ ...single, lines: linesOf({ [balcony]: 2 }) });
  const others = [
    { ...input, lines: linesOf({ [balcony]: 2 }) },
    { ...input, lines: linesOf({ [balcony]: 1, [family]: 1 }) },
    { ...input, lines: linesOf({ [family]: 1, [eventId]: 2 }) },
    { ...input, lines: linesOf({ [balcony]: 2, [family]: 1, [eventId]: 1 }) },
    { ...input, quantity: 2 },
    { ...single, quantity: 2 },
    { ...single, lines: linesOf({ [eventId]: 2 }) },
  ];
  for (const other of others) {
    await assert.rejects(world.reserve(other), withCode("IDEMPOTENCY_KEY_REUSED"));
  }
  assert.equal(await world.availableSeats(eventId), 92);
  await world.assertInvariants();
});

Deno.test("a retry books what was held at its price, though the type has changed since", async () => {
  await using world = await createWorld();
  const { eventId, family } = await createTypedEvent(world);
  const [userId, key] = [newId(), newId()];
  for (
    const [ticketTypeId, totalMinor, tickets] of [[eventId, PRICE_MINOR, 1], [
      family,
      FAMILY_MINOR,
      4,
    ]] as const
  ) {
    const keyOfType = `${key} ${ticketTypeId}`;
    await world.deps.seats.hold({
      eventId,
      allocationId: bookingIdOf({ userId, eventId, idempotencyKey: keyOfType }),
      ticketTypeId,
      buyerId: userId,
      quantity: 1,
      expiresAt: new Date(world.clock.now().getTime() + 100_000),
    });
    await world.organiser.changeType(eventId, ticketTypeId, { price: 77, gives: 2 });
    const booked = await world.reserve({
      eventId,
      userId,
      key: keyOfType,
      lines: linesOf({ [ticketTypeId]: 1 }),
    });
    const stored = await world.store.find(booked.bookingId);
    assert.deepEqual([stored?.totalMinor, stored?.quantity], [totalMinor, tickets]);
  }
  await world.assertInvariants(eventId);
});

Deno.test("an order whose first attempt died after the hold is booked by its retry", async () => {
  await using world = await createWorld();
  const { eventId, balcony, family } = await createTypedEvent(world);
  for (const endsInMs of [100_000, 1_000]) {
    const [userId, key] = [newId(), newId()];
    const bookingId = bookingIdOf({ userId, eventId, idempotencyKey: key });
    const expiresAt = new Date(world.clock.now().getTime() + endsInMs);
    await world.deps.seats.hold({
      eventId,
      allocationId: bookingId,
      ticketTypeId: balcony,
      quantity: 1,
      expiresAt,
      further: [{
        allocationId: lineIdOf(bookingId, 1),
        ticketTypeId: family,
        quantity: 1,
        expiresAt,
      }],
    });
    world.clock.advance(2_000);
    const lines = linesOf({ [balcony]: 1, [family]: 1 });
    const retry = { eventId, userId, key, lines };
    await assert.rejects(
      world.reserve({ ...retry, lines: linesOf({ [balcony]: 2, [family]: 1 }) }),
      withCode("IDEMPOTENCY_KEY_REUSED"),
    );
    const order = await world.reserve(retry);
    assert.equal(order.totalMinor, BALCONY_MINOR + FAMILY_MINOR);
    await world.assertInvariants();
  }
});
