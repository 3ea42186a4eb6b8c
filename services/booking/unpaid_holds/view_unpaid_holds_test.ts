import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { jsonRequest, readAnswer, times } from "@evently/shared/testing";
import { cancelBooking } from "../orders/cancel_booking.ts";
import { confirmBooking } from "../orders/confirm_booking.ts";
import { expireDue } from "../orders/expire_due.ts";
import { ACTION_TOKEN } from "../payments/mock.ts";
import { Line } from "../testing/line.ts";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { createWorld, type World } from "../testing/world.ts";
import { viewUnpaidHolds } from "./view_unpaid_holds.ts";

const HOUR_MS = 3_600_000;
const HOLD_MS = 300_000;

/** Reservations that nobody pays: their time is over. */
async function lapse(
  world: World,
  { eventId, userId, quantity }: { eventId: string; userId: string; quantity: number },
  times: number,
): Promise<void> {
  for (let i = 0; i < times; i++) await world.reserve({ eventId, userId, quantity });
  world.clock.advance(HOLD_MS);
}

Deno.test("viewUnpaidHolds() counts what is held, being paid, paid and lapsed, by hour and day", async () => {
  await using world = await createWorld({ payments: new RecordingProvider() });
  const eventId = await world.createEvent({ capacity: 200 });
  const [bot, buyer] = [newId(), newId()];
  await lapse(world, { eventId, userId: bot, quantity: 4 }, 2);
  await expireDue(world.deps);
  world.clock.advance(2 * HOUR_MS);
  // Its time is over, though no worker has expired it.
  await lapse(world, { eventId, userId: bot, quantity: 3 }, 1);
  await world.reserve({ eventId, userId: bot, quantity: 2 });
  await world.confirm(await world.reserve({ eventId, userId: buyer, quantity: 5 }));
  const givenUp = await world.reserve({ eventId, userId: buyer });
  await cancelBooking(world.deps, givenUp);
  const paying = await world.reserve({ eventId, userId: buyer, quantity: 6 });
  await confirmBooking(world.deps, {
    bookingId: paying.bookingId,
    userId: buyer,
    method: "card",
    token: ACTION_TOKEN,
  });
  await world.reserve({ eventId: await world.createEvent(), userId: bot });

  const { holds, blocks } = await viewUnpaidHolds(world.deps, { eventId });
  const count = (bookings: number, tickets: number) => ({ bookings, tickets });
  assert.deepEqual(blocks, []);
  assert.deepEqual(holds, {
    held: { bookings: 1, tickets: 2, accounts: 1 },
    paying: count(1, 6),
    lastHour: { paid: count(1, 5), lapsed: count(2, 4) },
    lastDay: { paid: count(1, 5), lapsed: count(4, 12) },
    accounts: [{
      userId: bot,
      held: count(1, 2),
      lastHour: { paid: count(0, 0), lapsed: count(1, 3) },
      lastDay: { paid: count(0, 0), lapsed: count(3, 11) },
    }],
  });

  world.clock.advance(22 * HOUR_MS);
  const later = await viewUnpaidHolds(world.deps, { eventId });
  assert.deepEqual(later.holds.lastDay.lapsed, count(3, 6), "the first two are older than a day");
  assert.deepEqual(later.holds.lastHour, { paid: count(0, 0), lapsed: count(0, 0) });
});

Deno.test("viewUnpaidHolds() names ten accounts, those with the most unpaid tickets first", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 400 });
  const users = times(12, () => newId());
  for (const [i, userId] of users.entries()) {
    for (let n = 0; n < 2; n++) await world.reserve({ eventId, userId, quantity: 1 + i % 10 });
  }
  const once = newId();
  await world.reserve({ eventId, userId: once, quantity: 10 });
  const { holds } = await viewUnpaidHolds(world.deps, { eventId });
  assert.equal(holds.held.accounts, 13);
  assert.equal(holds.accounts.length, 10);
  assert.equal(holds.accounts[0]!.userId, users[9]);
  const tickets = holds.accounts.map(({ held }) => held.tickets);
  assert.deepEqual(tickets, tickets.toSorted((a, b) => b - a));
  assert.ok(!holds.accounts.some(({ userId }) => userId === once), "one hold is no pattern");
});

Deno.test("offers of the waitlist are not counted: their users did not ask for them then", async () => {
  await using world = await createWorld();
  const line = await Line.of(world);
  await line.join(1);
  await line.free(1);
  await line.serve();
  const { holds } = await viewUnpaidHolds(world.deps, { eventId: line.eventId });
  assert.deepEqual(holds.held, { bookings: 0, tickets: 0, accounts: 0 });
  assert.deepEqual(holds.lastHour.paid, { bookings: 4, tickets: 4 });
});

Deno.test("the routes of unpaid holds count, block and unblock; they refuse what breaks a rule", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const userId = newId();
  await world.reserve({ eventId, userId, quantity: 2 });
  const headers = { "X-API-Key": world.context.internalApiKey };
  const path = `${eventId}/holds`;
  const block = `${path}/blocks/${userId}`;
  const send = (method: string, rest: string, body?: unknown, sent = headers) =>
    readAnswer(
      world.app.request(
        jsonRequest(method, `http://booking.test/internal/events/${rest}`, {
          headers: sent,
          ...(body === undefined ? {} : { body }),
        }),
      ),
    );
  const now = world.clock.now();
  const shown = {
    user_id: userId,
    blocked_at: now.toISOString(),
    blocked_until: new Date(now.getTime() + 3 * HOUR_MS).toISOString(),
  };
  const made = await send("PUT", block, { hours: 3 });
  assert.deepEqual([made.status, made.body], [200, {
    ...shown,
    released: { bookings: 1, tickets: 2 },
    left_waitlist: false,
  }]);
  const seen = await send("GET", path);
  assert.equal(seen.status, 200);
  assert.deepEqual(seen.body.blocks, [shown]);
  assert.deepEqual(seen.body.held, { bookings: 0, tickets: 0, accounts: 0 });
  assert.deepEqual(seen.body.last_hour.lapsed, { bookings: 1, tickets: 2 });
  assert.deepEqual((await send("DELETE", block)).body, { was_blocked: true });
  assert.deepEqual((await send("DELETE", block)).body, { was_blocked: false });

  const refusals: [unknown, string][] = [
    [{}, "hours must be a whole number"],
    [{ hours: 0 }, "hours must be at least 1"],
    [{ hours: 1.5 }, "hours must be a whole number"],
    [{ hours: 169 }, "hours must be at most 168"],
  ];
  for (const [body, error] of refusals) {
    const answer = await send("PUT", block, body);
    assert.deepEqual([answer.status, answer.body.error], [400, error]);
  }
  for (const method of ["PUT", "DELETE"]) {
    const answer = await send(method, `${path}/blocks/nobody`, { hours: 1 });
    assert.deepEqual([answer.status, answer.body.error], [400, "Invalid user ID format"]);
  }
  assert.equal((await send("GET", "nothing/holds")).status, 400);
  assert.equal((await send("GET", path, undefined, { "X-API-Key": "" })).status, 401);
  assert.equal((await send("GET", path, undefined, { "X-API-Key": "another" })).status, 403);
});
