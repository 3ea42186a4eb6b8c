/** What an order of ticket types may have: the type that is meant, limits of types and buyers, and what is sold out. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { PRICE_MINOR } from "../testing/organiser.ts";
import { BALCONY_MINOR, createTypedEvent, linesOf } from "../testing/typed_event.ts";
import { createWorld, withCode } from "../testing/world.ts";
import { cancelBooking } from "./cancel_booking.ts";

Deno.test("a quantity means the default type, or the only one that is left", async () => {
  await using world = await createWorld();
  const { eventId, balcony, family } = await createTypedEvent(world);
  const plain = await world.reserve({ eventId, quantity: 2 });
  assert.equal(plain.totalMinor, 2 * PRICE_MINOR);
  assert.equal((await world.store.find(plain.bookingId))?.lines, undefined);
  const named = { eventId, userId: newId(), key: newId(), lines: linesOf({ [eventId]: 1 }) };
  assert.deepEqual(await world.reserve(named), await world.reserve({ ...named, lines: undefined }));

  await world.organiser.changeType(eventId, eventId, { status: "archived" });
  await assert.rejects(world.reserve({ eventId }), withCode("VALIDATION_FAILED"), "a choice");
  await world.organiser.changeType(eventId, family, { status: "archived" });
  const input = { eventId, userId: newId(), key: newId() };
  const implied = await world.reserve(input);
  assert.deepEqual([implied.lines[0]?.ticketTypeId, implied.totalMinor], [balcony, BALCONY_MINOR]);
  assert.deepEqual(await world.reserve(input), implied);
  await assert.rejects(
    world.reserve({ ...input, lines: linesOf({ [balcony]: 1 }) }),
    withCode("IDEMPOTENCY_KEY_REUSED"),
  );
  await world.assertInvariants();
});

Deno.test("a type that is sold out refuses its buyers without asking, until seats are freed", async () => {
  let holds = 0;
  await using world = await createWorld({
    adapt: ({ seats }) => ({
      seats: { ...seats, hold: (...args) => (holds++, seats.hold(...args)) },
    }),
  });
  const { eventId, balcony, family } = await createTypedEvent(world, { balcony: 2 });
  const lines = linesOf({ [balcony]: 1 });
  const [first] = [
    await world.reserve({ eventId, lines }),
    await world.reserve({ eventId, lines }),
  ];
  await assert.rejects(world.reserve({ eventId, lines }), withCode("NOT_ENOUGH_SEATS"));
  const asked = holds;
  await assert.rejects(world.reserve({ eventId, lines }), withCode("NOT_ENOUGH_SEATS"));
  assert.equal(holds, asked, "remembered");
  await world.reserve({ eventId, lines: linesOf({ [family]: 1 }) });
  await assert.rejects(world.reserve({ eventId, lines }), withCode("NOT_ENOUGH_SEATS"));
  assert.equal(holds, asked + 1, "a sale of another type frees nothing");
  await cancelBooking(world.deps, first);
  await assert.doesNotReject(world.reserve({ eventId, lines }));
  await world.assertInvariants();
});

Deno.test("the limits of types and buyers refuse with their reason", async () => {
  await using world = await createWorld();
  const { eventId, balcony, family } = await createTypedEvent(world, { max: 8 });
  const { organiser } = world;
  const userId = newId();
  await organiser.changeType(eventId, balcony, {
    min_per_order: 2,
    max_per_order: 3,
    max_per_buyer: 4,
  });
  const refusals: [Record<string, number>, string, string][] = [
    [{ [balcony]: 1 }, "MIN_QUANTITY", "min"],
    [{ [balcony]: 4 }, "TOO_MANY_TICKETS", "max"],
    [{ [family]: 3 }, "TOO_MANY_TICKETS", "max"],
    [{ [newId()]: 1 }, "TICKET_TYPE_NOT_ON_SALE", "not_on_sale"],
  ];
  for (const [lines, code, reason] of refusals) {
    await assert.rejects(world.reserve({ eventId, userId, lines: linesOf(lines) }), (error) => {
      const { fields } = error as { fields?: Record<string, unknown> };
      assert.equal((error as { code?: string }).code, code);
      assert.deepEqual(fields, { reason, ticket_type_id: Object.keys(lines)[0] });
      return true;
    });
  }
  await world.reserve({ eventId, userId, lines: linesOf({ [balcony]: 3 }) });
  const more = { eventId, userId, lines: linesOf({ [balcony]: 2 }) };
  await assert.rejects(world.reserve(more), withCode("BUYER_LIMIT_REACHED"));
  const both = await Promise.allSettled([
    world.reserve({ ...more, userId: newId() }),
    world.inAnotherProcess().reserve({ ...more, userId: newId() }),
  ]);
  assert.deepEqual(both.map(({ status }) => status), ["fulfilled", "fulfilled"]);
  await organiser.changeType(eventId, balcony, { status: "paused" });
  await assert.rejects(world.reserve(more), withCode("TICKET_TYPE_NOT_ON_SALE"));
  await world.assertInvariants();
});

Deno.test("tickets of all lines count against the most of a booking, and no seats stay held", async () => {
  await using world = await createWorld();
  const { eventId, family } = await createTypedEvent(world);
  const three = { eventId, lines: linesOf({ [family]: 3 }) };
  await assert.rejects(world.reserve(three), /Maximum 10 tickets allowed per booking$/);
  assert.equal(await world.availableSeats(eventId), 100);
  await world.assertInvariants();
});
