import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { jsonRequest, readAnswer } from "@evently/shared/testing";
import { createWorld, type World } from "../testing/world.ts";
import { forgetPerson } from "./forget_person.ts";
import { viewPerson } from "./view_person.ts";

const HOUR_MS = 3_600_000;

async function statusesOf({ bookingsDb }: World, userId: string): Promise<string[]> {
  const rows = await bookingsDb`
    SELECT status FROM bookings WHERE user_id = ${userId} ORDER BY booked_at, booking_id`;
  return rows.map(({ status }) => status);
}

Deno.test("forgetPerson() ends what a user has open, and leaves what is over and others alone", async () => {
  await using world = await createWorld();
  const [userId, other] = [newId(), newId()];
  const past = await world.createEvent({ startsInMs: HOUR_MS });
  const visited = await world.reserve({ eventId: past, userId });
  await world.confirm(visited);
  world.clock.advance(48 * HOUR_MS);
  const eventId = await world.createEvent({ capacity: 6, startsInMs: 72 * HOUR_MS });
  await world.confirm(await world.reserve({ eventId, quantity: 2, userId }));
  await world.reserve({ eventId, userId });
  const kept = await world.reserve({ eventId, quantity: 3, userId: other });
  await world.confirm(kept);
  const full = await world.createEvent({ capacity: 1, startsInMs: 72 * HOUR_MS });
  await world.confirm(await world.reserve({ eventId: full, userId: other }));
  await world.waitlist.join(full, {}, userId);

  const before = await viewPerson(world.deps, { userId });
  assert.equal(before.openTickets, 2);
  assert.deepEqual(before.entries.map((entry) => entry.eventId), [full]);
  assert.deepEqual(await forgetPerson(world.deps, { userId }), { ended: 3, remaining: 0 });
  assert.deepEqual(await forgetPerson(world.deps, { userId }), { ended: 0, remaining: 0 });
  await world.settle();

  assert.deepEqual(await statusesOf(world, userId), ["confirmed", "cancelled", "cancelled"]);
  assert.deepEqual(await statusesOf(world, other), ["confirmed", "confirmed"]);
  const after = await viewPerson(world.deps, { userId });
  assert.deepEqual([after.openTickets, after.entries[0]!.status], [0, "left"]);
  assert.equal(await world.availableSeats(eventId), 3);
  await world.assertInvariants();
});

Deno.test("forgetPerson() ends a bounded number in a call, and says that more remain", async () => {
  await using world = await createWorld();
  const userId = newId();
  const eventId = await world.createEvent({ capacity: 30, startsInMs: 72 * HOUR_MS });
  for (let i = 0; i < 28; i++) await world.reserve({ eventId, userId });
  const first = await forgetPerson(world.deps, { userId });
  assert.deepEqual(first, { ended: 25, remaining: 1 });
  assert.deepEqual(await forgetPerson(world.deps, { userId }), { ended: 3, remaining: 0 });
  await world.settle();
  assert.equal(await world.availableSeats(eventId), 30);
});

Deno.test("the routes of people tell and end what a user has open", async () => {
  await using world = await createWorld();
  const userId = newId();
  const eventId = await world.createEvent({ startsInMs: 72 * HOUR_MS });
  await world.confirm(await world.reserve({ eventId, userId, quantity: 2 }));
  const headers = { "X-API-Key": world.context.internalApiKey };
  const send = (method: string, path: string) =>
    readAnswer(
      world.app.fetch(
        jsonRequest(method, `http://booking.test/internal/users/${path}`, { headers }),
      ),
    );
  const view = await send("GET", `${userId}/person`);
  assert.deepEqual([view.status, view.body], [200, { open_tickets: 2, waitlists: [] }]);
  const forgotten = await send("POST", `${userId}/forget`);
  assert.deepEqual([forgotten.status, forgotten.body], [200, { ended: 1, remaining: 0 }]);
  assert.equal((await send("GET", "nobody/person")).status, 400);
});
