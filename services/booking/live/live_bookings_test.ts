import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import { newId } from "@evently/shared/ids";
import {
  bearer,
  randomFrom,
  readEventStream,
  roundsOr,
  seedOfRun,
  times,
} from "@evently/shared/testing";
import { createBookingApp } from "../app.ts";
import { cancelBooking } from "../orders/cancel_booking.ts";
import { confirmBooking } from "../orders/confirm_booking.ts";
import { expireBooking } from "../orders/expire_booking.ts";
import { extendBooking } from "../orders/extend_booking.ts";
import { expireDue } from "../orders/expire_due.ts";
import type { LiveState } from "./live_state.ts";
import { Line } from "../testing/line.ts";
import { createWorld, type World, type WorldDeps } from "../testing/world.ts";

/** As long as what another process did may be unknown. */
const AGE_MS = 1_001;
const TOKEN_MS = 15 * 60_000;
/** Ended bookings that a user is told of at most, the open ones counted first. */
const MOST_ENDED = 20;
const SEED = seedOfRun();

type Told = LiveState["bookings"][number];

Deno.test("a stream tells a booking's way from its hold to its refund, each step once", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const userId = newId();
  const live = await watch(world, userId);
  await world.deps.liveBookings.tell();
  const first = await live.message();
  assert.equal(first.event, "state");
  assert.deepEqual(first.data, {
    server_time: world.clock.now().toISOString(),
    bookings: [],
    waitlist: [],
  });

  const own = await world.reserve({ eventId, userId });
  const next = async () => {
    await world.deps.liveBookings.tell();
    await world.deps.liveBookings.tell();
    const { data: { bookings } } = await live.message();
    assert.equal(bookings.length, 1);
    return bookings[0];
  };
  const held = await next();
  assert.deepEqual(held, {
    booking_id: own.bookingId,
    booking_reference: own.reference,
    event_id: eventId,
    status: "pending",
    payment: "pending",
    expires_at: own.expiresAt.toISOString(),
  });
  const extended = await extendBooking(world.deps, own);
  assert.deepEqual(await next(), { ...held, expires_at: extended.expiresAt.toISOString() });

  await pay(world.deps, own, "tok_declined").catch(() => {});
  assert.equal((await next()).payment, "declined");
  await pay(world.deps, own, "tok_action");
  assert.equal((await next()).payment, "requires_action");
  const { booking } = await world.confirm(own);
  const { expires_at: _, ...ended } = held;
  const paid = await next();
  assert.deepEqual(paid, {
    ...ended,
    status: "confirmed",
    payment: "confirmed",
    ticket_url: `/api/booking/tickets/${booking.ticketCode}`,
  });
  await cancelBooking(world.deps, own);
  assert.deepEqual(await next(), { ...ended, status: "cancelled", payment: "cancelled" });
});

Deno.test("a payment under way is told of as processing, and a hold whose time is up as expired", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const own = await world.reserve({ eventId });
  const live = await watch(world, own.userId);
  await world.deps.bookings.startConfirming({
    ...own,
    now: world.clock.now(),
    payment: { paymentId: newId(), provider: "mock", method: "card", token: "tok" },
  });
  assert.equal((await told(world, live)).bookings[0].payment, "processing");

  const other = await world.reserve({ eventId });
  const theirs = await watch(world, other.userId);
  assert.equal((await told(world, theirs)).bookings[0].status, "pending");
  world.clock.set(other.expiresAt);
  const [ended] = (await told(world, theirs)).bookings;
  assert.deepEqual([ended.status, ended.payment], ["expired", "expired"]);
  await expireDue(world.deps);
  await world.deps.liveBookings.tell();
});

Deno.test("a stream tells of the place in line, of an offer with its deadline, and of its end", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  const [before, own] = await line.join(1, 1) as [string, string];
  const live = await watch(world, own);
  const [place] = (await told(world, live)).waitlist;
  const { body } = await world.waitlist.send("GET", `/position?event_id=${line.eventId}`, {
    userId: own,
  });
  assert.deepEqual(place, { event_id: line.eventId, ...body });
  assert.equal(place.position, 2);

  await world.waitlist.ask("DELETE", `/leave?event_id=${line.eventId}`, { userId: before });
  world.clock.advance(AGE_MS);
  assert.equal((await told(world, live)).waitlist[0].position, 1);

  await line.free(1);
  await line.serve();
  const offered = await told(world, live);
  const { offer } = offered.waitlist[0];
  assert.equal(offered.waitlist[0].status, "offered");
  assert.equal(offered.bookings[0].booking_id, offer.reservation_id);
  assert.equal(offered.bookings[0].expires_at, offer.expires_at);

  await line.decline(own);
  const ended = await told(world, live);
  assert.deepEqual([ended.waitlist, ended.bookings[0].status], [[], "cancelled"]);
});

Deno.test("what another process changed is told within the second, and a stream goes on there", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const other = world.inAnotherProcess();
  const own = await world.reserve({ eventId });
  const live = await watch(world, own.userId);
  await told(world, live);

  await extendBooking(other.deps, own);
  world.clock.advance(AGE_MS);
  await world.deps.liveBookings.tell();
  const { id, data } = await live.message();

  const there = await watch(world, own.userId, { at: other.deps, lastId: id });
  await other.deps.liveBookings.tell();
  await expireBooking(world.deps, own);
  world.clock.advance(AGE_MS);
  await other.deps.liveBookings.tell();
  const next = await there.message();
  assert.equal(data.bookings[0].status, "pending");
  assert.equal(next.data.bookings[0].status, "expired", "the first was known");
});

Deno.test("an open hold is told of first, however many newer bookings have ended or are open", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const own = await world.reserve({ eventId });
  const { userId } = own;
  const reserve = () => {
    world.clock.advance(1);
    return world.reserve({ eventId, userId });
  };
  for (let n = 0; n < MOST_ENDED + 5; n++) await expireBooking(world.deps, await reserve());
  const live = await watch(world, userId);
  const { bookings } = await told(world, live);
  assert.equal(bookings.length, MOST_ENDED);
  assert.deepEqual([bookings[0].booking_id, bookings[0].status], [own.bookingId, "pending"]);

  const open = [own];
  while (open.length <= MOST_ENDED) open.unshift(await reserve());
  const ids = (await told(world, live)).bookings.map(({ booking_id }: Told) => booking_id);
  assert.deepEqual(ids, open.map(({ bookingId }) => bookingId));
});

Deno.test("a stream ends with its token and says so; the next token opens another one", async () => {
  await using world = await createWorld();
  const userId = newId();
  const live = await watch(world, userId);
  await told(world, live);
  world.clock.advance(TOKEN_MS / 2);
  const later = await watch(world, userId);
  world.clock.advance(TOKEN_MS / 2);
  await world.reserve({ eventId: await world.createEvent(), userId });
  await world.deps.liveBookings.tell();
  assert.deepEqual(await live.message(), { event: "token_expired", data: {}, id: undefined });
  await live.end();
  const { data } = await later.message();
  assert.equal(data.bookings.length, 1, "the token of the other stream lasts");
});

Deno.test("without a valid token there is no stream; a HEAD request opens none", async () => {
  await using world = await createWorld({ maxStreams: 1 });
  const token = await world.context.tokens.issueForUser(newId());
  const admin = await world.context.tokens.issueForAdmin({
    adminId: newId(),
    role: "super_admin",
    permissions: "{}",
  });
  const status = async (headers: HeadersInit, method = "GET") =>
    (await world.app.request("http://booking.test/api/v1/live", { method, headers })).status;
  assert.equal(await status({}), 401);
  assert.equal(await status(bearer(admin)), 401);
  assert.equal(await status({ ...bearer(token), "Last-Event-ID": "x".repeat(65) }), 400);
  assert.equal(await status(bearer(token), "HEAD"), 200);
  assert.equal(await status(bearer(token)), 200, "there is still room");
  world.clock.advance(TOKEN_MS);
  assert.equal(await status(bearer(token)), 401);
});

Deno.test("there is a most of streams, of a user and of a process", async () => {
  await using world = await createWorld({ maxStreams: 9 });
  const userId = newId();
  const open = await Promise.all(times(8, () => watch(world, userId)));
  const refused = async (userId: string) => {
    const { status, headers } = await request(world, userId);
    return [status, headers.get("Retry-After")];
  };
  assert.deepEqual(await refused(userId), [503, "30"]);
  open.push(await watch(world, newId()));
  assert.deepEqual(await refused(newId()), [503, "5"]);
  await open.shift()!.cancel();
  open.push(await watch(world, userId));
});

Deno.test("streams end as the process stops, and no other is opened", async () => {
  await using world = await createWorld();
  const live = await watch(world, newId());
  await told(world, live);
  world.deps.liveBookings.close();
  await live.end();
  assert.equal((await request(world, newId())).status, 503);
});

Deno.test("a database that is silent ends what can be called live no more", async () => {
  const failing = { isDown: false };
  await using world = await createWorld({
    adaptReads: (reads) => ({
      ...reads,
      listChanged: (input) =>
        failing.isDown ? Promise.reject(new Error("no answer")) : reads.listChanged(input),
    }),
  });
  const live = await watch(world, newId());
  await told(world, live);
  failing.isDown = true;
  world.clock.advance(5_000);
  await world.deps.liveBookings.tell();
  world.clock.advance(AGE_MS);
  await world.deps.liveBookings.tell();
  await live.end();
});

Deno.test("no pass reads more users than its bound, and each is read in the end", async () => {
  const asked: number[] = [];
  await using world = await createWorld({
    adaptReads: (reads) => ({
      ...reads,
      listChanged(input) {
        asked.push(input.users.length);
        return reads.listChanged(input);
      },
    }),
  });
  const open = await Promise.all(times(1_300, () => watch(world, newId())));
  await world.deps.liveBookings.tell();
  await world.deps.liveBookings.tell();
  assert.deepEqual(asked, [1_250, 50]);
  await world.deps.liveBookings.tell();
  assert.equal(asked.length, 2, "nobody is due");
  for (const live of open) await live.message();
});

Deno.test(`a user is never told of another's, whatever races (TEST_SEED=${SEED})`, async () => {
  await using world = await createWorld();
  const random = randomFrom(SEED);
  const other = world.inAnotherProcess();
  const [plenty, line] = [await world.createEvent({ capacity: 5_000 }), await Line.of(world)];
  const users = times(12, () => newId());
  const owners = new Map<string, string>();
  const seen = new Map<string, Set<string>>();
  const reading = users.map(async (userId, i) => {
    const live = await watch(world, userId, { at: i % 2 === 0 ? world.deps : other.deps });
    for (let block; (block = await live.block()) !== undefined;) {
      const ids = block.match(/(?<="booking_id":")[^"]+/g) ?? [];
      seen.set(userId, new Set([...seen.get(userId) ?? [], ...ids]));
    }
  });
  const processes = [world, other];
  let isOver = false;
  const passes = processes.map(async ({ deps }) => {
    while (!isOver) {
      await deps.liveBookings.tell();
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
  const buying = Promise.all(users.map(async (userId) => {
    for (let round = 0; round < roundsOr(8); round++) {
      const { deps, reserve } = random.pick(processes);
      const own = await reserve({ eventId: plenty, userId });
      owners.set(own.bookingId, userId);
      await random.pick([
        () => pay(deps, own, "tok_visa"),
        () => pay(deps, own, "tok_declined").catch(() => {}),
        () => pay(deps, own, "tok_action"),
        () => extendBooking(deps, own),
        () => expireBooking(deps, own),
        () => cancelBooking(deps, own),
        () => world.waitlist.join(line.eventId, {}, userId),
      ])();
    }
  }));
  await buying.finally(() => isOver = true);
  await Promise.all(passes);
  world.clock.advance(AGE_MS);
  for (const { deps } of processes) {
    await deps.liveBookings.tell();
    deps.liveBookings.close();
  }
  await Promise.all(reading);
  for (const userId of users) {
    const own = [...owners].filter(([, owner]) => owner === userId).map(([id]) => id);
    assert.deepEqual([...seen.get(userId) ?? []].sort(), own.sort());
  }
});

/** A user's request for their stream. */
async function request(
  world: World,
  userId: string,
  { at = world.deps, lastId }: { at?: WorldDeps; lastId?: string | undefined } = {},
): Promise<Response> {
  const token = await world.context.tokens.issueForUser(userId);
  const headers = {
    ...bearer(token),
    ...(lastId === undefined ? {} : { "Last-Event-ID": lastId }),
  };
  return await createBookingApp(at).request("http://booking.test/api/v1/live", { headers });
}

async function watch(...[world, userId, options]: Parameters<typeof request>) {
  const { status, headers, body } = await request(world, userId, options);
  assert.equal(status, 200);
  assert.match(headers.get("Content-Type")!, /^text\/event-stream/);
  return readEventStream(body!);
}

/** The state that a pass tells. */
async function told(world: World, live: ReturnType<typeof readEventStream>) {
  await world.deps.liveBookings.tell();
  return (await live.message()).data;
}

function pay(deps: WorldDeps, own: { bookingId: string; userId: string }, token: string) {
  return confirmBooking(deps, { ...own, method: "card", token });
}
