/**
 * Linearizability of the seat inventory: what several clients did at once to one event, in several processes,
 * must be what the model does one after the other, in the order of `seq` and not against real time.
 */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { OpenService } from "@evently/shared/services";
import {
  findViolation,
  type Operation,
  type Random,
  randomFrom,
  roundsOr,
  seedOfRun,
  times,
} from "@evently/shared/testing";
import { assertInventoryAddsUp, SeatModel } from "../testing.ts";
import { createEventWorld, type EventWorld, exchange, type Json } from "../testing/world.ts";

/** In each the clock stands still; it moves when nothing runs. */
const ROUNDS = roundsOr(6);
const PROCESSES = 3;
const CLIENTS = 9;
const CALLS_OF_A_CLIENT = 6;
/** Few ids and few seats, so that operations meet. */
const KNOWN_IDS = 16;
/** In each round so many of them are new, as what has ended cannot be held again. */
const NEW_IDS = 8;
const CAPACITY = 20;
const MIN_CAPACITY = 8;
const MOST_AT_ONCE = 3;
const LONGEST_HOLD_MS = 60_000;
const LONGEST_STEP_MS = 20_000;

/** A batch of one client, with the time at which it is judged. */
type Call =
  & { now: Date }
  & (
    | { kind: "hold"; source: "public" | "waitlist"; items: Item[] }
    | { kind: "commit" | "release"; ids: string[] }
    | { kind: "extend"; items: Omit<Item, "quantity">[] }
    | { kind: "waitlist"; open: boolean }
    | { kind: "resize"; capacity: number }
  );
interface Item {
  allocation_id: string;
  quantity: number;
  expires_at: string;
}
/** What each item heard, in order, and how many seats were free then; expiries of replays are left out. */
type Answer = { outcomes: string[]; available?: number };
type Observed = Operation<Call, Answer>;

/** Draws a call; each capacity is wished once, so that the ledger tells whose it is. */
function drawCall(
  random: Random,
  { ids, now, capacities }: { ids: readonly string[]; now: Date; capacities: number[] },
): Call {
  const some = [...new Set(times(1 + random.below(MOST_AT_ONCE), () => random.pick(ids)))];
  const expiry = () => new Date(now.getTime() + 1 + random.below(LONGEST_HOLD_MS)).toISOString();
  const item = (allocation_id: string) => ({ allocation_id, expires_at: expiry() });
  switch (random.pick(["hold", "hold", "hold", "commit", "release", "extend", "rare"] as const)) {
    case "hold": {
      const source = random.pick(["public", "public", "waitlist"] as const);
      const items = some.map((id) => ({ ...item(id), quantity: 1 + random.below(4) }));
      return { kind: "hold", now, source, items };
    }
    case "commit":
      return { kind: "commit", now, ids: some };
    case "release":
      return { kind: "release", now, ids: some };
    case "extend":
      return { kind: "extend", now, items: some.map(item) };
    case "rare": {
      const capacity = random.below(2) === 0 ? capacities.pop() : undefined;
      if (capacity !== undefined) return { kind: "resize", now, capacity };
      return { kind: "waitlist", now, open: random.below(2) === 0 };
    }
  }
}

/** Does a call on the real service. Without a `seq`: a resize, which does not tell it. */
async function call(
  { app }: OpenService,
  call: Call,
  { eventId, token, key }: { eventId: string; token: string; key: string },
): Promise<{ answer: Answer; seq?: number }> {
  const internal = async (path: string, body: unknown): Promise<Json> => {
    const headers = { "X-API-Key": key };
    const url = `/internal/events/${eventId}${path}`;
    const { status, body: answer } = await exchange(app, "POST", url, { headers, body });
    assert.equal(status, 200, JSON.stringify(answer));
    return answer;
  };
  switch (call.kind) {
    case "hold": {
      const { source, items } = call;
      return heard(await internal("/seats/hold", { source, items }));
    }
    case "commit":
    case "release":
      return heard(await internal(`/seats/${call.kind}`, { allocation_ids: call.ids }));
    case "extend":
      return heard(await internal("/seats/extend", { items: call.items }));
    case "waitlist":
      return heard(await internal("/waitlist", { open: call.open }));
    case "resize": {
      const body = { total_capacity: call.capacity };
      const path = `/api/v1/admin/events/${eventId}`;
      const { status, body: answer } = await exchange(app, "PUT", path, { token, body });
      if (status === 200) return { answer: { outcomes: ["resized"] } };
      const taken = /current value is (\d+)$/.exec(answer.error)?.[1];
      assert.ok(status === 409 && taken, `a resize was answered by ${status} ${answer.error}`);
      return { answer: tooSmall(Number(taken)) };
    }
  }
}

function heard({ results = [], available_seats, set_aside, seq }: Json) {
  const outcomes = results.map((result: Json) => {
    const { outcome, state, quantity } = result;
    return outcome === "existing" ? `${outcome} ${quantity} ${state}` : outcome;
  });
  if (set_aside !== undefined) outcomes.push(`${set_aside} set aside`);
  return {
    seq,
    answer: available_seats === undefined ? { outcomes } : { outcomes, available: available_seats },
  };
}

/** What an organiser hears who wishes fewer seats than are held or sold. */
function tooSmall(taken: number): Answer {
  return { outcomes: ["too small", `${taken} taken`] };
}

/** The model, as what can be asked and answers as {@link call} does. */
class Replay {
  readonly #model = new SeatModel();
  readonly #eventId: string;

  constructor(eventId: string, { start_at, capacity }: { start_at: Date; capacity: number }) {
    this.#eventId = eventId;
    this.#model.addEvent({
      event_id: eventId,
      status: "published",
      start_at,
      unit_price_minor: 0,
      currency: "INR",
      max_tickets_per_booking: CAPACITY,
    }, capacity);
  }

  get seq(): number {
    return this.#model.tables.inventories.get(this.#eventId)!.seq;
  }

  apply(call: Call): Answer {
    const at = { eventId: this.#eventId, now: call.now };
    switch (call.kind) {
      case "hold": {
        const { source, items } = call;
        return heard(this.#model.hold({ ...at, source, items, revive: false })).answer;
      }
      case "commit":
        return heard(this.#model.commit({ ...at, allocationIds: call.ids })).answer;
      case "release":
        return heard(this.#model.release({ ...at, allocationIds: call.ids })).answer;
      case "extend":
        return heard(this.#model.extend({ ...at, items: call.items })).answer;
      case "waitlist":
        return heard(this.#model.setWaitlistOpen(this.#eventId, call.open)).answer;
      case "resize": {
        const answer = this.peek(call);
        this.#model.resize(this.#eventId, call.capacity);
        return answer;
      }
    }
  }

  /** Only resizes that are refused do not tell their place. */
  peek(call: Call): Answer {
    assert.ok(call.kind === "resize");
    const { held, sold } = this.#model.tables.inventories.get(this.#eventId)!;
    return call.capacity < held + sold ? tooSmall(held + sold) : { outcomes: ["resized"] };
  }
}

/** Only then may it have changed something; a commit and a waitlist answer alike when they changed nothing. */
function mayChange({ call: { kind }, answer: { outcomes } }: Observed): boolean {
  const changes = { hold: "held", commit: "committed", release: "released", resize: "resized" };
  if (kind === "waitlist") return true;
  return kind !== "extend" && outcomes.includes(changes[kind]);
}

/** What clients did at once, in the order in which they began. */
async function observe(
  world: EventWorld,
  random: Random,
): Promise<{ history: Observed[]; replay: () => Replay }> {
  const organiser = await world.actor();
  const fields = { total_capacity: CAPACITY, max_tickets_per_booking: CAPACITY };
  const { event_id: eventId, start_datetime } = await world.event({ organiser, fields });
  const replay = () =>
    new Replay(eventId, { start_at: new Date(start_datetime), capacity: CAPACITY });
  const processes = [world.service];
  while (processes.length < PROCESSES) processes.push(await world.anotherProcess());
  let ids = times(KNOWN_IDS, newId);
  const capacities = times(3 * CAPACITY, (i) => MIN_CAPACITY + i)
    .filter((capacity) => capacity !== CAPACITY)
    .toSorted(() => random.below(2) - 0.5);
  const history: Observed[] = [];
  const key = world.context.internal_api_key;

  async function client(now: Date, token: string): Promise<void> {
    for (let n = 0; n < CALLS_OF_A_CLIENT; n++) {
      const wish = drawCall(random, { ids, now, capacities });
      const unanswered = { answer: { outcomes: [] }, ended: Infinity };
      const operation: Observed = { call: wish, began: performance.now(), ...unanswered };
      history.push(operation);
      const heard = await call(random.pick(processes), wish, { eventId, token, key });
      Object.assign(operation, heard, { ended: performance.now() });
    }
  }

  for (let round = 0; round < ROUNDS; round++) {
    const { admin_id } = organiser;
    const role = "event_manager";
    const token = await world.context.tokens.issueForAdmin({ admin_id, role, permissions: "{}" });
    await Promise.all(times(CLIENTS, () => client(world.clock.now(), token)));
    world.clock.advance(random.below(LONGEST_STEP_MS));
    ids = [...ids.slice(NEW_IDS), ...times(NEW_IDS, newId)];
  }

  const resizes = await resizesOf(world, eventId);
  for (const operation of history) {
    if (operation.call.kind !== "resize") continue;
    const seq = resizes.get(operation.call.capacity);
    if (seq !== undefined) operation.seq = seq;
  }
  return { history, replay };
}

/** The change that made each capacity, as the ledger has it. */
async function resizesOf({ sql }: EventWorld, eventId: string): Promise<Map<number, number>> {
  const rows = await sql<{ seq: number; capacity: number }[]>`
    SELECT seq, available + held + sold + set_aside AS capacity
      FROM seat_ledger WHERE event_id = ${eventId} AND operation = 'resize'`;
  return new Map(rows.map(({ seq, capacity }) => [capacity, seq]));
}

Deno.test("what happens to an event's seats at once happens as if one after the other, as seq says", async (t) => {
  const seed = seedOfRun();
  await t.step(`seed ${seed}`, async () => {
    await using world = await createEventWorld();
    const { history, replay } = await observe(world, randomFrom(seed));
    assert.deepEqual(findViolation(history, replay(), { mayChange }), undefined);
    assertWorthwhile(history);
    assert.equal(history.length, ROUNDS * CLIENTS * CALLS_OF_A_CLIENT);
    await assertInventoryAddsUp(world.sql);
  });
});

Deno.test("a seat that the service had sold twice, or a stale answer, would be found", async () => {
  await using world = await createEventWorld();
  const seed = seedOfRun();
  const { history, replay } = await observe(world, randomFrom(seed));
  const broken = history.map((operation) => ({ ...operation, answer: { ...operation.answer } }));
  const refusal = broken.find(({ call: { kind }, answer: { outcomes } }) =>
    kind === "hold" && outcomes.every((outcome) => outcome === "refused")
  );
  assert.ok(refusal, `TEST_SEED=${seed}: nothing was refused`);
  refusal.answer.outcomes = refusal.answer.outcomes.map(() => "held");
  assert.ok(findViolation(broken, replay(), { mayChange }));

  const [first, last] = [history[0]!, history.at(-1)!];
  const call = { kind: "resize", now: first.call.now, capacity: 0 } as const;
  const never = { call, answer: tooSmall(4 * CAPACITY), began: first.began, ended: last.ended };
  assert.ok(findViolation([never, ...history], replay(), { mayChange }));
});

/** Operations overlapped, and had many outcomes. */
function assertWorthwhile(history: readonly Observed[]): void {
  let overlapping = 0;
  for (let i = 1; i < history.length; i++) {
    if (history[i]!.began < history[i - 1]!.ended) overlapping++;
  }
  assert.ok(overlapping > history.length / 2, "operations did not run at once");
  const outcomes = new Set(history.flatMap(({ answer }) => answer.outcomes));
  for (const outcome of ["held", "refused", "committed", "released", "extended"]) {
    assert.ok(outcomes.has(outcome), `nothing was ${outcome}`);
  }
}
