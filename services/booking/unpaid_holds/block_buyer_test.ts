import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { jsonRequest, readAnswer, times } from "@evently/shared/testing";
import { confirmBooking } from "../orders/confirm_booking.ts";
import { ACTION_TOKEN } from "../payments/mock.ts";
import { Line } from "../testing/line.ts";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { createWorld, withCode, type World } from "../testing/world.ts";
import { blockBuyer, MAX_BLOCKS } from "./block_buyer.ts";
import { endBlockedHolds } from "./end_blocked_holds.ts";
import { unblockBuyer } from "./unblock_buyer.ts";

const HOUR_MS = 3_600_000;
const SECOND_MS = 1_000;
const NOTHING = { bookings: 0, tickets: 0 };

async function statusOf({ bookingsDb }: World, bookingId: string): Promise<string> {
  const [row] = await bookingsDb`SELECT status FROM bookings WHERE booking_id = ${bookingId}`;
  return row!.status;
}

Deno.test("blockBuyer() ends the unpaid holds of one account, whose seats are on sale when it returns", async () => {
  await using world = await createWorld();
  const { deps } = world;
  const eventId = await world.createEvent({ capacity: 12 });
  const elsewhere = await world.createEvent();
  const [bot, other] = [newId(), newId()];
  const paid = await world.reserve({ eventId, quantity: 2, userId: bot });
  await world.confirm(paid);
  const held = await Promise.all(
    times(3, () => world.reserve({ eventId, quantity: 3, userId: bot })),
  );
  const kept = [
    paid,
    await world.reserve({ eventId, userId: other }),
    await world.reserve({ eventId: elsewhere, userId: bot }),
  ];
  assert.equal(await world.availableSeats(eventId), 0);

  const made = await blockBuyer(deps, { eventId, userId: bot, forMs: HOUR_MS });
  assert.deepEqual(made.released, { bookings: 3, tickets: 9 });
  assert.equal(made.leftWaitlist, false);
  assert.equal(await world.availableSeats(eventId), 9);
  for (const { bookingId } of held) {
    assert.equal(await statusOf(world, bookingId), "expired");
    await assert.rejects(
      world.confirm({ bookingId, userId: bot }),
      withCode("RESERVATION_EXPIRED"),
    );
  }
  assert.deepEqual(
    await Promise.all(kept.map(({ bookingId }) => statusOf(world, bookingId))),
    ["confirmed", "pending", "pending"],
  );
  await world.settle();
  await world.assertInvariants();
});

Deno.test("a blocked account is refused until the time is over or the block is taken back", async () => {
  await using world = await createWorld();
  const { deps } = world;
  const eventId = await world.createEvent();
  const userId = newId();
  const key = newId();
  const paid = await world.reserve({ eventId, userId, key });
  await world.confirm(paid);
  const reserve = () => world.reserve({ eventId, userId });
  const refused = withCode("RESERVATIONS_BLOCKED");

  await blockBuyer(deps, { eventId, userId, forMs: HOUR_MS });
  await assert.rejects(reserve(), refused);
  const replay = await world.reserve({ eventId, userId, key });
  assert.equal(replay.bookingId, paid.bookingId, "a replay gets what was bought before");
  await world.reserve({ eventId: await world.createEvent(), userId });
  await world.reserve({ eventId });

  world.clock.advance(HOUR_MS);
  await reserve();
  await blockBuyer(deps, { eventId, userId, forMs: HOUR_MS });
  await assert.rejects(reserve(), refused);
  assert.equal(await unblockBuyer(deps, { eventId, userId }), true);
  await reserve();
  assert.equal(await unblockBuyer(deps, { eventId, userId }), false);
});

Deno.test("a refused reservation tells until when, as a 409 with a code of its own", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 1 });
  const userId = newId();
  const { block } = await blockBuyer(world.deps, { eventId, userId, forMs: HOUR_MS });
  const token = await world.context.tokens.issueForUser(userId);
  const body = { event_id: eventId, quantity: 1, idempotency_key: newId() };
  const url = "http://booking.test/api/v1/bookings/reserve";
  const answer = await readAnswer(world.app.request(jsonRequest("POST", url, { token, body })));
  const until = block.blockedUntil.toISOString();
  assert.deepEqual(
    [answer.status, answer.body.code, answer.body.blocked_until],
    [409, "RESERVATIONS_BLOCKED", until],
  );
  assert.equal(
    answer.body.error,
    `Cannot reserve as the organiser takes no reservations from this account until ${until}`,
  );
  await world.confirm(await world.reserve({ eventId }));
  await world.waitlist.assertRefused([409, answer.body.error], "POST", "/join", {
    userId,
    body: { event_id: eventId, quantity: 1 },
  });
});

Deno.test("blockBuyer() spares a hold whose payment waits for its buyer", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent();
  const userId = newId();
  const own = await world.reserve({ eventId, userId });
  const pay = () =>
    confirmBooking(world.deps, {
      bookingId: own.bookingId,
      userId,
      method: "card",
      token: ACTION_TOKEN,
    });
  assert.equal((await pay()).status, "requires_action");
  const { released } = await blockBuyer(world.deps, { eventId, userId, forMs: HOUR_MS });
  assert.deepEqual(released, NOTHING);
  payments.buyerHasActed = true;
  assert.equal((await pay()).status, "confirmed");
  await world.settle();
  await world.assertInvariants();
});

Deno.test("blockBuyer() spares a hold while its payment is under way", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent();
  const userId = newId();
  const own = await world.reserve({ eventId, userId });
  const released: unknown[] = [];
  const block = async () => {
    released.push((await blockBuyer(world.deps, { eventId, userId, forMs: HOUR_MS })).released);
  };
  payments.beforeAuthorise = block;
  payments.beforeCapture = block;
  await assert.doesNotReject(() => world.confirm(own));
  assert.deepEqual(released, [NOTHING, NOTHING]);
  await world.settle();
  await world.assertInvariants();
});

Deno.test("blockBuyer() takes an account off the waitlist, and its offer, unless that is being paid", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const line = await Line.of(world);
  const { eventId } = line;
  const [offered, paying, waiting, last] = await line.join(1, 1, 1, 1);
  await line.free(2);
  await line.serve();
  assert.deepEqual(await line.states([offered!, paying!, waiting!]), [
    "offered 1",
    "offered 1",
    "waiting",
  ]);
  const offer = await line.offerOf(paying!);
  const pay = () => confirmBooking(world.deps, { ...offer, method: "card", token: ACTION_TOKEN });
  assert.equal((await pay()).status, "requires_action");

  const left: boolean[] = [];
  for (const userId of [offered!, paying!, waiting!]) {
    left.push((await blockBuyer(world.deps, { eventId, userId, forMs: HOUR_MS })).leftWaitlist);
  }
  assert.deepEqual(left, [true, false, true]);
  await line.serve();
  assert.deepEqual(await line.states([last!]), ["offered 1"], "the seat is the next one's");
  payments.buyerHasActed = true;
  assert.equal((await pay()).status, "confirmed");
  await world.settle();
  await world.assertInvariants();
});

Deno.test("a process that does not know of a block yet lets its user reserve, and the next pass ends the hold", async () => {
  await using world = await createWorld();
  const another = world.inAnotherProcess();
  const eventId = await world.createEvent({ capacity: 5 });
  const userId = newId();
  await blockBuyer(world.deps, { eventId, userId, forMs: HOUR_MS });
  const slipped = await another.reserve({ eventId, userId, quantity: 5 });
  assert.equal(await endBlockedHolds(another.deps), 1);
  assert.equal(await statusOf(world, slipped.bookingId), "expired");
  await assert.rejects(another.reserve({ eventId, userId }), withCode("RESERVATIONS_BLOCKED"));
  await world.settle();
  assert.equal(await world.availableSeats(eventId), 5);
  await unblockBuyer(world.deps, { eventId, userId });
  assert.equal(await endBlockedHolds(another.deps), 0);
  await another.reserve({ eventId, userId });
  await world.assertInvariants();
});

Deno.test("a block that has ended is deleted", async () => {
  await using world = await createWorld();
  const { deps, bookingsDb, clock } = world;
  const eventId = await world.createEvent();
  const [ending, staying] = [newId(), newId()];
  await blockBuyer(deps, { eventId, userId: ending, forMs: HOUR_MS });
  await blockBuyer(deps, { eventId, userId: staying, forMs: HOUR_MS + SECOND_MS });
  clock.advance(HOUR_MS);
  await endBlockedHolds(deps);
  const left = await bookingsDb`SELECT user_id FROM hold_blocks`;
  assert.deepEqual(left.map(({ user_id }) => user_id), [staying]);
});

Deno.test("blockBuyer() refuses more accounts of an event than its limit, but changes those there are", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const users = times(MAX_BLOCKS, () => newId());
  const { bookingsDb, clock } = world;
  const until = new Date(clock.now().getTime() + HOUR_MS);
  for (const userId of users) {
    await bookingsDb`
      INSERT INTO hold_blocks (event_id, user_id, blocked_at, blocked_until)
      VALUES (${eventId}, ${userId}, ${clock.now()}, ${until})`;
  }
  const blockFor = (userId: string) =>
    blockBuyer(world.deps, { eventId, userId, forMs: 2 * HOUR_MS });
  await assert.rejects(blockFor(newId()), withCode("BLOCKS_FULL"));
  const { block } = await blockFor(users[0]!);
  assert.equal(block.blockedUntil.getTime(), clock.now().getTime() + 2 * HOUR_MS);
  clock.advance(HOUR_MS);
  await blockFor(newId());
});
