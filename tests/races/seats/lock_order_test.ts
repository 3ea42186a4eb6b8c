/**
 * Lock order: every operation on an event's seats locks its house first, then the event, then pools, types, buyers and
 * allocations.
 * PostgreSQL lists no row locks, so tests probe them: a session that waits for the first must not hold the next.
 */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { exactlyOne, type Pool, transaction, type Tx } from "@evently/shared/postgres";
import {
  randomFrom,
  roundsOr,
  seedOfRun,
  times,
  waitForBlockedSession,
} from "@evently/shared/testing";
import {
  type Actor,
  countSeats,
  createEventWorld,
  createOffer,
  type EventWorld,
  type Json,
  outcomes,
  seatsOf,
  setWaitlistOpen,
} from "../../../services/event/testing/world.ts";

const ROUNDS = roundsOr(30);
const AT_ONCE = 8;
/** Probes of the database until an expected state must be reached. */
const MAX_PROBES = 2_000;
const LOCK_NOT_AVAILABLE = "55P03";

/** An event with seats in every state. */
interface Stage {
  world: EventWorld;
  organiser: Actor;
  eventId: string;
  heldId: string;
  soldId: string;
  /** A further ticket type that draws on a further pool and has a limit a buyer. */
  typeId: string;
}

type Path = (stage: Stage) => Promise<unknown>;

const IN_AN_HOUR_MS = 3_600_000;
const PAST_GRACE_MS = 6 * 60_000;

function change(body: Record<string, unknown>): Path {
  return ({ world, eventId, organiser: { token } }) =>
    world.send("PUT", `/admin/events/${eventId}`, { token, body });
}

function offer(method: "POST" | "PUT", path: string, body: Record<string, unknown>): Path {
  return ({ world, eventId, organiser: { token } }) => {
    const below = path.replace("{id}", eventId);
    return world.send(method, `/admin/events/${eventId}${below}`, { token, body });
  };
}

function direct(route: string, quantity: number): Path {
  return async ({ world, eventId }) => {
    const version = await exactlyOne(
      world.sql<{ version: number }[]>`SELECT version FROM events WHERE event_id = ${eventId}`,
      ({ version }) => version,
    );
    return await world.internal("POST", `/events/${eventId}/${route}`, { quantity, version });
  };
}

function worker(name: string): Path {
  return async ({ world }) => {
    await world.service.workers.find((worker) => worker.name === name)!.runNow();
  };
}

/** Operations that change an event's seats. */
const SEAT_PATHS: Record<string, Path> = {
  "hold": ({ world, eventId }) => seatsOf(world, eventId).hold([{}]),
  "order held": ({ world, eventId, typeId }) => {
    const expiresAt = new Date(world.clock.now().getTime() + IN_AN_HOUR_MS).toISOString();
    const line = { quantity: 1, expires_at: expiresAt, buyer_id: newId(), order: 0 };
    const items = [eventId, typeId].map((id) => {
      return { ...line, allocation_id: newId(), ticket_type_id: id };
    });
    return world.internal("POST", "/seats/hold", { batches: [{ event_id: eventId, items }] });
  },
  "commit": ({ world, eventId, heldId }) => seatsOf(world, eventId).commit(heldId),
  "release": ({ world, eventId, soldId }) => seatsOf(world, eventId).release(soldId),
  "extend": ({ world, eventId, heldId }) => {
    const expiresAt = new Date(world.clock.now().getTime() + IN_AN_HOUR_MS).toISOString();
    const items = [{ allocation_id: heldId, expires_at: expiresAt }];
    return world.internal("POST", `/events/${eventId}/seats/extend`, { items });
  },
  "waitlist opened": ({ world, eventId, typeId }) => {
    const wanted = [{ ticket_type_ids: [typeId, eventId], min_quantity: 3 }];
    return world.internal("POST", `/events/${eventId}/waitlist/open`, { wanted });
  },
  "waitlist closed": ({ world, eventId, typeId }) => {
    const types = [{ ticket_type_id: typeId, generation: 1 }];
    return world.internal("POST", `/events/${eventId}/waitlist/close`, { types });
  },
  "list of a type opened": ({ world, eventId }) => setWaitlistOpen(world.sql, eventId, true, 1),
  "offer held": ({ world, eventId, typeId }) => {
    const expiresAt = new Date(world.clock.now().getTime() + IN_AN_HOUR_MS).toISOString();
    const line = { quantity: 1, expires_at: expiresAt, buyer_id: newId(), ticket_type_id: typeId };
    const items = [{ ...line, allocation_id: newId() }];
    const batches = [{ event_id: eventId, items }];
    return world.internal("POST", "/seats/hold", { source: "waitlist", batches });
  },
  "release of a part": ({ world, eventId, soldId }) => {
    const batches = [{ event_id: eventId, allocation_ids: [soldId], keep: [1] }];
    return world.internal("POST", "/seats/release", { batches });
  },
  "seat sweep": async (stage) => {
    stage.world.clock.advance(PAST_GRACE_MS);
    await worker("release expired seats")(stage);
  },
  "changes numbered": async (stage) => {
    const { world, eventId } = stage;
    await world.sql`
      INSERT INTO changed_events (event_id) VALUES (${eventId}) ON CONFLICT DO NOTHING`;
    await worker("number changes")(stage);
  },
};

/** Operations that change the event and its seats. */
const EVENT_PATHS: Record<string, Path> = {
  "capacity changed": change({ total_capacity: 50 }),
  "currency changed": change({ currency: "EUR" }),
  "price changed": change({ base_price: 12 }),
  "limit of holds changed": change({ max_held_per_user: 9 }),
  "pool made": offer("POST", "/pools", { name: "Stalls", capacity: 5 }),
  "house resized as a pool": offer("PUT", "/pools/{id}", { capacity: 60 }),
  "ticket type added": offer("POST", "/ticket-types", { name: "Balcony", price: 5, capacity: 9 }),
  "ticket type limited": offer("PUT", "/ticket-types/{id}", { max_per_buyer: 4, gives: 2 }),
  "ticket type paused": offer("PUT", "/ticket-types/{id}", { status: "paused" }),
  "ticket type's price changed": offer("PUT", "/ticket-types/{id}", { name: "Gate", price: 7 }),
  "event cancelled": ({ world, eventId, organiser: { token } }) =>
    world.send("DELETE", `/admin/events/${eventId}`, { token }),
  "seats taken directly": direct("update-availability", -1),
  "seats returned directly": direct("return-seats", 1),
};

async function setStage(world: EventWorld): Promise<Stage> {
  const organiser = await world.actor();
  const { event_id: eventId } = await world.event({ organiser });
  const seats = seatsOf(world, eventId);
  const offer = await createOffer(world, { organiser, eventId });
  const { ticket_type_id: typeId } = await offer.type({ capacity: 20, max_per_buyer: 5 });
  const options = { quantity: 2, buyerId: newId() };
  const [heldId, soldId] = [await offer.held(typeId, options), await offer.held(typeId, options)];
  await seats.commit(soldId);
  const stage = { world, organiser, eventId, heldId, soldId, typeId };
  await direct("update-availability", -2)(stage);
  return stage;
}

/** Runs a path while another session locks `row`; calls `meanwhile` once the path waits for it. */
async function whileHeld(
  stage: Stage,
  { row, path, meanwhile }: { row: Row; path: Path; meanwhile: () => Promise<void> },
): Promise<void> {
  const { world: { sql } } = stage;
  let running: Promise<unknown> | undefined;
  await transaction(sql, async (tx) => {
    await lock(tx, row, stage);
    running = path(stage);
    await waitForBlockedSession(sql);
    await meanwhile();
  });
  await running;
}

/** Rows of an event, in the order in which they are locked: its house, itself, and all else. */
const ROWS = {
  "house": "seat_inventory WHERE event_id = $1 AND pool = 0",
  "event": "events WHERE event_id = $1",
  "further pools": "seat_inventory WHERE event_id = $1 AND pool > 0",
  "types": "ticket_types WHERE event_id = $1",
  "buyers": "seat_buyers WHERE event_id = $1",
  "allocations": "seat_allocations WHERE event_id = $1",
} as const;
type Row = keyof typeof ROWS;
const BEHIND_EVENT = ["further pools", "types", "buyers", "allocations"] as const;

async function lock(tx: Tx | Pool, row: Row, { eventId }: Stage, how = ""): Promise<void> {
  await tx.unsafe(`SELECT FROM ${ROWS[row]} FOR UPDATE ${how}`, [eventId]);
}

/** Whether no session has locked these rows of the event. */
async function isFree(row: Row, stage: Stage): Promise<boolean> {
  try {
    await lock(stage.world.sql, row, stage, "NOWAIT");
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return false;
    throw error;
  }
}

/** So many probes take a fraction of the time for which a batch waits, with what it has locked. */
const MAX_BRIEF_PROBES = 50;

/** As {@link isFree}, but a worker may be numbering a change of the event just now, which takes a moment. */
async function isFreeSoon(row: Row, stage: Stage): Promise<boolean> {
  for (let probes = 0; probes < MAX_BRIEF_PROBES; probes++) {
    if (await isFree(row, stage)) return true;
  }
  return false;
}

Deno.test("seat operations lock the house before the event and all else", async (t) => {
  await using world = await createEventWorld();
  for (const [name, path] of Object.entries({ ...SEAT_PATHS, ...EVENT_PATHS })) {
    await t.step(name, async () => {
      const stage = await setStage(world);
      await whileHeld(stage, {
        row: "house",
        path,
        async meanwhile() {
          for (const row of ["event", ...BEHIND_EVENT] as const) {
            assert.ok(await isFree(row, stage), `${row} must be locked after the house`);
          }
        },
      });
    });
  }
});

Deno.test("event changes lock the house, then the event, then all else", async (t) => {
  await using world = await createEventWorld();
  for (const [name, path] of Object.entries(EVENT_PATHS)) {
    await t.step(name, async () => {
      const stage = await setStage(world);
      await whileHeld(stage, {
        row: "event",
        path,
        async meanwhile() {
          assert.ok(!await isFree("house", stage), "the house must be locked before the event");
          for (const row of BEHIND_EVENT) {
            assert.ok(await isFree(row, stage), `${row} must be locked after the event`);
          }
        },
      });
    });
  }
});

/** Batch operations over several events, by route. */
const BATCHED: Record<string, (stage: Stage) => object> = {
  hold: ({ world }) => {
    const expiresAt = new Date(world.clock.now().getTime() + IN_AN_HOUR_MS).toISOString();
    return { items: [{ allocation_id: newId(), quantity: 1, expires_at: expiresAt }] };
  },
  commit: ({ heldId }) => ({ allocation_ids: [heldId] }),
  release: ({ soldId }) => ({ allocation_ids: [soldId] }),
};

/** Sends batches of several events until they succeed, as they give up on locked rows early. */
async function sendBatches(verb: string, stages: readonly Stage[]): Promise<Json[]> {
  const { world } = stages[0]!;
  const batches = stages.map((stage) => ({ event_id: stage.eventId, ...BATCHED[verb]!(stage) }));
  for (let attempts = 0; attempts < MAX_PROBES; attempts++) {
    const { status, body } = await world.internal("POST", `/seats/${verb}`, { batches });
    if (status === 200) return body.batches;
    assert.equal(status, 503, JSON.stringify(body));
  }
  return assert.fail("the batches never succeeded");
}

Deno.test("batches of several events lock them in the order of their ids", async (t) => {
  await using world = await createEventWorld();
  for (const verb of Object.keys(BATCHED)) {
    await t.step(verb, async () => {
      const stages = [await setStage(world), await setStage(world), await setStage(world)]
        .sort((a, b) => a.eventId < b.eventId ? 1 : -1);
      const [high, middle, low] = stages as [Stage, Stage, Stage];
      await whileHeld(low, {
        row: "house",
        path: () => sendBatches(verb, [middle, high, low]),
        async meanwhile() {
          assert.ok(
            await isFreeSoon("house", middle),
            "the second must be locked after the first",
          );
          assert.ok(
            await isFreeSoon("house", high),
            "the last must be locked after the first",
          );
        },
      });
    });
  }
});

Deno.test("a batch gives up on an event that stays locked and changes nothing", async (t) => {
  await using world = await createEventWorld();
  for (const verb of Object.keys(BATCHED)) {
    await t.step(verb, async () => {
      const stages = [await setStage(world), await setStage(world)];
      const before = await Promise.all(stages.map(({ eventId }) => countSeats(world.sql, eventId)));
      await transaction(world.sql, async (tx) => {
        await lock(tx, "house", stages[1]!);
        const batches = stages.map((stage) => ({
          event_id: stage.eventId,
          ...BATCHED[verb]!(stage),
        }));
        const { status } = await world.internal("POST", `/seats/${verb}`, { batches });
        assert.equal(status, 503);
      });
      const after = await Promise.all(stages.map(({ eventId }) => countSeats(world.sql, eventId)));
      assert.deepEqual(after, before);
      const answers = await sendBatches(verb, stages);
      for (const answer of answers) assert.match(outcomes(answer)[0]!, /held|committed|released/);
    });
  }
});

Deno.test("concurrent operations on one event never deadlock", async (t) => {
  const seed = seedOfRun();
  await t.step(`seed ${seed}`, async () => {
    await using world = await createEventWorld();
    const random = randomFrom(seed);
    const paths = { ...SEAT_PATHS, ...EVENT_PATHS };
    const names = Object.keys(paths).filter((name) => name !== "event cancelled");
    let stage = await setStage(world);
    for (let round = 0; round < ROUNDS; round++) {
      if (round % AT_ONCE === 0) stage = await setStage(world);
      await Promise.all(times(AT_ONCE, async () => {
        const answer = await paths[random.pick(names)]!(stage) as { status?: number } | undefined;
        assert.ok((answer?.status ?? 200) < 500, JSON.stringify(answer));
      }));
    }
    await world.service.close();
    assert.equal(await deadlocksOf(world.sql), 0);
  });
});

Deno.test("deadlocksOf() counts the deadlock of two transactions with opposite lock order", async () => {
  await using world = await createEventWorld();
  const stage = await setStage(world);
  let runs = 0;
  let locked = 0;
  const bothLocked = Promise.withResolvers<void>();
  function lockBoth(rows: readonly Row[]): Promise<void> {
    return transaction(world.sql, async (tx) => {
      runs++;
      await tx`SET LOCAL deadlock_timeout = '20ms'`;
      await tx`SELECT pg_stat_force_next_flush()`;
      await lock(tx, rows[0]!, stage);
      if (++locked === 2) bothLocked.resolve();
      await bothLocked.promise;
      await lock(tx, rows[1]!, stage);
    });
  }
  await Promise.all([
    lockBoth(["house", "event"]),
    lockBoth(["event", "house"]),
  ]);
  assert.equal(runs, 3, "one transaction must be aborted and retried");
  assert.equal(await deadlocksOf(world.sql), 1);
});

/** Returns the deadlocks of this database; sessions report them when they end. */
async function deadlocksOf(sql: Pool): Promise<number> {
  for (let probes = 0; probes < MAX_PROBES; probes++) {
    const open = await sql`
      SELECT FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'event-service%'`;
    if (open.length === 0) break;
  }
  return await exactlyOne(
    sql<{ deadlocks: number }[]>`
      SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`,
    ({ deadlocks }) => deadlocks,
  );
}
