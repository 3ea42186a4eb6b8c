import assert from "node:assert/strict";
import { Unavailable } from "@evently/shared/errors";
import { transaction } from "@evently/shared/postgres";
import type { EventBookings } from "../peers/event_bookings.ts";
import { createEventWorld, type EventWorld } from "../testing/world.ts";
import { runEventOutbox } from "./run_event_outbox.ts";

/** Bookings of which each call cancels one; it can be told to fail. */
function bookingsOf(
  remaining: number,
): Pick<EventBookings, "cancelAll"> & { asked: string[]; down: boolean } {
  const bookings = {
    asked: [] as string[],
    down: false,
    cancelAll(eventId: string) {
      bookings.asked.push(eventId);
      if (bookings.down) return Promise.reject(new Unavailable("booking is gone"));
      remaining = Math.max(0, remaining - 1);
      return Promise.resolve({ remaining });
    },
  };
  return bookings;
}

async function cancelledEvent(world: EventWorld): Promise<string> {
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  await world.send("DELETE", `/admin/events/${event_id}`, { token: organiser.token });
  return event_id;
}

function outboxOf(world: EventWorld, bookings: Pick<EventBookings, "cancelAll">) {
  const { sql, clock, context: { log } } = world;
  return () => runEventOutbox({ sql, clock, log, bookings });
}

Deno.test("a cancelled event's bookings are cancelled until none remain, and then no more", async () => {
  await using world = await createEventWorld();
  const eventId = await cancelledEvent(world);
  const bookings = bookingsOf(3);
  const run = outboxOf(world, bookings);

  assert.deepEqual([await run(), await run(), await run(), await run()], [
    true,
    true,
    false,
    false,
  ]);

  assert.deepEqual(bookings.asked, [eventId, eventId, eventId]);
});

Deno.test("an event's cancellation and the message of it are one transaction", async () => {
  await using world = await createEventWorld();
  await cancelledEvent(world);
  const [written] = await world.sql`
    SELECT o.xmin = e.xmin AS together FROM outbox o JOIN events e USING (event_id)`;
  assert.deepEqual({ ...written }, { together: true });
});

Deno.test("while booking is gone it is asked again, less and less often, until it answers", async () => {
  await using world = await createEventWorld();
  await cancelledEvent(world);
  const bookings = bookingsOf(1);
  bookings.down = true;
  const run = outboxOf(world, bookings);

  assert.equal(await run(), false);
  await run();
  assert.equal(bookings.asked.length, 1, "it was asked again at once");
  world.clock.advance(1_000);
  await run();
  world.clock.advance(1_000);
  await run();
  assert.equal(bookings.asked.length, 2, "the second pause is not longer than the first");
  world.clock.advance(1_000);
  bookings.down = false;
  await run();
  assert.equal(bookings.asked.length, 3);
  world.clock.advance(3_600_000);
  await run();
  assert.equal(bookings.asked.length, 3);
});

Deno.test("several processes deliver each message once at a time", async () => {
  await using world = await createEventWorld();
  for (let i = 0; i < 6; i++) await cancelledEvent(world);
  const bookings = bookingsOf(0);
  await Promise.all(Array.from({ length: 4 }, outboxOf(world, bookings)));
  assert.equal(bookings.asked.length, 6);
  assert.equal(new Set(bookings.asked).size, 6);
});

Deno.test("what another process has in its hands is left to it, not waited for", async () => {
  await using world = await createEventWorld();
  await cancelledEvent(world);
  const bookings = bookingsOf(0);
  const run = outboxOf(world, bookings);
  await transaction(world.sql, async (tx) => {
    await tx`SELECT FROM outbox FOR UPDATE`;
    await run();
  });
  assert.equal(bookings.asked.length, 0);
  await run();
  assert.equal(bookings.asked.length, 1);
});

Deno.test("what a process took and never finished is delivered by another, later", async () => {
  await using world = await createEventWorld();
  await cancelledEvent(world);
  const taken = Promise.withResolvers<void>();
  const crashing = outboxOf(world, {
    cancelAll() {
      taken.resolve();
      return new Promise(() => {});
    },
  });
  await Promise.race([crashing(), taken.promise]);

  const bookings = bookingsOf(0);
  const run = outboxOf(world, bookings);
  await run();
  assert.equal(bookings.asked.length, 0);
  world.clock.advance(61_000);
  await run();
  assert.equal(bookings.asked.length, 1);
});
