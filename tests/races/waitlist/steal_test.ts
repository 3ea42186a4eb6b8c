/**
 * Strangers hammer `reserve` over HTTP, several at once at each of two processes, while seats come back by cancel,
 * expiry, decline and a raised capacity, and the workers of both processes offer them. No stranger ever gets a seat, and
 * each freed seat is offered in order.
 */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { remoteBinding } from "@evently/shared/services";
import {
  jsonRequest,
  type Random,
  randomFrom,
  readAnswer,
  roundsOr,
  seedOfRun,
  times,
} from "@evently/shared/testing";
import { assertWaitlistAddsUp } from "./checks.ts";
import { buy, giveBack, join, type Waiter } from "./people.ts";
import type { Place } from "./place.ts";
import { endHolds, untilQuiet } from "./quiet.ts";
import { openSite, send, type Site } from "./site.ts";
import { readWaitlist } from "./state.ts";

const SEED = seedOfRun();
const ROUNDS = roundsOr(20);
/** Strangers in each process. */
const STRANGERS = 3;
/** Requests of a stranger in a round, at most. */
const MAX_REQUESTS = 500;
/** As long as a process remembers that an event is sold out: then it asks again. */
const MEMORY_MS = 200;
const HOLD_MS = 300_000;
/** Seats of the cancelled booking, of the hold that ends, of the declined offer, and new ones. */
const [CANCELLED, HELD, OFFERED, ADDED] = [2, 1, 1, 1];
const FREED = CANCELLED + HELD + OFFERED + ADDED;
/** More than all freed seats: somebody always waits. */
const WAITERS = FREED + 3;

/** Seats of a booking that stays. */
const SOLD = 2;

Deno.test("no stranger gets a seat that comes back while people wait", async (t) => {
  await t.step(`seed ${SEED}`, async () => {
    const random = randomFrom(SEED);
    await using site = await openSite(randomFrom(SEED));
    await using servers = listen(site.places);
    let asked = 0;
    for (let round = 0; round < ROUNDS; round++) {
      asked += await play(site, { random, doors: servers.doors });
    }
    await site.collectNotes();
    const { refusedHolds } = site.witness;
    assert.ok(refusedHolds > ROUNDS, `only ${refusedHolds} requests reached the inventory`);
    if (Deno.env.has("TEST_ROUNDS")) {
      const text =
        `${ROUNDS} rounds: ${asked} requests, ${refusedHolds} of them at the inventory\n`;
      Deno.stdout.writeSync(new TextEncoder().encode(text));
    }
  });
});

/** Plays a round on an event of its own; returns how often strangers asked. */
async function play(
  site: Site,
  { random, doors }: { random: Random; doors: readonly Door[] },
): Promise<number> {
  const { world, places } = site;
  const { clock } = world;
  const eventId = await world.createEvent({ capacity: CANCELLED + HELD + OFFERED + SOLD });
  const cancelled = await buy(site, { eventId, quantity: CANCELLED });
  await world.reserve({ eventId, quantity: HELD });
  const given = await buy(site, { eventId, quantity: OFFERED });
  await buy(site, { eventId, quantity: SOLD });
  const heldUntil = clock.now().getTime() + HOLD_MS;
  const early = new Set<string>();
  const [first, ...others] = times(WAITERS, () => newId());
  early.add(await join(site, { eventId, waiter: wishOf(first!, 1) }));
  for (const userId of others) {
    early.add(await join(site, { eventId, waiter: wishOf(userId, 1 + random.below(3)) }));
  }
  await giveBack(site, given);
  await untilQuiet(site, [eventId]);

  const means = [
    () => giveBack(site, cancelled, random.pick(places)),
    async () => {
      clock.set(new Date(Math.max(heldUntil, clock.now().getTime())));
      await endHolds(site, random.pick(places));
    },
    async () => {
      const sent = { userId: first!, body: { event_id: eventId } };
      const { code } = await send(site, random.pick(places), ["POST", "/waitlist/decline"], sent);
      assert.equal(code, undefined);
    },
    () => random.pick(places).organiser.resize(eventId, FREED + SOLD),
  ];
  const stop = new AbortController();
  const { signal } = stop;
  const strangers = doors.flatMap((door) =>
    times(STRANGERS, (n) => hammer(site, { door, eventId, signal, movesClock: n === 0 }))
  );
  const workers = places.map((place) => work(place, eventId, signal));
  const freed = freeAll(site, { eventId, means }).finally(() => stop.abort());
  const asked = await allOf<number | void>([...strangers, ...workers, freed]);
  await untilQuiet(site, [eventId]);
  await check(site, { eventId, early });
  await world.organiser.cancelEvent(eventId);
  await untilQuiet(site, [eventId]);
  return asked.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

async function freeAll(
  site: Site,
  { eventId, means }: { eventId: string; means: readonly (() => Promise<void>)[] },
): Promise<void> {
  await Promise.all(means.map((free) => free()));
  await untilQuiet(site, [eventId]);
}

/** Waits until all have ended, then throws the first error among them. */
async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(work);
  return outcomes.map((outcome) => {
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  });
}

async function check(
  { world }: Site,
  { eventId, early }: { eventId: string; early: ReadonlySet<string> },
): Promise<void> {
  const now = world.clock.now();
  await world.assertInvariants(eventId);
  const state = await readWaitlist(world, { eventId, now });
  assertWaitlistAddsUp(state, { now, early });
  const offered = state.entries.filter(({ round }) => round > 0);
  const waiting = state.entries.filter(({ round }) => round === 0);
  const [last, next] = [offered.at(-1)!, waiting[0]!];
  assert.ok(last.place < next.place, "somebody was offered seats before one who joined earlier");
  const seats = offered.slice(1).reduce((sum, { offer }) => sum + offer!.quantity, 0);
  assert.equal(seats, FREED, "each freed seat is offered");
}

/** Asks for a seat as ever new users until stopped, and never gets one; returns how often. */
async function hammer(
  { world }: Site,
  { door, eventId, signal, movesClock }: {
    door: Door;
    eventId: string;
    signal: AbortSignal;
    movesClock: boolean;
  },
): Promise<number> {
  let asked = 0;
  while (!signal.aborted && asked < MAX_REQUESTS) {
    if (movesClock) world.clock.advance(MEMORY_MS);
    const token = await world.context.tokens.issueForUser(newId());
    const order = { event_id: eventId, quantity: 1, idempotency_key: newId() };
    const request = jsonRequest("POST", "http://booking/api/v1/bookings/reserve", {
      token,
      body: order,
    });
    const { status, body } = await readAnswer(door(request));
    assert.deepEqual([status, body.code], [409, "NOT_ENOUGH_SEATS"], JSON.stringify(body));
    asked++;
  }
  return asked;
}

/** Runs the waitlist's worker of a process round after round. */
async function work(place: Place, eventId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await place.run({ name: "round", eventId });
}

/** Somebody who is content with fewer, so that nobody has to be passed. */
function wishOf(userId: string, quantity: number): Waiter {
  return { userId, quantity, minQuantity: 1, ticketTypeIds: undefined };
}

/** Sends a request to a process over HTTP. */
type Door = (request: Request) => Promise<Response>;

/** Opens a door to each process; this one listens for it. */
function listen(places: readonly Place[]): AsyncDisposable & { doors: Door[] } {
  const servers: Deno.HttpServer<Deno.NetAddr>[] = [];
  const doors = places.map((place): Door => {
    if (place.isRemote) return (request) => place.fetch(request);
    const server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => place.fetch(request),
    );
    servers.push(server);
    const binding = remoteBinding("booking", `http://127.0.0.1:${server.addr.port}`);
    return (request) => binding.fetch(request);
  });
  return {
    doors,
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map((server) => server.shutdown()));
    },
  };
}
