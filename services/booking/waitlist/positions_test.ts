import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { GuardedRedis, type Redis, RedisUnavailable } from "@evently/shared/redis";
import { EACH_REDIS } from "../../../shared/redis/testing/each_redis.ts";
import { type PlacedEntry, Positions, type PositionsDeps } from "./positions.ts";

const QUIET = { info() {}, warn() {} };
const REST_MS = 10_000;

/** The lines as PostgreSQL has them, in memory, and how often it was asked to count. */
class Lines {
  readonly entries = new Map<string, PlacedEntry>();
  counts = 0;
  /** Runs after a page was read. */
  onPage: (() => Promise<unknown>) | undefined;

  readonly store: PositionsDeps["store"] = {
    count: ({ eventId, ticketTypeId, place }) => {
      this.counts++;
      const line = this.#of(eventId).filter(({ ticketTypeIds }) =>
        ticketTypeIds.includes(ticketTypeId)
      );
      const before = line.filter((entry) => entry.place < place).length;
      return Promise.resolve({ before, total: line.length });
    },
    listPlaces: async ({ eventId, after, limit }) => {
      const page = this.#of(eventId).filter(({ place }) => place > after).slice(0, limit);
      await this.onPage?.();
      return page;
    },
  };

  #of(eventId: string): PlacedEntry[] {
    return this.entries.values().filter((entry) => entry.eventId === eventId).toArray()
      .toSorted((a, b) => a.place - b.place);
  }
}

/** A Redis that can be taken away, and everything else that positions need. */
class World {
  readonly eventId = newId();
  readonly lines = new Lines();
  readonly clock = new ManualClock();
  readonly redis: Redis;
  readonly positions: Positions;
  isDown = false;

  constructor(redis: Redis) {
    this.redis = redis;
    this.positions = this.another();
  }

  /** Positions of another process. */
  another(): Positions {
    const guarded = new GuardedRedis(this.redis, QUIET);
    return new Positions({
      redis: {
        attempt: async (what, run) => this.isDown ? undefined : await guarded.attempt(what, run),
      },
      store: this.lines.store,
      clock: this.clock,
      ids: { newId },
      log: QUIET,
    });
  }

  /** Adds entries at the end of the line to PostgreSQL alone. */
  store(count: number, ...ticketTypeIds: string[]): PlacedEntry[] {
    return Array.from({ length: count }, () => {
      const place = this.lines.entries.size + 1;
      const entry = { entryId: newId(), eventId: this.eventId, place, ticketTypeIds };
      this.lines.entries.set(entry.entryId, entry);
      return entry;
    });
  }

  async join(count: number, ...ticketTypeIds: string[]): Promise<PlacedEntry[]> {
    const entries = this.store(count, ...ticketTypeIds);
    await this.positions.add(entries);
    return entries;
  }

  async leave(...entries: PlacedEntry[]): Promise<void> {
    for (const { entryId } of entries) this.lines.entries.delete(entryId);
    await this.positions.remove(entries);
  }

  /** Positions as Redis tells them: fails if PostgreSQL was asked. */
  async told(...entries: PlacedEntry[]): Promise<number[]> {
    const { counts } = this.lines;
    const found = await Promise.all(entries.map((entry) => this.positions.positionOf(entry)));
    assert.equal(this.lines.counts, counts, "PostgreSQL was asked");
    return found.map(({ position }) => position);
  }

  async counted(...entries: PlacedEntry[]): Promise<number[]> {
    const { counts } = this.lines;
    const found = await Promise.all(entries.map((entry) => this.positions.positionOf(entry)));
    assert.ok(this.lines.counts >= counts + entries.length, "PostgreSQL was not asked");
    return found.map(({ position }) => position);
  }

  readonly types = (...ticketTypeIds: string[]) => ({ eventId: this.eventId, ticketTypeIds });
}

/** Runs a test on each Redis, with positions that are complete from the start. */
function test(behaviour: string, run: (world: World) => Promise<void>): void {
  for (const { name, ignore, use } of EACH_REDIS) {
    Deno.test({
      name: `Positions (${name}) ${behaviour}`,
      ignore,
      fn: () =>
        use(async ({ client }) => {
          const world = new World(client);
          await world.positions.rebuild(world.types("a", "b"));
          try {
            await run(world);
          } finally {
            await world.positions.forget(world.types("a", "b"));
          }
        }),
    });
  }
}

test("tell the position and the length of the line", async (world) => {
  const [first, second, third] = await world.join(3, "a") as [
    PlacedEntry,
    PlacedEntry,
    PlacedEntry,
  ];
  assert.deepEqual(await world.told(third, first, second), [3, 1, 2]);
  await world.leave(first);
  assert.deepEqual(await world.told(second, third), [1, 2]);
  assert.deepEqual(await world.positions.positionOf(third), { position: 2, total: 2 });
  world.lines.entries.set(first.entryId, first);
  await world.positions.add([first]);
  assert.deepEqual(await world.told(first, second, third), [1, 2, 3]);
});

test("tell the best position of an entry that wants several types", async (world) => {
  await world.join(5, "a");
  await world.join(2, "b");
  const [both] = await world.join(1, "a", "b") as [PlacedEntry];
  assert.deepEqual(await world.told(both), [3]);
  assert.deepEqual(await world.positions.positionOf(both), { position: 3, total: 3 });
});

test("come from PostgreSQL while Redis is gone, and from Redis again after it", async (world) => {
  const entries = await world.join(3, "a");
  world.isDown = true;
  assert.deepEqual(await world.counted(...entries), [1, 2, 3]);
  const [late] = await world.join(1, "a") as [PlacedEntry];
  await world.leave(entries[0]!);
  assert.deepEqual(await world.counted(late), [3]);
  world.isDown = false;
  world.clock.advance(REST_MS);
  assert.deepEqual(await world.counted(entries[1]!), [1], "Redis lacks what happened meanwhile");
  assert.ok(await world.positions.rebuild(world.types("a")));
  assert.deepEqual(await world.told(entries[1]!, late), [1, 3]);
});

test("are rebuilt by the first request after Redis was wiped", async (world) => {
  const entries = await world.join(3, "a");
  const keys = ["a", "b", "complete"].map((name) => `wl:{${world.eventId}}:${name}`);
  await world.redis.del(...keys);
  world.clock.advance(REST_MS);
  assert.deepEqual(await world.counted(...entries), [1, 2, 3]);
  assert.ok(await world.positions.rebuild(world.types("a")), "joins the one under way");
  assert.deepEqual(await world.told(...entries), [1, 2, 3]);
});

test("are rebuilt page by page", async (world) => {
  const entries = world.store(2_003, "a");
  await world.positions.rebuild(world.types("a"));
  assert.deepEqual(await world.told(entries[0]!, entries[1_000]!, entries[2_002]!), [
    1,
    1_001,
    2_003,
  ]);
});

test("are not complete if Redis is wiped during a rebuild", async (world) => {
  const entries = world.store(1_001, "a");
  let pages = 0;
  world.lines.onPage = async () => {
    if (++pages === 2) {
      await world.redis.del(`wl:{${world.eventId}}:a`, `wl:{${world.eventId}}:rebuild`);
    }
  };
  assert.equal(await world.positions.rebuild(world.types("a")), false);
  assert.deepEqual(await world.counted(entries[0]!), [1]);
});

test("of two rebuilds at once are complete by the later one", async (world) => {
  const entries = world.store(3, "a");
  const other = world.another();
  world.lines.onPage = async () => {
    world.lines.onPage = undefined;
    assert.ok(await other.rebuild(world.types("a")));
  };
  assert.equal(await world.positions.rebuild(world.types("a")), false);
  assert.deepEqual(await world.told(...entries), [1, 2, 3]);
});

test("leave out who leaves during a rebuild", async (world) => {
  const entries = await world.join(3, "a");
  world.lines.onPage = async () => {
    world.lines.onPage = undefined;
    await world.leave(entries[0]!, entries[1]!);
    world.lines.entries.set(entries[1]!.entryId, entries[1]!);
    await world.positions.add([entries[1]!]);
  };
  assert.ok(await world.positions.rebuild(world.types("a")));
  assert.deepEqual(await world.told(entries[1]!, entries[2]!), [1, 2]);
});

test("rebuild sets without an entry that should be there", async (world) => {
  const [entry] = world.store(1, "a") as [PlacedEntry];
  world.clock.advance(REST_MS);
  assert.deepEqual(await world.counted(entry), [1]);
  await world.positions.rebuild(world.types("a"));
  assert.deepEqual(await world.told(entry), [1]);
});

test("are rebuilt at most once in ten seconds because of requests", async (world) => {
  let pages = 0;
  world.lines.onPage = () => Promise.resolve(pages++);
  const [entry] = world.store(1, "c") as [PlacedEntry];
  world.clock.advance(REST_MS - 1);
  await world.counted(entry);
  assert.equal(pages, 0);
  world.clock.advance(1);
  await world.counted(entry);
  await world.positions.rebuild(world.types("c"));
  assert.equal(pages, 1, "joins the one under way");
  await world.positions.forget(world.types("c"));
});

test("are rebuilt when sizes differ at two checks", async (world) => {
  const entries = await world.join(3, "a");
  const check = () => world.positions.check(world.types("a", "b"));
  assert.equal(await check(), false);
  world.lines.entries.delete(entries[0]!.entryId);
  assert.deepEqual(await world.told(entries[2]!), [3], "it left, and Redis was not told");
  assert.equal(await check(), false, "it may be told in a moment");
  assert.equal(await check(), true);
  assert.deepEqual(await world.told(entries[2]!), [2]);
  assert.equal(await check(), false);
  await world.redis.del(`wl:{${world.eventId}}:complete`);
  assert.equal(await check(), true, "a set without its marker is rebuilt at once");
  world.isDown = true;
  assert.equal(await check(), false);
});

Deno.test("Positions come from PostgreSQL when Redis is too slow", async () => {
  const world = new World({} as Redis);
  const slow = new GuardedRedis({} as Redis, QUIET, { timeoutMs: 1 });
  const [first, second] = world.store(2, "a") as [PlacedEntry, PlacedEntry];
  const positions = new Positions({
    redis: { attempt: (what) => slow.attempt(what, () => new Promise<never>(() => {})) },
    store: world.lines.store,
    clock: world.clock,
    ids: { newId },
    log: QUIET,
  });
  await positions.add([first, second]);
  await positions.remove([first]);
  assert.deepEqual(await positions.positionOf(second), { position: 2, total: 2 });
  assert.equal(await positions.rebuild(world.types("a")), false);
  assert.equal(await positions.check(world.types("a")), false);
  await positions.forget(world.types("a"));
});

Deno.test("Positions come from PostgreSQL when Redis refuses", async () => {
  const world = new World({} as Redis);
  const failing = new GuardedRedis({} as Redis, QUIET);
  const [first] = world.store(1, "a") as [PlacedEntry];
  const positions = new Positions({
    redis: {
      attempt: (what) => failing.attempt(what, () => Promise.reject(new RedisUnavailable("gone"))),
    },
    store: world.lines.store,
    clock: world.clock,
    ids: { newId },
    log: QUIET,
  });
  await positions.add([first]);
  assert.deepEqual(await positions.positionOf(first), { position: 1, total: 1 });
  assert.equal(await positions.rebuild(world.types("a")), false);
});
