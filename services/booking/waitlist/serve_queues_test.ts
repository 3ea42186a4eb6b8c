/** Passes over the open queues, and what ends there. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { expireDue } from "../orders/expire_due.ts";
import { Line } from "../testing/line.ts";
import { createWorld, OFFER_MS, withCode, type World } from "../testing/world.ts";
import { QUIET_MS } from "./close_ended.ts";
import { MIN_OFFER_LEAD_MS } from "./decide_offers.ts";
import { MAX_GATHER_MS } from "./gathering.ts";
import { createQueueRuns } from "./serve_queues.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** One pass of a worker that remembers nothing. */
async function pass(world: World): Promise<void> {
  const { run } = createQueueRuns(world.deps);
  while (await run());
  await world.drainOutbox();
}

/** Status and reason of an entry that has ended. */
async function endOf(world: World, eventId: string, userId: string) {
  const { status, why } = await world.waitlist.position(eventId, userId);
  return [status, why?.code, why?.reason];
}

Deno.test("a pass serves every event with an open queue, and closes what nobody waits for", async () => {
  await using world = await createWorld();
  const lines = [await Line.of(world, { seats: 2 }), await Line.of(world, { seats: 2 })];
  const users = await Promise.all(lines.map((line) => line.join(1)));
  for (const line of lines) await line.free(2);
  await pass(world);
  for (const [i, line] of lines.entries()) {
    assert.deepEqual(await line.states(users[i]!), ["offered 1"]);
    await pass(world);
    assert.equal(await world.availableSeats(line.eventId), 1);
  }
  await world.assertInvariants();
});

Deno.test("lists stay open while anybody waits, though nothing is free", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  const users = await line.join(1);
  await pass(world);
  await line.free(1);
  await assert.rejects(world.reserve({ eventId: line.eventId }), withCode("NOT_ENOUGH_SEATS"));
  await pass(world);
  assert.deepEqual(await line.states(users), ["offered 1"]);
});

Deno.test("a queue is closed some minutes after the last one has left, and opens for the next", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  const { waitlist } = world.deps;
  const [userId] = await line.join(1) as [string];
  const openQueues = () => waitlist.listOpenQueues({ after: undefined, limit: 9 });
  await pass(world);
  assert.deepEqual(await openQueues(), [line.eventId]);
  await line.leave(userId);
  await pass(world);
  assert.deepEqual(await openQueues(), [line.eventId], "a join may still be under way");
  world.clock.advance(QUIET_MS + 1);
  await pass(world);
  assert.deepEqual(await openQueues(), []);
  await line.free(1);
  await world.reserve({ eventId: line.eventId });
  await line.join(1);
  assert.deepEqual(await openQueues(), [line.eventId]);
});

Deno.test("a list stays open for an offer that may bring its entry back", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 3 });
  const [userId] = await line.join({ quantity: 3, min_quantity: 1 }) as [string];
  await line.free(1);
  await pass(world);
  assert.deepEqual(await line.states([userId]), ["offered 1"]);
  await line.free(1);
  await pass(world);
  await assert.rejects(world.reserve({ eventId: line.eventId }), withCode("NOT_ENOUGH_SEATS"));
  await line.decline(userId);
  await line.free(1);
  await world.drainOutbox();
  await pass(world);
  assert.deepEqual(await line.states([userId]), ["offered 3"]);
  await world.assertInvariants();
});

Deno.test("when an event is cancelled its line and its offers end", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 2 });
  const users = await line.join(1, 2) as [string, string];
  await line.free(1);
  await line.serve();
  await world.organiser.cancelEvent(line.eventId);
  await world.settle();
  for (const userId of users) {
    assert.deepEqual(await endOf(world, line.eventId, userId), ["expired", "CLOSED", "event_over"]);
  }
  await pass(world);
  await world.assertInvariants();
  assert.equal(await setAsideOf(world, line.eventId), 0);
});

Deno.test("when an event begins its line ends, after its last offers have lapsed", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1, startsInMs: 15 * MINUTE_MS });
  const users = await line.join(1, 1) as [string, string];
  await line.free(1);
  await pass(world);
  world.clock.advance(15 * MINUTE_MS);
  await expireDue(world.deps);
  await world.drainOutbox();
  await pass(world);
  assert.deepEqual((await endOf(world, line.eventId, users[0]))[0], "expired");
  assert.deepEqual(await endOf(world, line.eventId, users[1]), ["expired", "CLOSED", "event_over"]);
  await world.assertInvariants();
});

Deno.test("shortly before an event begins its line ends, and its seats are the public's", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 2, startsInMs: 20 * MINUTE_MS });
  const { eventId } = line;
  const [userId, offered] = await line.join(1, 1) as [string, string];
  await world.deps.waitlist.setPaused({ eventId, isPaused: true, now: world.clock.now() });
  await line.free(1);
  await pass(world);
  assert.equal(await world.availableSeats(eventId), 0);
  world.clock.advance(20 * MINUTE_MS - MIN_OFFER_LEAD_MS);
  await pass(world);
  assert.deepEqual(await line.states([userId]), ["waiting"], "an offer can still be made");
  await world.deps.waitlist.setPaused({ eventId, isPaused: false, now: world.clock.now() });
  await pass(world);
  assert.deepEqual(await line.states([userId, offered]), ["offered 1", "waiting"]);

  world.clock.advance(1);
  await line.free(1);
  await pass(world);
  assert.deepEqual(await endOf(world, eventId, offered), ["expired", "CLOSED", "starts_soon"]);
  assert.equal(await world.availableSeats(eventId), 1, "the public can buy it");
  await line.world.waitlist.assertRefused(
    [400, "Waitlist is closed as the event begins soon. Please book directly."],
    "POST",
    "/join",
    { userId: newId(), body: { event_id: eventId, quantity: 2 } },
  );
  assert.equal((await world.waitlist.join(eventId, { quantity: 1 }, userId)).status, "offered");
  await world.assertInvariants();
});

/** What leaves nothing of what is gathered for a while, and its end. */
const NOTHING_LEFT = {
  "the capacity is lowered": [
    (world: World, eventId: string) => world.organiser.resize(eventId, 2),
    (world: World, eventId: string) => world.organiser.resize(eventId, 3),
  ],
  "the type is paused": [
    (world: World, eventId: string) =>
      world.organiser.changeType(eventId, eventId, { status: "paused" }),
    (world: World, eventId: string) =>
      world.organiser.changeType(eventId, eventId, { status: "active" }),
  ],
} as const;

for (const [what, [take, giveBack]] of Object.entries(NOTHING_LEFT)) {
  Deno.test(`seats are gathered anew for a group after ${what}`, async () => {
    await using world = await createWorld();
    const line = await Line.of(world, { seats: 3 });
    const { eventId } = line;
    const [group] = await line.join(3) as [string];
    await line.free(1);
    await pass(world);
    const gatheringSince = async () =>
      (await world.deps.waitlist.find({ userId: group, eventId }))?.gatheringSince;
    assert.deepEqual(await gatheringSince(), world.clock.now());
    await take(world, eventId);
    await pass(world);
    world.clock.advance(MAX_GATHER_MS);
    await giveBack(world, eventId);
    await pass(world);
    assert.deepEqual(await line.states([group]), ["waiting"]);
    assert.deepEqual(await gatheringSince(), world.clock.now());
  });
}

Deno.test("when a type is archived its waiters end, and those of another one go on", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 2 });
  const { eventId } = line;
  const balcony = await world.organiser.addType(eventId);
  const [only, either, other] = await line.join(
    { quantity: 1, ticket_type_ids: [balcony] },
    { quantity: 1, ticket_type_ids: [balcony, eventId] },
    { quantity: 1, ticket_type_ids: [eventId] },
  ) as [string, string, string];
  await world.organiser.changeType(eventId, balcony, { status: "archived" });
  await pass(world);
  assert.deepEqual(await endOf(world, eventId, only), ["expired", "CLOSED", "types_ended"]);
  await line.free(2);
  await pass(world);
  assert.deepEqual(await line.states([either, other]), ["offered 1", "offered 1"]);
  assert.equal((await world.waitlist.position(eventId, either)).offer.ticket_type_id, eventId);
  await world.assertInvariants();
});

Deno.test("when the sale of a type ends its waiters end, and its seats are the public's", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  const { eventId } = line;
  const early = await world.organiser.addType(eventId, {
    sales_end: new Date(world.clock.now().getTime() + HOUR_MS).toISOString(),
  });
  const [userId] = await line.join({ quantity: 2, ticket_type_ids: [early] }) as [string];
  await line.free(1);
  await pass(world);
  assert.equal(await world.availableSeats(eventId), 0);
  world.clock.advance(HOUR_MS);
  await pass(world);
  assert.deepEqual(await endOf(world, eventId, userId), ["expired", "CLOSED", "types_ended"]);
  assert.equal(await world.availableSeats(eventId), 1);
});

Deno.test("an offer ends with the sale of its type, and is made however little is left", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  const { eventId } = line;
  const salesEnd = new Date(world.clock.now().getTime() + 2 * MINUTE_MS).toISOString();
  const early = await world.organiser.addType(eventId, { sales_end: salesEnd });
  const [userId] = await line.join({ quantity: 1, ticket_type_ids: [early] }) as [string];
  await line.free(1);
  await pass(world);
  const { offer } = await world.waitlist.position(eventId, userId);
  assert.equal(Date.parse(offer.expires_at), Date.parse(salesEnd));
});

Deno.test("waiters of a paused type wait, and are served when it goes on", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  const { eventId } = line;
  const [userId] = await line.join(1) as [string];
  await world.organiser.changeType(eventId, eventId, { status: "paused" });
  await line.free(1);
  await pass(world);
  assert.deepEqual(await line.states([userId]), ["waiting"]);
  await world.organiser.changeType(eventId, eventId, { status: "active" });
  await pass(world);
  assert.deepEqual(await line.states([userId]), ["offered 1"]);
});

Deno.test("an entry whose user has all that a buyer may have is closed, and the next is served", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 2 });
  const { eventId } = line;
  const one = await world.organiser.addType(eventId, { max_per_buyer: 1 });
  await line.free(1);
  const userId = newId();
  await world.confirm(
    await world.reserve({ eventId, userId, lines: [{ ticketTypeId: one, quantity: 1 }] }),
  );
  const wish = { quantity: 1, ticket_type_ids: [one] };
  await world.waitlist.join(eventId, wish, userId);
  const [next] = await line.join(wish) as [string];
  await line.free(1);
  await pass(world);
  await pass(world);
  assert.deepEqual(await endOf(world, eventId, userId), ["expired", "CLOSED", "buyer_limit"]);
  assert.deepEqual(await line.states([next]), ["offered 1"]);
  await world.assertInvariants();
});

Deno.test("an offer that its type refuses since it was decided is decided anew", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 2 });
  const { eventId } = line;
  const [userId] = await line.join({ quantity: 2, min_quantity: 1 }) as [string];
  await line.free(2);
  const { inventory } = world.deps;
  let isFirst = true;
  const hold: typeof inventory.hold = async (...args) => {
    if (isFirst) await world.organiser.changeType(eventId, eventId, { max_per_order: 1 });
    isFirst = false;
    return await inventory.hold(...args);
  };
  await createQueueRuns({ ...world.deps, inventory: { ...inventory, hold } }).run();
  assert.deepEqual(await line.states([userId]), ["offered 1"]);
  await world.settle();
  await world.assertInvariants();
});

Deno.test("an offer that no process made for long is decided anew, with all its time", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  const { eventId } = line;
  const [userId] = await line.join(1) as [string];
  await line.free(1);
  const { inventory } = world.deps;
  const dying = { ...inventory, hold: () => Promise.reject(new Error("it died")) };
  const { run } = createQueueRuns({ ...world.deps, inventory: dying });
  await run();
  const { waitlist } = world.deps;
  assert.equal((await waitlist.find({ eventId, userId }))?.status, "offering");
  world.clock.advance(OFFER_MS - MINUTE_MS);
  await pass(world);
  const { offer } = await world.waitlist.position(eventId, userId);
  assert.equal(Date.parse(offer.expires_at), world.clock.now().getTime() + OFFER_MS);
  await world.confirm(await line.offerOf(userId));
  await world.settle();
  await world.assertInvariants();
});

Deno.test("news of seats set aside wake the worker for their event alone", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  const users = await line.join(1);
  const runs = createQueueRuns({
    ...world.deps,
    waitlist: { ...world.deps.waitlist, listOpenQueues: () => Promise.resolve([]) },
  });
  world.context.seatNews.listen((eventId, { setAside = 0, isSale = false }) => {
    if (setAside > 0 && !isSale) runs.wake(eventId);
  });
  await line.free(1);
  await runs.run();
  assert.deepEqual(await line.states(users), ["offered 1"]);
});

Deno.test("an event whose seats are as they were rests, unless somebody joins", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 2 });
  const runs = createQueueRuns(world.deps);
  const users = await line.join(3);
  await line.free(2);
  await runs.run();
  users.push(...await line.join(1));
  await runs.run();
  assert.deepEqual(await line.states(users), ["waiting", "waiting"]);
  runs.nudge();
  await runs.run();
  assert.deepEqual(await line.states(users), ["waiting", "offered 1"]);
});

Deno.test("a long line of groups that are short is read the less often the longer it is", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 6 });
  const { eventId } = line;
  const { waitlist } = world.deps;
  await line.join(6);
  const now = world.clock.now();
  const wish = { eventId, ticketTypeIds: [eventId], quantity: 6, minQuantity: 6 };
  const entries = times(600, () => ({ ...wish, entryId: newId(), userId: newId() }));
  await waitlist.join({ entries, now });
  await waitlist.admit({ eventId, entryIds: entries.map(({ entryId }) => entryId), now });
  await line.free(5);
  let reads = 0;
  const runs = createQueueRuns({
    ...world.deps,
    waitlist: {
      ...waitlist,
      listWaiting: (input) => {
        reads++;
        return waitlist.listWaiting(input);
      },
    },
  });
  const readsAfter = async (ms: number) => {
    world.clock.advance(ms);
    const before = reads;
    await runs.run();
    return reads - before;
  };
  assert.equal(await readsAfter(0), 2, "both pages");
  assert.equal(await readsAfter(2_300), 0, "it rests for four milliseconds an entry");
  assert.equal(await readsAfter(200), 2);
  runs.nudge();
  assert.equal(await readsAfter(0), 2, "somebody joined or answered");
});

Deno.test("a failure for one event keeps no other one waiting", async () => {
  await using world = await createWorld();
  const lines = [await Line.of(world, { seats: 1 }), await Line.of(world, { seats: 1 })];
  const users = await Promise.all(lines.map((line) => line.join(1)));
  for (const line of lines) await line.free(1);
  const { waitlist } = world.deps;
  const [broken] = lines;
  const { run } = createQueueRuns({
    ...world.deps,
    waitlist: {
      ...waitlist,
      findQueue: (eventId) =>
        eventId === broken!.eventId
          ? Promise.reject(new Error("it is broken"))
          : waitlist.findQueue(eventId),
    },
  });
  await run();
  assert.deepEqual(await lines[0]!.states(users[0]!), ["waiting"]);
  assert.deepEqual(await lines[1]!.states(users[1]!), ["offered 1"]);
});

function setAsideOf({ eventsDb }: World, eventId: string): Promise<number> {
  return eventsDb<{ set_aside: number }[]>`
    SELECT set_aside FROM seat_inventory WHERE event_id = ${eventId} AND pool = 0`
    .then(([row]) => row?.set_aside ?? -1);
}
