/**
 * Linearizability of the seat inventory: concurrent calls to one event in several processes must have the same
 * answers as the sequential model, executed in the order of `seq` and consistent with real time.
 */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { type Organiser, organiserOf } from "../conformance/seats/organiser.ts";
import type { TypeSettings } from "../models/seats/seat_model.ts";
import { findViolation, type Violation } from "./linearizability.ts";
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
/** Few orders and few seats, so that operations conflict. */
const KNOWN_ORDERS = 12;
const MAX_LINES = 2;
/** Number of orders replaced after each round, since an ended allocation cannot be held again. */
const NEW_ORDERS = 6;
const BUYERS = 3;
const CAPACITY = 20;
const MIN_CAPACITY = 8;
const POOL_CAPACITY = 12;
const MAX_CLOCK_STEP_MS = 20_000;

/** A ledger entry of one change. */
interface Entry {
  seq: number;
  operation: string;
  allocation_ids: string[];
  capacity: number;
}

/** Outcomes that every history of a few rounds has. */
const OUTCOMES = [
  "held",
  "refused seats",
  "refused buyer_limit",
  "committed",
  "released",
  "extended",
];

/** Outcome of a changed item by kind of call; a repeated commit has the same outcome. */
const CHANGED: Record<string, string> = { hold: "held", commit: "committed", release: "released" };

/** Operations with which a change ends that also changes what is set aside, or pools alone. */
const ENDINGS = ["waitlist", "close"];

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

/** What an organiser changes before a round. */
type Change = (organiser: Organiser) => Promise<unknown>;

/** A recorded history by rounds, its initial model, and which operations may have made changes. */
interface Observation {
  rounds: { changes: readonly Change[]; history: Observed[] }[];
  replay: () => Replay;
  mayChange: (operation: Observed) => boolean;
}

/** The first changes: a pool that two types share, one of which gives four tickets, and limits a buyer. */
function openingOf(eventId: string, typeIds: readonly string[]): Change[] {
  const pool = { poolId: newId(), name: "Stand", capacity: POOL_CAPACITY };
  const type = (number: number, settings: Partial<TypeSettings>): Change => {
    const ids = { event_id: eventId, type: number, ticket_type_id: typeIds[number]! };
    return (organiser) => organiser.setType({ ...ids, ...settings });
  };
  return [
    (organiser) => organiser.makePool(pool),
    type(1, { name: "Stand", price_minor: 2_000, pools: [0, 1], units: [1, 1], max_per_buyer: 6 }),
    type(2, { name: "Family", price_minor: 5_000, pools: [0, 1], units: [4, 4] }),
    (organiser) => organiser.setMaxHeld(9),
  ];
}

/** A change of a type, the pool or the limit, which nothing runs beside: types have no sequence number. */
function drawChange(random: Random, eventId: string, typeIds: readonly string[]): Change {
  const type = random.below(typeIds.length);
  const ids = { event_id: eventId, type, ticket_type_id: typeIds[type]! };
  const settings = random.pick<Partial<TypeSettings>>([
    { status: random.pick(["active", "active", "paused"]) },
    { max_per_buyer: random.pick([null, 2, 6]) },
    { max_per_order: random.pick([null, 2]) },
  ]);
  const [capacity, maxHeld] = [random.below(POOL_CAPACITY + 1), random.pick([null, 4, 9])];
  return random.pick<Change>([
    (organiser) => organiser.setType({ ...ids, ...settings }),
    (organiser) => organiser.resizePool(1, capacity),
    (organiser) => organiser.setMaxHeld(maxHeld),
  ]);
}

/** Opens or closes the list of one type, and closes those of all others. */
function listsOf(typeIds: readonly string[], open: number | undefined): Change[] {
  return typeIds.map((_, type) => (organiser) => organiser.setWaitlistOpen(type === open, type));
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
  const typeIds = [eventId, newId(), newId()];
  const buyers = times(BUYERS, newId);
  const newOrders = (count: number) => times(count, () => times(MAX_LINES, newId));
  let orders = newOrders(KNOWN_ORDERS);
  const capacities = times(3 * CAPACITY, (i) => MIN_CAPACITY + i)
    .filter((capacity) => capacity !== CAPACITY)
    .toSorted(() => random.below(2) - 0.5);
  const rounds: Observation["rounds"] = [];
  const key = world.context.internalApiKey;
  const changing = organiserOf(world.sql, eventId, () => world.clock.now());

  async function client(
    history: Observed[],
    { now, token, capacities }: { now: Date; token: string; capacities: number[] },
  ): Promise<void> {
    for (let n = 0; n < CALLS_PER_CLIENT; n++) {
      const input = drawCall(random, { orders, typeIds, buyers, now, capacities });
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
    // A list is open in every second round. Nothing is resized then, as its entries could be of two changes.
    const open = round % 2 === 1 ? random.below(typeIds.length) : undefined;
    const changes = round === 0
      ? openingOf(eventId, typeIds)
      : [drawChange(random, eventId, typeIds), ...listsOf(typeIds, open)];
    for (const change of changes) await change(changing);
    const history: Observed[] = [];
    const shared = {
      now: world.clock.now(),
      token,
      capacities: open === undefined ? capacities : [],
    };
    await Promise.all(times(CLIENTS, () => client(history, shared)));
    rounds.push({ changes, history });
    world.clock.advance(random.below(MAX_CLOCK_STEP_MS));
    orders = [...orders.slice(NEW_ORDERS), ...newOrders(NEW_ORDERS)];
  }

  const entries = await ledgerOf(world, eventId);
  for (const operation of rounds.flatMap(({ history }) => history)) {
    const { call } = operation;
    if (call.kind !== "resize") continue;
    const made = entries.find((entry) =>
      entry.operation === "resize" && entry.capacity === call.capacity
    );
    if (made) operation.seq = made.seq;
  }
  const bySeq = new Map<number, Entry>();
  let change: Entry | undefined;
  for (const entry of entries) {
    // The number of a change is that of its last entry.
    if (!ENDINGS.includes(entry.operation)) change = entry;
    bySeq.set(entry.seq, change ?? entry);
  }
  const mayChange = (operation: Observed) => {
    const entry = operation.seq === undefined ? undefined : bySeq.get(operation.seq);
    return entry !== undefined && mayHaveMade(entry, operation);
  };
  return { rounds, replay, mayChange };
}

/** Looks for a violation round by round; between rounds nothing runs, so the model changes there as the event did. */
async function findViolationIn(
  { rounds, replay, mayChange }: Observation,
): Promise<Violation | undefined> {
  const model = replay();
  for (const { changes, history } of rounds) {
    for (const change of changes) await change(model.organiser);
    const violation = findViolation(history, model, { mayChange });
    if (violation) return violation;
  }
}

async function ledgerOf({ sql }: EventWorld, eventId: string): Promise<Entry[]> {
  return await sql<Entry[]>`
    SELECT seq, operation, allocation_ids, available + held + sold + set_aside AS capacity
      FROM seat_ledger WHERE event_id = ${eventId} AND pool = 0 ORDER BY seq`;
}

Deno.test("concurrent seat operations are linearizable in the order of seq", async (t) => {
  const seed = seedOfRun();
  await t.step(`seed ${seed}`, async () => {
    await using world = await createEventWorld();
    const observation = await observe(world, randomFrom(seed));
    assert.deepEqual(await findViolationIn(observation), undefined);
    assertCovered(observation.rounds.map(({ history }) => history));
    await assertInventoryAddsUp(world.sql);
  });
});

Deno.test("findViolation() finds a falsified hold and a falsified resize", async () => {
  await using world = await createEventWorld();
  const seed = seedOfRun();
  const observation = await observe(world, randomFrom(seed));
  const { rounds } = observation;
  const refusal = rounds.flatMap(({ history }) => history)
    .find(({ call: { kind }, answer: { outcomes } }) =>
      kind === "hold" && outcomes.every((outcome) => outcome.startsWith("refused"))
    );
  assert.ok(refusal, `TEST_SEED=${seed}: no hold was refused`);
  const { answer } = refusal;
  refusal.answer = { ...answer, outcomes: answer.outcomes.map(() => "held") };
  assert.ok(await findViolationIn(observation));
  refusal.answer = answer;

  const { history } = rounds[0]!;
  const [first, last] = [history[0]!, history.at(-1)!];
  const call = { kind: "resize", now: first.call.now, capacity: 0 } as const;
  const never = { call, answer: tooSmall(4 * CAPACITY), began: first.began, ended: last.ended };
  history.unshift(never);
  assert.ok(await findViolationIn(observation));
});

/** Asserts that operations overlapped and had all kinds of outcomes. */
function assertCovered(rounds: readonly Observed[][]): void {
  const history = rounds.flat();
  assert.equal(history.length, ROUNDS * CLIENTS * CALLS_PER_CLIENT);
  let overlapping = 0;
  for (const round of rounds) {
    for (let i = 1; i < round.length; i++) {
      if (round[i]!.began < round[i - 1]!.ended) overlapping++;
    }
  }
  assert.ok(overlapping > history.length / 2, "operations did not overlap");
  const outcomes = new Set(history.flatMap(({ answer }) => answer.outcomes));
  for (const outcome of OUTCOMES) assert.ok(outcomes.has(outcome), `no item was ${outcome}`);
}
