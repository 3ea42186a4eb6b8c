import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { laneOf } from "@evently/shared/lanes";
import { createLogger } from "@evently/shared/log";
import { transaction } from "@evently/shared/postgres";
import { createTestDatabase, times, waitForBlockedSession } from "@evently/shared/testing";
import {
  type Delivery,
  enqueue,
  Outbox,
  type OutboxBatchHandler,
  type OutboxHandler,
  type OutboxHandlers,
  type OutboxMessage,
  postgresOutboxStore,
} from "./mod.ts";

const LEASE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
/** As the outbox has them. */
const MAX_IN_FLIGHT = 8;
const MAX_LEASED = 500;
const EVENT_ID = newId();

interface Payloads {
  "payment.refund": unknown;
  "payment.void": unknown;
}
type Topic = keyof Payloads;
type Messages = readonly OutboxMessage[];
type Handlers = OutboxHandlers<Payloads>;

/** An outbox in a database of its own, whose handlers record what they deliver, unless a test brings others. */
async function createFixture() {
  const database = await createTestDatabase("bookings_db");
  const { sql } = database;
  const clock = new ManualClock();
  const lines: string[] = [];
  const log = createLogger({ level: "debug", write: (line) => void lines.push(line) });
  const store = postgresOutboxStore(sql);
  const delivered: string[] = [];
  const handler = (deliver: OutboxHandler<unknown>["deliver"]): OutboxHandler<unknown> => ({
    parse: (payload) => payload,
    deliver,
  });
  const record = handler(({ subjectId }) => {
    delivered.push(subjectId);
    return Promise.resolve("delivered");
  });
  return {
    sql,
    clock,
    store,
    lines,
    delivered,
    record,
    handler,
    outbox: (
      handlers: Partial<Handlers> = {},
      firstLane = laneOf(newId()),
      options: { deadLetterTtlMs?: number } = {},
    ) =>
      new Outbox<Payloads>({
        ...options,
        store,
        clock,
        log,
        handlers: { "payment.refund": record, "payment.void": record, ...handlers },
        firstLane,
        leaseMs: LEASE_MS,
      }),
    /** Writes messages; returns their subjects. */
    async enqueue(topic: Topic | "seats.release", count = 1, eventId = EVENT_ID) {
      const subjects = times(count, () => newId());
      await transaction(sql, async (tx) => {
        for (const subjectId of subjects) {
          await enqueue(tx, {
            topic,
            subjectId,
            eventId,
            payload: { amount_minor: 5 },
            now: clock.now(),
          });
        }
      });
      return subjects;
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

/** Records deliveries in batches, grouped by event. */
function recordingBatch(delivered: string[]): OutboxBatchHandler<unknown> {
  return {
    parse: (payload) => payload,
    groupBy: ({ eventId }) => eventId,
    deliverBatch(messages) {
      delivered.push(...messages.map(({ subjectId }) => subjectId));
      return Promise.resolve("delivered");
    },
  };
}

Deno.test("deliverAll() gives each message to the handler of its topic, once", async () => {
  await using fixture = await createFixture();
  const [refunded] = await fixture.enqueue("payment.refund");
  const [voided] = await fixture.enqueue("payment.void");
  const seen: OutboxMessage[] = [];
  const outbox = fixture.outbox({
    "payment.refund": fixture.handler((message) => {
      seen.push(message);
      return Promise.resolve("delivered");
    }),
  });
  assert.equal(await outbox.deliverAll(), false);
  await outbox.deliverAll();
  assert.deepEqual(fixture.delivered, [voided]);
  assert.deepEqual(seen.map(({ messageId: _, ...message }) => message), [{
    topic: "payment.refund",
    subjectId: refunded,
    eventId: EVENT_ID,
    payload: { amount_minor: 5 },
    attempts: 1,
  }]);
});

Deno.test("deliver() in several processes at once delivers each message once", async () => {
  await using fixture = await createFixture();
  const subjects = await fixture.enqueue("payment.void", 40);
  await Promise.all(times(4, () => fixture.outbox().deliver("payment.void")));
  assert.deepEqual(fixture.delivered.toSorted(), subjects.toSorted());
});

Deno.test("deliver() leaves messages that another process claims at the same time", async () => {
  await using fixture = await createFixture();
  const { sql, clock } = fixture;
  await fixture.enqueue("payment.void", 3);
  let delivery: Promise<boolean> | undefined;
  await transaction(sql, async (tx) => {
    const leaseUntil = new Date(clock.now().getTime() + LEASE_MS);
    await tx`UPDATE outbox SET due_at = ${leaseUntil}`;
    delivery = fixture.outbox().deliver("payment.void");
    await waitForBlockedSession(sql);
  });
  await delivery;
  assert.deepEqual(fixture.delivered, []);
  clock.advance(LEASE_MS);
  await fixture.outbox().deliver("payment.void");
  assert.equal(fixture.delivered.length, 3);
});

Deno.test("lease() takes lane after lane from the first one on, in each the longest due first", async () => {
  await using fixture = await createFixture();
  const { store, clock } = fixture;
  const [in3, in7, in12] = [3, 7, 12].map((lane) => newId().slice(0, -1) + lane.toString(16));
  const enqueueIn = async (eventId = EVENT_ID) =>
    (await fixture.enqueue("payment.void", 1, eventId))[0];
  const late3 = await (clock.advance(1), enqueueIn(in3));
  const late12 = await (clock.advance(1), enqueueIn(in12));
  const late7 = await (clock.advance(1), enqueueIn(in7));
  const later7 = await (clock.advance(1), enqueueIn(in7));
  const leaseUntil = new Date(clock.now().getTime() + LEASE_MS);
  const lease = async () => {
    const input = { topic: "payment.void", firstLane: 7, now: clock.now(), leaseUntil, limit: 1 };
    return (await store.lease(input))[0]?.subjectId;
  };
  const order = [await lease(), await lease(), await lease(), await lease(), await lease()];
  assert.deepEqual(order, [late7, later7, late12, late3, undefined]);
});

Deno.test("deliver() moves on to the next lane after a full pass, so that no lane waits", async () => {
  await using fixture = await createFixture();
  const [full, other] = ["0", "1"].map((lane) => newId().slice(0, -1) + lane);
  await fixture.enqueue("payment.void", 2 * MAX_LEASED, full);
  const [waiting] = await fixture.enqueue("payment.void", 1, other);
  const outbox = fixture.outbox({}, 0);
  assert.equal(await outbox.deliver("payment.void"), true);
  assert.equal(await outbox.deliver("payment.void"), true);
  assert.ok(fixture.delivered.includes(waiting!));
});

Deno.test("deliver() leaves topics without a handler alone", async () => {
  await using fixture = await createFixture();
  await fixture.enqueue("seats.release");
  await fixture.outbox().deliverAll();
  const rows = await fixture.sql`SELECT attempts, delivered_at FROM outbox`;
  assert.deepEqual({ ...rows[0] }, { attempts: 0, delivered_at: null });
});

Deno.test("deliver() takes over messages of a process that died, once their lease has ended", async () => {
  await using fixture = await createFixture();
  const [subject] = await fixture.enqueue("payment.void");
  const taken = Promise.withResolvers<void>();
  const dying = fixture.outbox({
    "payment.void": fixture.handler(() => {
      taken.resolve();
      return new Promise(() => {});
    }),
  });
  void dying.deliver("payment.void");
  await taken.promise;
  fixture.clock.advance(LEASE_MS - 1);
  await fixture.outbox().deliver("payment.void");
  assert.deepEqual(fixture.delivered, []);
  fixture.clock.advance(1);
  await fixture.outbox().deliver("payment.void");
  assert.deepEqual(fixture.delivered, [subject]);
});

Deno.test("deliver() starts no delivery after its lease has ended", async () => {
  await using fixture = await createFixture();
  await fixture.enqueue("payment.void", 2 * MAX_IN_FLIGHT);
  let started = 0;
  const slow = fixture.handler(() => {
    if (++started === MAX_IN_FLIGHT) fixture.clock.advance(LEASE_MS);
    return Promise.resolve("delivered");
  });
  await fixture.outbox({ "payment.void": slow }).deliver("payment.void");
  assert.equal(started, MAX_IN_FLIGHT);
  await fixture.outbox().deliver("payment.void");
  assert.equal(fixture.delivered.length, MAX_IN_FLIGHT);
});

Deno.test("a failed delivery is retried with growing pauses, and delays no other message", async () => {
  await using fixture = await createFixture();
  const [broken, ...whole] = await fixture.enqueue("payment.void", 3);
  let calls = 0;
  const failing = fixture.handler((message) => {
    if (message.subjectId !== broken) return fixture.record.deliver(message);
    calls++;
    return Promise.reject(new Error("down"));
  });
  const outbox = fixture.outbox({ "payment.void": failing });
  const [other] = await fixture.enqueue("payment.refund");
  await outbox.deliverAll();
  assert.deepEqual(fixture.delivered.toSorted(), [...whole, other!].toSorted());

  const pausesMs: number[] = [];
  for (let pauseMs = 0; pausesMs.length < 9; pauseMs += 1_000, fixture.clock.advance(1_000)) {
    const before = calls;
    await outbox.deliver("payment.void");
    if (calls > before) pausesMs.push(pauseMs), pauseMs = 0;
  }
  assert.deepEqual(pausesMs, [1, 2, 4, 8, 16, 32, 60, 60, 60].map((s) => s * 1_000));
  const [row] = await fixture
    .sql`SELECT last_error, attempts FROM outbox WHERE last_error IS NOT NULL`;
  assert.deepEqual({ ...row }, { last_error: "down", attempts: 10 });
  const levels = fixture.lines.map((line) => JSON.parse(line).level);
  assert.deepEqual(levels, [...times(9, () => "warn"), "error"]);
});

Deno.test("a malformed payload delays no other message of its group", async () => {
  await using fixture = await createFixture();
  const [broken, ...whole] = await fixture.enqueue("payment.void", 3);
  await fixture.sql`UPDATE outbox SET payload = '{}' WHERE subject_id = ${broken!}`;
  const strict = {
    ...recordingBatch(fixture.delivered),
    groupBy: () => "all",
    parse(payload: unknown) {
      if (!(payload as { amount_minor?: number }).amount_minor) throw new Error("malformed");
      return payload;
    },
  };
  await fixture.outbox({ "payment.void": strict }).deliver("payment.void");
  assert.deepEqual(fixture.delivered.toSorted(), whole.toSorted());
  const rows = await fixture.sql`SELECT last_error FROM outbox WHERE delivered_at IS NULL`;
  assert.deepEqual(rows.map((row) => row.last_error), ["malformed"]);
});

Deno.test("`continue` makes a message due at once, with its attempts reset", async () => {
  await using fixture = await createFixture();
  await fixture.enqueue("payment.void");
  const attempts: number[] = [];
  const outcomes: (() => Promise<Delivery>)[] = [
    () => Promise.reject(new Error("down")),
    () => Promise.resolve("continue"),
    () => Promise.resolve("delivered"),
  ];
  const outbox = fixture.outbox({
    "payment.void": fixture.handler((message) => {
      attempts.push(message.attempts);
      return outcomes.shift()!();
    }),
  });
  assert.equal(await outbox.deliver("payment.void"), false);
  fixture.clock.advance(1_000);
  assert.equal(await outbox.deliver("payment.void"), true);
  assert.equal(await outbox.deliver("payment.void"), false);
  assert.deepEqual(attempts, [1, 2, 1]);
});

Deno.test("groups are delivered together, and one by one if that fails", async () => {
  await using fixture = await createFixture();
  const events = times(3, () => newId());
  for (const eventId of events) await fixture.enqueue("payment.void", 2, eventId);
  let broken: string | undefined = events[1];
  const calls: number[] = [];
  const batch = recordingBatch(fixture.delivered);
  const grouped = {
    ...batch,
    deliverBatch(messages: Messages) {
      calls.push(messages.length);
      const fails = messages.some(({ eventId }) => eventId === broken);
      return fails ? Promise.reject(new Error("locked")) : batch.deliverBatch(messages);
    },
  };
  const outbox = fixture.outbox({ "payment.void": grouped });
  await outbox.deliver("payment.void");
  assert.deepEqual(calls, [6, 2, 2, 2]);
  assert.equal(fixture.delivered.length, 4);

  broken = undefined;
  await fixture.enqueue("payment.void", 3);
  fixture.clock.advance(1_000);
  await outbox.deliver("payment.void");
  assert.deepEqual(calls.slice(4), [5], "one call for both groups");
  assert.equal(fixture.delivered.length, 9);
});

for (const maxInFlight of [undefined, 2]) {
  const bound = maxInFlight ?? MAX_IN_FLIGHT;
  Deno.test(`deliver() has at most ${bound} deliveries under way`, async () => {
    await using fixture = await createFixture();
    await fixture.enqueue("payment.void", 3 * bound);
    let inFlight = 0, most = 0;
    const full = Promise.withResolvers<void>();
    const counting: OutboxHandler<unknown> = {
      ...fixture.record,
      ...(maxInFlight && { maxInFlight }),
      async deliver() {
        most = Math.max(most, ++inFlight);
        if (inFlight === bound) full.resolve();
        await full.promise;
        inFlight--;
        return "delivered";
      },
    };
    await fixture.outbox({ "payment.void": counting }).deliver("payment.void");
    assert.equal(most, bound);
    const [left] = await fixture.sql`SELECT FROM outbox WHERE delivered_at IS NULL`;
    assert.equal(left, undefined);
  });
}

Deno.test("deliver() ends no lease that another process has taken since", async () => {
  await using fixture = await createFixture();
  const [subject] = await fixture.enqueue("payment.void");
  const late = fixture.outbox({
    "payment.void": fixture.handler(async () => {
      fixture.clock.advance(LEASE_MS);
      const { clock, store } = fixture;
      const leaseUntil = new Date(clock.now().getTime() + LEASE_MS);
      const lease = {
        topic: "payment.void",
        firstLane: 0,
        now: clock.now(),
        leaseUntil,
        limit: 1,
      };
      assert.equal((await store.lease(lease)).length, 1);
      throw new Error("down");
    }),
  });
  await late.deliver("payment.void");
  fixture.clock.advance(LEASE_MS - 1);
  await fixture.outbox().deliver("payment.void");
  assert.deepEqual(fixture.delivered, []);
  fixture.clock.advance(1);
  await fixture.outbox().deliver("payment.void");
  assert.deepEqual(fixture.delivered, [subject]);
});

Deno.test("deliver() does not start more when it cannot record an outcome, and throws", async () => {
  await using fixture = await createFixture();
  await fixture.enqueue("payment.void", 3 * MAX_IN_FLIGHT);
  const lost = () => Promise.reject(new Error("connection lost"));
  Object.assign(fixture.store, { complete: lost, postpone: lost });
  const outbox = fixture.outbox();
  await assert.rejects(outbox.deliver("payment.void"), /connection lost/);
  assert.equal(fixture.delivered.length, MAX_IN_FLIGHT);
});

Deno.test("purge() deletes what was delivered a day ago, and nothing else", async () => {
  await using fixture = await createFixture();
  const outbox = fixture.outbox();
  await fixture.enqueue("payment.void", 1_001);
  await fixture.sql`UPDATE outbox SET delivered_at = ${fixture.clock.now()}`;
  const [waiting] = await fixture.enqueue("payment.refund");
  fixture.clock.advance(DAY_MS);
  assert.equal(await outbox.purge(), false, "a full day has not passed");
  fixture.clock.advance(1);
  assert.equal(await outbox.purge(), true, "a pass is bounded");
  assert.equal(await outbox.purge(), false);
  const left = await fixture.sql`SELECT subject_id FROM outbox`;
  assert.deepEqual(left.map((row) => row.subject_id), [waiting]);
});

Deno.test("purge() deletes old dead letters of its topics, in bounded passes", async () => {
  await using fixture = await createFixture();
  const { sql, clock } = fixture;
  const outbox = fixture.outbox({}, 0, { deadLetterTtlMs: DAY_MS });
  await fixture.enqueue("payment.void", 1_001);
  const [foreign] = await fixture.enqueue("seats.release");
  await sql`UPDATE outbox SET due_at = 'infinity'`;
  const [waiting] = await fixture.enqueue("payment.refund");
  clock.advance(1);
  const [young] = await fixture.enqueue("payment.void");
  await sql`UPDATE outbox SET due_at = 'infinity' WHERE subject_id = ${young!}`;
  clock.advance(DAY_MS - 1);
  assert.equal(await outbox.purge(), false, "a full day has not passed");
  clock.advance(1);
  assert.equal(await fixture.outbox().purge(), false, "without a limit they are kept");
  assert.equal(await outbox.purge(), true, "a pass is bounded");
  assert.equal(await outbox.purge(), false);
  const left = await sql`SELECT subject_id FROM outbox ORDER BY created_at, subject_id`;
  const kept = [...[foreign!, waiting!].toSorted(), young];
  assert.deepEqual(left.map((row) => row.subject_id), kept);
});

Deno.test("deliver() waits as long as the receiver asks for, and no shorter than usual", async () => {
  await using fixture = await createFixture();
  let asked = 0;
  const outbox = fixture.outbox({
    "payment.void": {
      ...fixture.handler(() => Promise.reject(new Error("slower"))),
      retries: {
        maxAttempts: 5,
        firstRetryMs: 1_000,
        isFinal: () => false,
        leastPauseMs: () => asked,
      },
    },
  });
  await fixture.enqueue("payment.void");
  for (const [pauseMs, expectedMs] of [[10, 1_000], [60_000, 60_000]] as const) {
    asked = pauseMs;
    await outbox.deliver("payment.void");
    const [row] = await fixture.sql`SELECT due_at FROM outbox`;
    const dueInMs = row!.due_at.getTime() - fixture.clock.now().getTime();
    assert.equal(dueInMs, expectedMs);
    fixture.clock.advance(dueInMs);
  }
});

Deno.test("the outbox table has one shape in both databases", async () => {
  const [bookings, events] = await Promise.all(
    (["bookings_db", "events_db"] as const).map(async (name) => {
      await using database = await createTestDatabase(name);
      const columns = await database.sql`
        SELECT column_name, data_type, is_nullable, column_default
          FROM information_schema.columns WHERE table_name = 'outbox' ORDER BY ordinal_position`;
      const indexes = await database.sql`
        SELECT indexdef FROM pg_indexes WHERE tablename = 'outbox' ORDER BY indexname`;
      return [...columns, ...indexes].map((row) => ({ ...row }));
    }),
  );
  assert.deepEqual(bookings, events);
  assert.ok(bookings!.length > 10);
});

Deno.test("deliver() takes no more messages in a pass than the handler says", async () => {
  await using fixture = await createFixture();
  await fixture.enqueue("payment.refund", 5);
  const outbox = fixture.outbox({ "payment.refund": { ...fixture.record, maxLeased: 2 } });
  const passes: [boolean, number][] = [];
  for (let pass = 0; pass < 3; pass++) {
    passes.push([await outbox.deliver("payment.refund"), fixture.delivered.length]);
  }
  assert.deepEqual(passes, [[true, 2], [true, 4], [false, 5]]);
});
