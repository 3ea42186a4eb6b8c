/**
 * A round of the worker, stopped after each of its calls: it dies there, or something else happens before it goes on.
 * Whatever it is, the end is as if one worker had done everything, and each offer is announced once.
 */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { BookingServiceDeps } from "../deps.ts";
import { Line } from "../testing/line.ts";
import { createWorld, type World } from "../testing/world.ts";
import { closeEnded } from "./close_ended.ts";
import { serveWaitlist } from "./serve_waitlist.ts";

/** More calls than any round makes. */
const MAX_CALLS = 60;
const DEAD = "the process is dead";

/** Dependencies that run `hook` after their n-th call to a store or the event service, from 1. */
function stoppedAfter(
  deps: BookingServiceDeps,
  n: number,
  hook: () => Promise<void>,
): { deps: BookingServiceDeps; calls: () => number } {
  let calls = 0;
  let isDead = false;
  function stopping<Part extends object>(part: Part): Part {
    return new Proxy(part, {
      get(target, name) {
        const method = Reflect.get(target, name);
        if (typeof method !== "function") return method;
        return async (...args: unknown[]) => {
          if (isDead) throw new Error(DEAD);
          const result = await method.apply(target, args);
          calls++;
          if (calls === n) {
            await hook().catch((error) => {
              isDead = error.message === DEAD;
              throw error;
            });
          }
          return result;
        };
      },
    });
  }
  const { waitlist, inventory, positions, bookings } = deps;
  return {
    deps: {
      ...deps,
      waitlist: stopping(waitlist),
      inventory: stopping(inventory),
      positions: stopping(positions),
      bookings: stopping(bookings),
    },
    calls: () => calls,
  };
}

/**
 * Runs `scenario` with a round that is stopped after its first call, its second, and so on until it has fewer calls. The
 * scenario gets the stopped dependencies as soon as it knows what happens then.
 */
async function afterEachCall(
  world: World,
  scenario: (stop: (hook: () => Promise<void>) => BookingServiceDeps) => Promise<void>,
): Promise<number> {
  for (let n = 1; n <= MAX_CALLS; n++) {
    let stopped = { calls: () => 0 };
    await scenario((hook) => {
      const made = stoppedAfter(world.deps, n, hook);
      stopped = made;
      return made.deps;
    });
    if (stopped.calls() < n) return n - 1;
  }
  throw new Error(`a round made more than ${MAX_CALLS} calls`);
}

function die(): Promise<void> {
  return Promise.reject(new Error(DEAD));
}

/** A round that may die. */
async function serve(deps: BookingServiceDeps, { eventId }: Line): Promise<void> {
  await serveWaitlist(deps, eventId).catch((error) => {
    if (error.message !== DEAD) throw error;
  });
}

const OFFERED = ["joined 2", "joined 1", "joined 1", "offered 2", "offered 1"];

Deno.test("a worker that dies between any two steps leaves the rest to another one", async () => {
  await using world = await createWorld();
  const other = world.inAnotherProcess();
  const steps = await afterEachCall(world, async (stop) => {
    const line = await Line.of(world, { seats: 3 });
    const users = await line.join(2, 1, 1);
    await line.free(3);
    await serve(stop(die), line);
    await line.serve(other.deps);
    assert.deepEqual(await line.states(users), ["offered 2", "offered 1", "waiting"]);
    assert.deepEqual(await line.facts(), OFFERED);
    await world.assertInvariants(line.eventId);
    await world.confirm(await line.offerOf(users[0]!));
  });
  assert.ok(steps >= 9, `${steps} steps`);
});

Deno.test("two workers that meet at any step make the offers of one", async () => {
  await using world = await createWorld();
  const other = world.inAnotherProcess();
  await afterEachCall(world, async (stop) => {
    const line = await Line.of(world, { seats: 3 });
    const users = await line.join(2, 1, 1);
    await line.free(3);
    await serve(stop(() => line.serve(other.deps)), line);
    await world.drainOutbox();
    assert.deepEqual(await line.states(users), ["offered 2", "offered 1", "waiting"]);
    assert.deepEqual(await line.facts(), OFFERED);
    await world.assertInvariants(line.eventId);
  });
});

Deno.test("an offer that is declined before a slower worker has made it is not made again", async () => {
  await using world = await createWorld();
  const other = world.inAnotherProcess();
  await afterEachCall(world, async (stop) => {
    const line = await Line.of(world, { seats: 1 });
    const users = await line.join(1, 1);
    await line.free(1);
    const deps = stop(async () => {
      await line.serve(other.deps);
      if ((await line.states(users))[0] === "offered 1") await line.decline(users[0]!);
      await world.drainOutbox();
    });
    await serve(deps, line);
    await line.serve();
    const states = await line.states(users);
    assert.ok(["expired", "offered 1"].includes(states[0]!), states[0]);
    assert.equal(states[1], states[0] === "expired" ? "offered 1" : "waiting");
    await world.assertInvariants(line.eventId);
  });
});

Deno.test("seats that were held for a user who leaves at any step go to the next one", async () => {
  await using world = await createWorld();
  await afterEachCall(world, async (stop) => {
    const line = await Line.of(world, { seats: 2 });
    const users = await line.join(2, 2) as [string, string];
    await line.free(2);
    const deps = stop(async () => {
      await line.leave(users[0]);
      // The message that releases the seats comes before they are held.
      await world.drainOutbox();
    });
    await serve(deps, line);
    const position = `/position?event_id=${line.eventId}`;
    const { status } = await world.waitlist.send("GET", position, { userId: users[0] });
    // The round was over before.
    if (status === 200) return;
    await line.serve();
    assert.deepEqual(await line.states([users[1]]), ["offered 2"]);
    await world.assertInvariants(line.eventId);
  });
});

Deno.test("seats of a user who left while the worker died go to the next one", async () => {
  await using world = await createWorld();
  const other = world.inAnotherProcess();
  await afterEachCall(world, async (stop) => {
    const line = await Line.of(world, { seats: 2 });
    const users = await line.join(2, 2) as [string, string];
    await line.free(2);
    await serve(stop(die), line);
    await line.leave(users[0]);
    await world.drainOutbox();
    await line.serve(other.deps);
    assert.deepEqual(await line.states([users[1]]), ["offered 2"]);
    await world.assertInvariants(line.eventId);
  });
});

Deno.test("an offer whose seats are taken away at any step keeps its place in line", async () => {
  await using world = await createWorld();
  await afterEachCall(world, async (stop) => {
    const line = await Line.of(world, { seats: 3 });
    const users = await line.join(1, 1);
    await line.free(2);
    let wasTaken = false;
    const deps = stop(async () => {
      wasTaken = await world.organiser.resize(line.eventId, 1).then(() => true, () => false);
    });
    await serve(deps, line);
    if (wasTaken) {
      assert.deepEqual(await line.states(users), ["waiting", "waiting"]);
      assert.equal((await world.waitlist.position(line.eventId, users[0]!)).position, 1);
      await world.organiser.resize(line.eventId, 2);
      await line.serve();
      assert.deepEqual(await line.states(users), ["offered 1", "waiting"]);
    } else {
      assert.deepEqual(await line.states(users), ["offered 1", "offered 1"]);
    }
    await world.drainOutbox();
    await world.assertInvariants(line.eventId);
  });
});

Deno.test("who joins at any step while the line is being closed is served, or told to buy", async () => {
  await using world = await createWorld();
  await afterEachCall(world, async (stop) => {
    const line = await Line.of(world, { seats: 2 });
    const [last] = await line.join(2) as [string];
    await line.free(2);
    await line.leave(last);
    const userId = newId();
    let joined: number | undefined;
    const deps = stop(async () => {
      const body = { event_id: line.eventId, quantity: 1 };
      joined = (await world.waitlist.send("POST", "/join", { userId, body })).status;
    });
    await serve(deps, line);
    const [supply] = await deps.inventory.waitlistSupply([line.eventId]);
    await closeEnded(deps, supply!);
    await line.serve();
    await line.serve();
    if (joined === 200) assert.deepEqual(await line.states([userId]), ["offered 1"]);
    const available = await world.availableSeats(line.eventId);
    assert.equal(available, joined === 200 ? 1 : 2, "nothing stays aside when nobody waits");
    await world.assertInvariants(line.eventId);
  });
});

Deno.test("a join that died before it waited is driven on by the worker", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  const { eventId } = line;
  const { waitlist } = world.deps;
  const userId = newId();
  const wish = { entryId: newId(), eventId, userId, ticketTypeIds: [eventId], quantity: 1 };
  const now = world.clock.now();
  await waitlist.join({ entries: [{ ...wish, minQuantity: 1 }], now });
  await line.serve();
  assert.equal((await waitlist.find({ eventId, userId }))?.status, "joining");
  world.clock.advance(5_001);
  await line.serve();
  assert.equal((await waitlist.find({ eventId, userId }))?.status, "waiting");
  await line.free(1);
  await line.serve();
  assert.deepEqual(await line.states([userId]), ["offered 1"]);
});

Deno.test("processes with clocks minutes apart serve in order, and no seat twice", async () => {
  await using world = await createWorld();
  const other = world.inAnotherProcess();
  const skewed = [-4, 4].map((minutes) => ({
    ...other.deps,
    clock: { now: () => new Date(world.clock.now().getTime() + minutes * 60_000) },
  }));
  const line = await Line.of(world, { seats: 6 });
  const users = await line.join(1, 2, 1, 1, 1, 1);
  for (let round = 0; round < 6; round++) {
    await line.free(1);
    await Promise.all([world.deps, ...skewed].map((deps) => serve(deps, line)));
    await line.serve(skewed[round % 2]);
  }
  const states = await line.states(users);
  assert.deepEqual(states.slice(0, 5), [
    "offered 1",
    "offered 2",
    "offered 1",
    "offered 1",
    "offered 1",
  ]);
  assert.equal(states[5], "waiting");
  assert.equal((await line.facts()).filter((fact) => fact.startsWith("offered")).length, 5);
  await world.assertInvariants();
});
