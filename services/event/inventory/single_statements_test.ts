/**
 * Each operation on the seats of an event is one statement outside a transaction of several: a distributed database sends
 * nothing else to where the event is.
 */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { isDistributed, type Pool } from "@evently/shared/postgres";
import { createEventWorld, HOLD_TTL_MS } from "../testing/world.ts";
import { commitSeats } from "./commit_seats.ts";
import type { SeatDeps } from "./deps.ts";
import { extendSeats } from "./extend_seats.ts";
import { holdSeats } from "./hold_seats.ts";
import { releaseSeats } from "./release_seats.ts";
import type { HoldRequest } from "./types.ts";

const AGREED_MINOR = 7;

interface Seats {
  eventId: string;
  allocationId: string;
  expiresAt: Date;
}

/** What an operation answers first, by its name; one after the other on the same seats. */
const OPERATIONS: Readonly<Record<string, (deps: SeatDeps, seats: Seats) => Promise<string>>> = {
  hold: (deps, seats) => hold(deps, seats, { revive: false }),
  async release(deps, { eventId, allocationId }) {
    const [answer] = await releaseSeats(deps, [{ eventId, allocationIds: [allocationId] }]);
    return answer!.results[0]!.outcome;
  },
  "hold again": (deps, seats) => hold(deps, seats, { revive: true }),
  async extend(deps, { eventId, allocationId, expiresAt }) {
    const answer = await extendSeats(deps, { eventId, items: [{ allocationId, expiresAt }] });
    return answer.results[0]!.outcome;
  },
  "hold again at the price of a sale": (deps, seats) =>
    hold(deps, { ...seats, allocationId: newId() }, { revive: true, unitPriceMinor: AGREED_MINOR }),
  async commit(deps, { eventId, allocationId }) {
    const [answer] = await commitSeats(deps, [{ eventId, allocationIds: [allocationId] }]);
    return answer!.results[0]!.outcome;
  },
};

async function hold(
  deps: SeatDeps,
  { eventId, ...item }: Seats,
  { revive, ...price }: Pick<HoldRequest, "revive"> & { unitPriceMinor?: number },
): Promise<string> {
  const batches = [{ eventId, items: [{ ...item, ...price, quantity: 1 }] }];
  const [answer] = await holdSeats(deps, { batches, source: "public", revive });
  return answer!.results[0]!.outcome;
}

Deno.test("each operation on the seats of an event is a statement by itself", async () => {
  await using world = await createEventWorld();
  const { event_id: eventId } = await world.event();
  const { clock, context: { seatNews } } = world;
  const observed = observe(world.sql);
  await isDistributed(observed.sql);
  const search = { eventChanged: () => Promise.resolve() };
  const deps = { seatSql: observed.sql, clock, seatNews, search } as unknown as SeatDeps;
  const expiresAt = new Date(clock.now().getTime() + HOLD_TTL_MS);
  const seats = { eventId, allocationId: newId(), expiresAt };
  const outcomes: Record<string, string> = {};
  for (const [name, run] of Object.entries(OPERATIONS)) {
    observed.statements.length = 0;
    outcomes[name] = await run(deps, seats);
    assert.equal(observed.statements.length, 1, `${name}: ${observed.statements}`);
  }
  assert.deepEqual(outcomes, {
    hold: "held",
    release: "released",
    "hold again": "held",
    extend: "extended",
    "hold again at the price of a sale": "held",
    commit: "committed",
  });
});

/** A pool that lists its statements and begins no transaction. */
function observe(pool: Pool): { sql: Pool; statements: string[] } {
  const statements: string[] = [];
  const sql = new Proxy(pool, {
    apply(target, self, args) {
      const [text] = args[0] as readonly string[];
      // others are parts of statements
      if (/^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b/.test(text!)) statements.push(text!);
      return Reflect.apply(target, self, args);
    },
    get(target, name, receiver) {
      assert.notEqual(name, "begin", "a transaction of several statements begins");
      return Reflect.get(target, name, receiver);
    },
  });
  return { sql, statements };
}
