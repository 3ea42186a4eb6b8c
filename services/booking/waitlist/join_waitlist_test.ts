import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { createWorld, withCode } from "../testing/world.ts";
import { joinWaitlist } from "./join_waitlist.ts";
import { viewPosition } from "./view_position.ts";

/** A wish for one ticket of the default type. */
function wish(eventId: string, userId = newId()) {
  return { userId, eventId, ticketTypeIds: undefined, quantity: 1, minQuantity: 1 };
}

Deno.test("joinWaitlist() gives a place each to those who join by two processes at once", async () => {
  await using world = await createWorld();
  const other = world.inAnotherProcess();
  const eventId = await world.createEvent({ capacity: 1 });
  await world.reserve({ eventId });
  const users = times(40, newId);
  await Promise.all(
    users.map((userId, i) =>
      joinWaitlist(i % 2 === 0 ? world.deps : other.deps, wish(eventId, userId))
    ),
  );
  const views = await Promise.all(
    users.map((userId) => viewPosition(world.deps, { eventId, userId })),
  );
  const positions = views.map(({ position }) => position).toSorted((a, b) => a - b);
  assert.deepEqual(positions, times(40, (i) => i + 1));
  assert.ok(views.every(({ entry, total }) => entry.status === "waiting" && total === 40));
});

Deno.test("joinWaitlist() of a user by two processes at once makes one entry", async () => {
  await using world = await createWorld();
  const other = world.inAnotherProcess();
  const eventId = await world.createEvent({ capacity: 1 });
  await world.reserve({ eventId });
  const userId = newId();
  const views = await Promise.all(
    times(10, (i) => joinWaitlist(i % 2 === 0 ? world.deps : other.deps, wish(eventId, userId))),
  );
  assert.equal(new Set(views.map(({ entry }) => entry.entryId)).size, 1);
  assert.equal((await viewPosition(world.deps, { eventId, userId })).total, 1);
});

Deno.test("joinWaitlist() knows an event as soon as it goes on sale", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 1 });
  await world.reserve({ eventId });
  await world.eventsDb`UPDATE events SET status = 'draft' WHERE event_id = ${eventId}`;
  await assert.rejects(joinWaitlist(world.deps, wish(eventId)), withCode("EVENT_UNKNOWN"));
  await world.eventsDb`UPDATE events SET status = 'published' WHERE event_id = ${eventId}`;
  await assert.doesNotReject(joinWaitlist(world.deps, wish(eventId)));
});

Deno.test("joinWaitlist() for several types tells the position in the line that is furthest", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 1 });
  const balcony = await world.organiser.addType(eventId);
  await world.reserve({ eventId });
  await joinWaitlist(world.deps, wish(eventId));
  await joinWaitlist(world.deps, wish(eventId));
  const { position, total, ahead } = await joinWaitlist(world.deps, {
    ...wish(eventId),
    ticketTypeIds: [eventId, balcony],
  });
  assert.deepEqual([position, total, ahead], [1, 1, { entries: 0, seats: 0 }]);
});

Deno.test("viewPosition() tells the place in line while the event service is gone", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 1 });
  await world.reserve({ eventId });
  const userId = newId();
  await joinWaitlist(world.deps, wish(eventId));
  await joinWaitlist(world.deps, wish(eventId, userId));
  world.clock.advance(1_000);
  world.context.provide("event", { fetch: () => new Response("{}", { status: 500 }) });
  const { position, total, ahead, why } = await viewPosition(world.deps, { eventId, userId });
  assert.deepEqual([position, total, ahead.entries, why], [2, 2, 1, undefined]);
});
