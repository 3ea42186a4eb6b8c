/**
 * Linearizability of the seat inventory: concurrent calls to one event in several processes must have the same
 * answers as the sequential model, executed in the order of `seq` and consistent with real time.
 */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { findViolation } from "./linearizability.ts";
import { type Random, randomFrom, roundsOr, seedOfRun, times } from "@evently/shared/testing";
import {
  assertInventoryAddsUp,
  createEventWorld,
  type EventWorld,
} from "../../services/event/testing/world.ts";
import { call, drawCall, type Observed, Replay, tooSmall } from "./observed_calls.ts";

/** Rounds of concurrent calls; the clock advances only between rounds. */
const ROUNDS = roundsOr(6);
const PROCESSES = 3;
const CLIENTS = 9;
const CALLS_PER_CLIENT = 6;
/** Few ids and few seats, so that operations conflict. */
const KNOWN_IDS = 16;
/** Number of ids replaced after each round, since an ended allocation cannot be held again. */
const NEW_IDS = 8;
const CAPACITY = 20;
const MIN_CAPACITY = 8;
const MAX_CLOCK_STEP_MS = 20_000;

/** A ledger entry of one change. */
interface Entry {
  seq: number;
  operation: string;
  allocation_ids: string[];
  capacity: number;
}

/** Outcome of a changed item by kind of call; a repeated commit has the same outcome. */
const CHANGED: Record<string, string> = { hold: "held", commit: "committed", release: "released" };

/** Whether an operation may have made a ledger entry's change. Of equal commits, any may have made it. */
function mayHaveMade({ operation, allocation_ids }: Entry, { call, answer }: Observed): boolean {
  if (operation !== call.kind) return false;
  const changed = idsOf(call).filter((_, i) => answer.outcomes[i] === CHANGED[call.kind]);
  return allocation_ids.every((id) => changed.includes(id));
}

function idsOf(call: Observed["call"]): string[] {
  if (call.kind === "hold") return call.items.map(({ allocation_id }) => allocation_id);
  return call.kind === "commit" || call.kind === "release" ? call.ids : [];
}

/** A recorded history, its initial model, and which operations may have made changes. */
interface Observation {
  history: Observed[];
  replay: () => Replay;
  mayChange: (operation: Observed) => boolean;
}

/** Runs concurrent clients and records their operations in the order in which they began. */
async function observe(
  world: EventWorld,
  random: Random,
): Promise<Observation> {
  const organiser = await world.actor();
  const fields = { total_capacity: CAPACITY, max_tickets_per_booking: CAPACITY };
  const { event_id: eventId, start_datetime, end_datetime } = await world.event({
    organiser,
    fields,
  });
  const [startAt, endAt] = [new Date(start_datetime), new Date(end_datetime)];
  const replay = () =>
    new Replay(eventId, { start_at: startAt, end_at: endAt, capacity: CAPACITY });
  const processes = [world.service];
  while (processes.length < PROCESSES) processes.push(await world.anotherProcess());
  let ids = times(KNOWN_IDS, newId);
  const capacities = times(3 * CAPACITY, (i) => MIN_CAPACITY + i)
    .filter((capacity) => capacity !== CAPACITY)
    .toSorted(() => random.below(2) - 0.5);
  const history: Observed[] = [];
  const key = world.context.internalApiKey;

  async function client(now: Date, token: string): Promise<void> {
    for (let n = 0; n < CALLS_PER_CLIENT; n++) {
      const input = drawCall(random, { ids, now, capacities });
      const unanswered = { answer: { outcomes: [] }, ended: Infinity };
      const operation: Observed = { call: input, began: performance.now(), ...unanswered };
      history.push(operation);
      const observed = await call(random.pick(processes), input, { eventId, token, key });
      Object.assign(operation, observed, { ended: performance.now() });
    }
  }

  for (let round = 0; round < ROUNDS; round++) {
    const { admin_id } = organiser;
    const role = "event_manager";
    const token = await world.context.tokens.issueForAdmin({
      adminId: admin_id,
      role,
      permissions: "{}",
    });
    await Promise.all(times(CLIENTS, () => client(world.clock.now(), token)));
    world.clock.advance(random.below(MAX_CLOCK_STEP_MS));
    ids = [...ids.slice(NEW_IDS), ...times(NEW_IDS, newId)];
  }

  const entries = await ledgerOf(world, eventId);
  for (const operation of history) {
    const { call } = operation;
    if (call.kind !== "resize") continue;
    const made = entries.find((entry) =>
      entry.operation === "resize" && entry.capacity === call.capacity
    );
    if (made) operation.seq = made.seq;
  }
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  const mayChange = (operation: Observed) => {
    const entry = operation.seq === undefined ? undefined : bySeq.get(operation.seq);
    return entry !== undefined && mayHaveMade(entry, operation);
  };
  return { history, replay, mayChange };
}

async function ledgerOf({ sql }: EventWorld, eventId: string): Promise<Entry[]> {
  return await sql<Entry[]>`
    SELECT seq, operation, allocation_ids, available + held + sold + set_aside AS capacity
      FROM seat_ledger WHERE event_id = ${eventId} ORDER BY seq`;
}

Deno.test("concurrent seat operations are linearizable in the order of seq", async (t) => {
  const seed = seedOfRun();
  await t.step(`seed ${seed}`, async () => {
    await using world = await createEventWorld();
    const { history, replay, mayChange } = await observe(world, randomFrom(seed));
    assert.deepEqual(findViolation(history, replay(), { mayChange }), undefined);
    assertCovered(history);
    assert.equal(history.length, ROUNDS * CLIENTS * CALLS_PER_CLIENT);
    await assertInventoryAddsUp(world.sql);
  });
});

Deno.test("findViolation() finds a falsified hold and a falsified resize", async () => {
  await using world = await createEventWorld();
  const seed = seedOfRun();
  const { history, replay, mayChange } = await observe(world, randomFrom(seed));
  const broken = history.map((operation) => ({ ...operation, answer: { ...operation.answer } }));
  const refusal = broken.find(({ call: { kind }, answer: { outcomes } }) =>
    kind === "hold" && outcomes.every((outcome) => outcome === "refused")
  );
  assert.ok(refusal, `TEST_SEED=${seed}: no hold was refused`);
  refusal.answer.outcomes = refusal.answer.outcomes.map(() => "held");
  assert.ok(findViolation(broken, replay(), { mayChange }));

  const [first, last] = [history[0]!, history.at(-1)!];
  const call = { kind: "resize", now: first.call.now, capacity: 0 } as const;
  const never = { call, answer: tooSmall(4 * CAPACITY), began: first.began, ended: last.ended };
  assert.ok(findViolation([never, ...history], replay(), { mayChange }));
});

/** Asserts that operations overlapped and had all kinds of outcomes. */
function assertCovered(history: readonly Observed[]): void {
  let overlapping = 0;
  for (let i = 1; i < history.length; i++) {
    if (history[i]!.began < history[i - 1]!.ended) overlapping++;
  }
  assert.ok(overlapping > history.length / 2, "operations did not overlap");
  const outcomes = new Set(history.flatMap(({ answer }) => answer.outcomes));
  for (const outcome of ["held", "refused", "committed", "released", "extended"]) {
    assert.ok(outcomes.has(outcome), `no item was ${outcome}`);
  }
}
