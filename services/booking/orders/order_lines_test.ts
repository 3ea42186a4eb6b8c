/** Orders of several ticket types, from their reservation to their end. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { jsonRequest, readAnswer, times } from "@evently/shared/testing";
import { settleStuck } from "../payments/settle_stuck.ts";
import { reconcileBookings, SETTLED_AFTER_MS } from "../reconcile/reconcile_bookings.ts";
import { reconcileSeats } from "../reconcile/reconcile_seats.ts";
import { rebuildHolds } from "../holds/rebuild_holds.ts";
import { PRICE_MINOR } from "../testing/organiser.ts";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { createWorld, withCode, type World } from "../testing/world.ts";
import { bookingIdOf } from "./booking.ts";
import { cancelBooking } from "./cancel_booking.ts";
import { expireBooking } from "./expire_booking.ts";
import { expireDue } from "./expire_due.ts";
import { extendBooking } from "./extend_booking.ts";
import { bookingIdOfLine, lineIdOf, MAX_HOLDS, MAX_LINES } from "./order_lines.ts";
import { listBookings, viewBooking, viewTicket } from "./view_bookings.ts";

/** An event with a balcony of its own capacity at 500.00, and a family ticket for four at 1,000.00. */
async function createEvent(world: World, { capacity = 100, balcony = 10, max = 20 } = {}) {
  const eventId = await world.createEvent({ capacity, max });
  const { organiser } = world;
  return {
    eventId,
    balcony: await organiser.addType(eventId, { price: 500, capacity: balcony }),
    family: await organiser.addType(eventId, { name: "Family", price: 1_000, gives: 4 }),
  };
}

const BALCONY_MINOR = 50_000;
const FAMILY_MINOR = 100_000;

function linesOf(lines: Record<string, number>) {
  return Object.entries(lines).map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity }));
}

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
  const { eventId, balcony, family } = await createEvent(world);
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
    const { eventId, balcony, family } = await createEvent(world);
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
  const { eventId, balcony, family } = await createEvent(world, { capacity: 2_000, balcony: 500 });
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
  const { eventId, balcony, family } = await createEvent(world);
  const order = await world.reserve({ eventId, lines: linesOf({ [balcony]: 1, [family]: 1 }) });
  await extendBooking(world.deps, order);
  world.clock.advance(301_000);
  assert.equal((await world.confirm(order)).status, "confirmed");
  await world.assertInvariants();
});

Deno.test("a stuck confirmation of an order is settled with all its lines", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const { eventId, balcony, family } = await createEvent(world);
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
  const { eventId, balcony, family } = await createEvent(world, { balcony: 2 });
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

Deno.test("a replay of an order gets it, with its lines in any order, from either store", async () => {
  await using world = await createWorld();
  const { eventId, balcony, family } = await createEvent(world);
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
  const { eventId, balcony, family } = await createEvent(world);
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

Deno.test("a quantity means the default type, or the only one that is left", async () => {
  await using world = await createWorld();
  const { eventId, balcony, family } = await createEvent(world);
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

Deno.test("a retry books what was held at its price, though the type has changed since", async () => {
  await using world = await createWorld();
  const { eventId, family } = await createEvent(world);
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
  const { eventId, balcony, family } = await createEvent(world);
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

Deno.test("a type that is sold out refuses its buyers without asking, until seats are freed", async () => {
  let holds = 0;
  await using world = await createWorld({
    adapt: ({ seats }) => ({
      seats: { ...seats, hold: (...args) => (holds++, seats.hold(...args)) },
    }),
  });
  const { eventId, balcony, family } = await createEvent(world, { balcony: 2 });
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

Deno.test("reconciliation restores lost lines of a paid order, and releases those of an ended one", async () => {
  await using world = await createWorld();
  const { eventId, balcony, family } = await createEvent(world);
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

Deno.test("the limits of types and buyers refuse with their reason", async () => {
  await using world = await createWorld();
  const { eventId, balcony, family } = await createEvent(world, { max: 8 });
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
  const { eventId, family } = await createEvent(world);
  const three = { eventId, lines: linesOf({ [family]: 3 }) };
  await assert.rejects(world.reserve(three), /Maximum 10 tickets allowed per booking$/);
  assert.equal(await world.availableSeats(eventId), 100);
  await world.assertInvariants();
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
  const { eventId, balcony, family } = await createEvent(world, { capacity: 2_000, balcony: 500 });
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

const RESERVE = "/api/v1/bookings/reserve";

async function post(world: World, body: unknown) {
  const token = await world.context.tokens.issueForUser(newId());
  const request = jsonRequest("POST", `http://booking.test${RESERVE}`, { token, body });
  return await readAnswer(world.app.request(request));
}

Deno.test("POST /bookings/reserve answers an order with its lines, and a quantity with one", async () => {
  await using world = await createWorld();
  const { eventId, balcony, family } = await createEvent(world);
  const key = { event_id: eventId, idempotency_key: "k" };
  const lines = [
    { ticket_type_id: balcony.toUpperCase(), quantity: 2 },
    { ticket_type_id: family, quantity: 1 },
  ];
  const { status, body } = await post(world, { ...key, lines });
  assert.equal(status, 200);
  assert.equal(body.total_amount, 2_000);
  assert.deepEqual(body.lines, [
    { ticket_type_id: balcony, name: "Balcony", quantity: 2, unit_price: 500, total: 1_000 },
    { ticket_type_id: family, name: "Family", quantity: 1, unit_price: 1_000, total: 1_000 },
  ]);
  const plain = await post(world, { ...key, quantity: 2 });
  assert.deepEqual(plain.body.lines, [{
    ticket_type_id: eventId,
    name: "General admission",
    quantity: 2,
    unit_price: 1_500,
    total: 3_000,
  }]);
  const refused = await post(world, { ...key, lines: [{ ticket_type_id: newId(), quantity: 1 }] });
  assert.deepEqual([refused.status, refused.body.code, refused.body.reason], [
    400,
    "TICKET_TYPE_NOT_ON_SALE",
    "not_on_sale",
  ]);
});

Deno.test("POST /bookings/reserve names the field of wrong lines", async () => {
  await using world = await createWorld();
  const [eventId, a, b] = [newId(), newId(), newId()];
  const line = (quantity: unknown, typeId: unknown = a) => ({ ticket_type_id: typeId, quantity });
  const wrong: [Record<string, unknown>, string][] = [
    [{}, "event_id, quantity, and idempotency_key are required"],
    [{ lines: [] }, "lines must have 1 to 10 items"],
    [{ lines: times(11, () => line(1, newId())) }, "lines must have 1 to 10 items"],
    [{ lines: "two" }, "lines must be a list"],
    [{ lines: [2] }, "lines[0] must be an object"],
    [
      { lines: [line(1)], quantity: 1 },
      "quantity must not be sent with lines: each line has its own",
    ],
    [
      { lines: [line(1), line(1, b), line(2, a.toUpperCase())] },
      "lines[2].ticket_type_id must differ from that of lines[0]",
    ],
    [{ lines: [line(1), line(0, b)] }, "lines[1].quantity must be at least 1"],
    [{ lines: [line(1.5)] }, "lines[0].quantity must be a whole number"],
    [{ lines: [line("2")] }, "lines[0].quantity must be a whole number"],
    [{ lines: [line(3e9)] }, "lines[0].quantity must be at most 2147483647"],
    [{ lines: [{ ticket_type_id: a }] }, "lines[0].quantity is required"],
    [{ lines: [{ quantity: 1 }] }, "lines[0].ticket_type_id is required"],
    [{ lines: [line(1, "x")] }, "lines[0].ticket_type_id must be a UUID"],
  ];
  for (const [body, text] of wrong) {
    const answer = await post(world, { event_id: eventId, idempotency_key: "k", ...body });
    assert.deepEqual([answer.status, answer.body.error], [400, text], JSON.stringify(body));
  }
});

Deno.test("GET /bookings/check-availability knows ticket types", async () => {
  await using world = await createWorld();
  const { eventId, balcony } = await createEvent(world, { balcony: 2 });
  const check = async (query: string) => {
    const path = `/api/v1/bookings/check-availability?event_id=${eventId}&quantity=3${query}`;
    const { status, body } = await readAnswer(world.app.request(`http://booking.test${path}`));
    return [status, body.available ?? body.error, body.available_seats];
  };
  assert.deepEqual(await check(""), [200, true, 100]);
  assert.deepEqual(await check(`&ticket_type_id=${balcony}`), [200, false, 2]);
  assert.deepEqual(await check(`&ticket_type_id=${eventId}`), [200, true, 100]);
  assert.deepEqual(await check(`&ticket_type_id=${newId()}`), [
    404,
    "Ticket type not found",
    undefined,
  ]);
  assert.deepEqual(await check(`&ticket_type_id=x`), [
    400,
    "Invalid ticket_type_id format",
    undefined,
  ]);
});
