import assert from "node:assert/strict";
import { localBinding, SeatNews } from "@evently/shared/services";
import { newId } from "@evently/shared/ids";
import { seatInventoryOver } from "../peers/seat_inventory.ts";
import { createWorld, runWorker, withCode, type World } from "../testing/world.ts";
import { checkAvailability } from "./check_availability.ts";
import { cancelBooking } from "./cancel_booking.ts";
import { expireBooking } from "./expire_booking.ts";
import { expireDue } from "./expire_due.ts";

const HOLD_TTL_MS = 5 * 60_000;
const SWEEP_GRACE_MS = 30_000;
/** How long a refusal is remembered. */
const MEMORY_MS = 200;

type Taken = Awaited<ReturnType<World["reserve"]>>;

/** An event with its only seat taken, after a refusal that is remembered. */
async function soldOut(world: World): Promise<{ eventId: string; taken: Taken }> {
  const eventId = await world.createEvent({ capacity: 1 });
  const taken = await world.reserve({ eventId });
  await turnedAway(world, eventId);
  return { eventId, taken };
}

async function turnedAway(world: Pick<World, "reserve">, eventId: string): Promise<void> {
  await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"));
}

async function booked(world: Pick<World, "reserve">, eventId: string): Promise<void> {
  await assert.doesNotReject(world.reserve({ eventId }));
}

async function isAvailable({ deps }: World, eventId: string): Promise<boolean> {
  return (await checkAvailability(deps, { eventId, quantity: 1 })).isAvailable;
}

/** Ways to free a seat, by name. */
const RELEASES: Record<string, (world: World, sold: { eventId: string; taken: Taken }) => unknown> =
  {
    "raised capacity": (world, { eventId }) => world.organiser.resize(eventId, 2),
    "cancelled hold": (world, { taken }) => cancelBooking(world.deps, taken),
    "cancelled ticket": async (world, { taken }) => {
      await world.confirm(taken);
      await cancelBooking(world.deps, taken);
    },
    "hold that was given up": (world, { taken }) => expireBooking(world.deps, taken),
    "hold that ended": async (world, { eventId }) => {
      world.clock.advance(HOLD_TTL_MS);
      await turnedAway(world, eventId);
      await expireDue(world.deps);
      await world.drainOutbox();
    },
    "hold that the sweep released": async (world, { eventId }) => {
      world.clock.advance(HOLD_TTL_MS + SWEEP_GRACE_MS);
      await turnedAway(world, eventId);
      await runWorker(world.eventService, "release expired seats");
    },
  };

Deno.test("a refusal is remembered only until the inventory has answered otherwise", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 1 });
  const [userId, key] = [newId(), newId()];
  await assert.rejects(world.reserve({ eventId, quantity: 2 }), withCode("NOT_ENOUGH_SEATS"));
  await world.reserve({ eventId, userId, key });
  await turnedAway(world, eventId);
  await world.organiser.cancelEvent(eventId);
  world.clock.advance(MEMORY_MS);
  // The first request after that asks; its answer, a booking of before, says nothing of seats.
  await world.reserve({ eventId, userId, key });
  await assert.rejects(world.reserve({ eventId }), withCode("EVENT_UNKNOWN"));
});

for (const [release, free] of Object.entries(RELEASES)) {
  Deno.test(`the seat of a ${release} can be booked at once in this process`, async () => {
    await using world = await createWorld();
    const sold = await soldOut(world);
    await turnedAway(world, sold.eventId);
    assert.equal(await isAvailable(world, sold.eventId), false);
    await free(world, sold);
    assert.equal(await isAvailable(world, sold.eventId), true);
    await booked(world, sold.eventId);
    await turnedAway(world, sold.eventId);
    await expireDue(world.deps);
    await world.settle();
    await world.assertInvariants(sold.eventId);
  });
}

Deno.test("seats returned by the old interface can be booked at once in this process", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 1 });
  const [event] = await world.eventsDb<{ version: number }[]>`
    SELECT version FROM events WHERE event_id = ${eventId}`;
  const adjust = async (route: string, quantity: number, version: number) => {
    const response = await world.eventService.app.fetch(
      new Request(`http://event.test/internal/events/${eventId}/${route}`, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "X-API-Key": world.context.internalApiKey,
        },
        body: JSON.stringify({ quantity, version }),
      }),
      {},
    );
    return (await response.json()).version as number;
  };
  const version = await adjust("update-availability", -1, event!.version);
  await turnedAway(world, eventId);
  await adjust("return-seats", 1, version);
  await booked(world, eventId);
});

Deno.test("seats freed by another process can be booked within 250 ms", async () => {
  await using world = await createWorld();
  const { eventId } = await soldOut(world);
  await world.inAnotherProcess().organiser.resize(eventId, 2);
  await turnedAway(world, eventId);
  world.clock.advance(200);
  await booked(world, eventId);
});

Deno.test("cancelBooking() succeeds without the event service; the outbox does the rest", async () => {
  await using world = await createWorld({
    adapt: ({ seats }) => ({
      seats: { ...seats, release: () => Promise.reject(new Error("gone")) },
    }),
  });
  const { eventId, taken } = await soldOut(world);
  assert.equal((await cancelBooking(world.deps, taken)).status, "cancelled");
  assert.equal(await world.availableSeats(eventId), 0);
  const due = await world.bookingsDb`SELECT FROM outbox WHERE delivered_at IS NULL`;
  assert.equal(due.length, 1);
});

Deno.test("answers of an event service in another process are seat news", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 5 });
  const news = new SeatNews();
  const told: [string, number][] = [];
  news.listen((id, { availableSeats }) => told.push([id, availableSeats]));
  const elsewhere = localBinding("event", () => world.eventService.app);
  const seats = seatInventoryOver(elsewhere, world.context.internalApiKey, news);
  const allocationId = newId();
  const expiresAt = new Date(world.clock.now().getTime() + HOLD_TTL_MS);

  await seats.hold([{ eventId, items: [{ allocationId, quantity: 2, expiresAt }] }]);
  await seats.commit([{ eventId, allocationIds: [allocationId] }]);
  await seats.release([{ eventId, allocationIds: [allocationId] }]);

  assert.deepEqual(told, [[eventId, 3], [eventId, 3], [eventId, 5]]);
});
