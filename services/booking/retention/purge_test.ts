import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { DEFAULT_BOOKING_RETENTION } from "../config.ts";
import { cancelBooking } from "../orders/cancel_booking.ts";
import { confirmBooking } from "../orders/confirm_booking.ts";
import { expireAll } from "../orders/expire_due.ts";
import { DECLINED_TOKEN } from "../payments/mock.ts";
import { reconcileBookings } from "../reconcile/reconcile_bookings.ts";
import { reconcileSeats } from "../reconcile/reconcile_seats.ts";
import { createWorld, type World } from "../testing/world.ts";
import { createQueueRuns } from "../waitlist/serve_queues.ts";
import { purgeEndedEntries, purgeUnpaidBookings } from "./purge_sql.ts";

const DAY_MS = 24 * 3_600_000;
const RETENTION_MS = DEFAULT_BOOKING_RETENTION.unpaidMs!;
const ALL = 1_000;

function before({ clock }: World): Date {
  return new Date(clock.now().getTime() - RETENTION_MS);
}

async function idsOf({ bookingsDb }: World, table: "bookings" | "waitlist_entries") {
  const id = table === "bookings" ? "booking_id" : "entry_id";
  const rows = await bookingsDb`SELECT ${bookingsDb(id)} AS id FROM ${bookingsDb(table)}`;
  return rows.map((row): string => row.id).toSorted();
}

/** The books of a world add up, and a pass over all of it repairs nothing. */
async function assertBooksAddUp(world: World): Promise<void> {
  await world.settle();
  await world.assertInvariants();
  const { repaired, unrepaired } = await reconcileBookings(world.deps, undefined);
  assert.deepEqual({ repaired, unrepaired }, { repaired: 0, unrepaired: 0 });
  assert.equal((await reconcileSeats(world.deps, undefined)).missing, 0);
}

/** An event with a booking of each end that a booking can have. */
async function stage(world: World) {
  const eventId = await world.createEvent({ capacity: 20, startsInMs: 10 * DAY_MS });
  const sold = await world.reserve({ eventId });
  await world.confirm(sold);
  const givenBack = await world.reserve({ eventId });
  await world.confirm(givenBack);
  await cancelBooking(world.deps, givenBack);
  const free = await world.reserve({
    eventId: await world.createEvent({ priceMinor: 0, startsInMs: 10 * DAY_MS }),
  });
  await world.confirm(free);
  await cancelBooking(world.deps, free);
  const declined = await world.reserve({ eventId });
  const payment = { method: "card", token: DECLINED_TOKEN };
  await assert.rejects(confirmBooking(world.deps, { ...declined, ...payment }));
  const left = await world.reserve({ eventId });
  const dropped = await world.reserve({ eventId });
  await cancelBooking(world.deps, dropped);
  await expireAll(world.deps);
  await world.settle();
  return { eventId, paid: [sold, givenBack, free, declined], unpaid: [left, dropped] };
}

Deno.test("a purge takes bookings that were never paid, and the books still add up", async () => {
  await using world = await createWorld();
  const { paid, unpaid, eventId } = await stage(world);
  await assertBooksAddUp(world);
  world.clock.advance(RETENTION_MS + 20 * DAY_MS);
  const later = await world.createEvent();
  const [open, recent] = [
    await world.reserve({ eventId: later }),
    await world.reserve({ eventId })
      .catch(() => undefined),
  ];
  assert.equal(recent, undefined, "the event is over");

  const input = { before: before(world), limit: ALL };
  assert.equal(await purgeUnpaidBookings(world.bookingsDb, input), unpaid.length);
  assert.equal(await purgeUnpaidBookings(world.bookingsDb, input), 0);
  const kept = [...paid, open].map(({ bookingId }) => bookingId).toSorted();
  assert.deepEqual(await idsOf(world, "bookings"), kept);
  await assertBooksAddUp(world);
});

Deno.test("a purge leaves bookings of events to come, and what ended recently", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ startsInMs: RETENTION_MS + 60 * DAY_MS });
  await cancelBooking(world.deps, await world.reserve({ eventId }));
  const soon = await world.createEvent({ startsInMs: DAY_MS });
  await cancelBooking(world.deps, await world.reserve({ eventId: soon }));
  world.clock.advance(RETENTION_MS + DAY_MS);
  const input = { before: before(world), limit: ALL };
  assert.equal(await purgeUnpaidBookings(world.bookingsDb, input), 0, "it began a year ago");
  world.clock.advance(1);
  const now = { before: before(world), limit: ALL };
  assert.equal(await purgeUnpaidBookings(world.bookingsDb, now), 1);
  assert.equal((await idsOf(world, "bookings")).length, 1, "an event to come keeps its own");
});

Deno.test("purges of several processes at once take each row once, in bounded batches", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ startsInMs: DAY_MS });
  await Promise.all(times(9, () => world.reserve({ eventId })));
  await expireAll(world.deps);
  world.clock.advance(RETENTION_MS + 2 * DAY_MS);
  const input = { before: before(world), limit: 4 };
  const purge = () => purgeUnpaidBookings(world.bookingsDb, input);
  let purged = 0;
  for (let round = 0; round < 5; round++) {
    const counts = await Promise.all([purge(), purge()]);
    for (const count of counts) assert.ok(count <= 4, `${count}`);
    purged += counts[0]! + counts[1]!;
  }
  assert.equal(purged, 9);
});

Deno.test("a purge takes entries of waitlists that have ended, with what went past them", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 2, startsInMs: 10 * DAY_MS });
  const sold = await world.reserve({ eventId, quantity: 2 });
  await world.confirm(sold);
  const [group, single, leaving] = [newId(), newId(), newId()];
  await world.waitlist.join(eventId, { quantity: 4 }, group);
  await world.waitlist.join(eventId, {}, single);
  await world.waitlist.join(eventId, {}, leaving);
  await world.waitlist.ask("DELETE", "/leave", { userId: leaving, body: { event_id: eventId } });
  const busy = await world.createEvent({ capacity: 1, startsInMs: 2 * RETENTION_MS });
  await world.confirm(await world.reserve({ eventId: busy }));
  const gone = newId();
  await world.waitlist.join(busy, {}, gone);
  await world.waitlist.ask("DELETE", "/leave", { userId: gone, body: { event_id: busy } });
  const waiting = await world.waitlist.join(busy, {}, newId());
  await world.bookingsDb`
    INSERT INTO waitlist_passes (entry_id, event_id, offer_id, by_entry_id, by_place, seats, kept, passed_at)
    SELECT entry_id, event_id, gen_random_uuid(), entry_id, place, 1, 0, joined_at FROM waitlist_entries`;
  world.clock.advance(RETENTION_MS + 20 * DAY_MS);
  const input = { before: before(world), limit: ALL };
  assert.equal(await purgeEndedEntries(world.bookingsDb, input), 0, "both lists are still open");
  await createQueueRuns(world.deps).run();
  assert.equal(await purgeEndedEntries(world.bookingsDb, input), 3);
  const kept = await idsOf(world, "waitlist_entries");
  assert.equal(kept.length, 2, "where somebody waits, nothing is taken");
  assert.ok(kept.includes(waiting.waitlist_id));
  const passes = await world.bookingsDb`SELECT entry_id FROM waitlist_passes`;
  assert.deepEqual(passes.map((row) => row.entry_id).toSorted(), kept);
  await assertBooksAddUp(world);
});
