/**
 * Strangers hammer `reserve` over HTTP, several at once in each of two processes, while seats come back by cancel,
 * expiry, decline and a raised capacity, and the workers of both processes offer them. No stranger ever gets a seat, and
 * each freed seat is offered in order.
 */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import {
  bearer,
  type Random,
  randomFrom,
  readAnswer,
  roundsOr,
  seedOfRun,
  times,
} from "@evently/shared/testing";
import { assertWaitlistAddsUp } from "./checks.ts";
import { buy, giveBack, join, type Waiter } from "./people.ts";
import { endHolds, runRound, untilQuiet } from "./quiet.ts";
import { openSite, type Place, send, type Site } from "./site.ts";
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
      asked += await play(site, { random, origins: servers.origins });
    }
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
  { random, origins }: { random: Random; origins: readonly string[] },
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
    () => random.pick(places).process.organiser.resize(eventId, FREED + SOLD),
  ];
  const stop = new AbortController();
  const { signal } = stop;
  const strangers = origins.flatMap((origin) =>
    times(STRANGERS, (n) => hammer(site, { origin, eventId, signal, movesClock: n === 0 }))
  );
  const workers = places.map((place) => work(place, eventId, signal));
  try {
    await Promise.all(means.map((free) => free()));
    await untilQuiet(site, [eventId]);
  } finally {
    stop.abort();
  }
  const [asked] = await Promise.all([Promise.all(strangers), Promise.all(workers)]);
  await untilQuiet(site, [eventId]);
  await check(site, { eventId, early });
  await world.organiser.cancelEvent(eventId);
  await untilQuiet(site, [eventId]);
  return asked.reduce((sum, count) => sum + count, 0);
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
  { origin, eventId, signal, movesClock }: {
    origin: string;
    eventId: string;
    signal: AbortSignal;
    movesClock: boolean;
  },
): Promise<number> {
  let asked = 0;
  while (!signal.aborted && asked < MAX_REQUESTS) {
    if (movesClock) world.clock.advance(MEMORY_MS);
    const token = await world.context.tokens.issueForUser(newId());
    const { status, body } = await readAnswer(fetch(`${origin}/api/v1/bookings/reserve`, {
      method: "POST",
      headers: { ...bearer(token), "Content-Type": "application/json" },
      body: JSON.stringify({ event_id: eventId, quantity: 1, idempotency_key: newId() }),
    }));
    assert.deepEqual([status, body.code], [409, "NOT_ENOUGH_SEATS"], JSON.stringify(body));
    asked++;
  }
  return asked;
}

/** Runs the waitlist's worker of a process round after round. */
async function work(place: Place, eventId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await runRound(place, eventId);
}

/** Somebody who is content with fewer, so that nobody has to be passed. */
function wishOf(userId: string, quantity: number): Waiter {
  return { userId, quantity, minQuantity: 1, ticketTypeIds: undefined };
}

/** Serves the app of each process over HTTP. */
function listen(places: readonly Place[]): AsyncDisposable & { origins: string[] } {
  const servers = places.map(({ app }) =>
    Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => app.fetch(request),
    )
  );
  return {
    origins: servers.map(({ addr }) => `http://127.0.0.1:${addr.port}`),
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map((server) => server.shutdown()));
    },
  };
}
