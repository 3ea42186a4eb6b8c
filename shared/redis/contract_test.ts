import assert from "node:assert/strict";
import {
  addMemberFor,
  addScoresFor,
  MAX_SCORES,
  ranksIn,
  type Redis,
  RedisUnavailable,
  scoredOf,
  setEachNewFor,
  setIfValue,
} from "./mod.ts";
import { EACH_REDIS } from "./testing/each_redis.ts";
import { randomPrefix } from "./testing/real_redis.ts";

/** The input of a contract test: a client, and a key prefix of its own. */
interface Given {
  redis: Redis;
  key: (name: string) => string;
}

const LONG_MS = 60_000;
const WRONGTYPE_IN_SCRIPT = /WRONGTYPE Operation against a key holding the wrong kind of value/;
const WRONGTYPE = /WRONGTYPE Operation against a key holding the wrong kind of value$/;

/** Runs one test on each subject, and deletes its keys afterwards. */
function contract(guarantee: string, test: (given: Given) => Promise<void>): void {
  for (const { name, ignore, use } of EACH_REDIS) {
    Deno.test({
      name: `Redis (${name}) ${guarantee}`,
      ignore,
      sanitizeOps: true,
      sanitizeResources: true,
      fn: () =>
        use(async ({ client }) => {
          const names = new Set<string>();
          const prefix = randomPrefix();
          const key = (name: string) => (names.add(prefix + name), prefix + name);
          try {
            await test({ redis: client, key });
          } finally {
            if (names.size > 0) await client.del(...names);
          }
        }),
    });
  }
}

contract("returns every string as it was stored", async ({ redis, key }) => {
  const values = [
    "42",
    "042",
    "1e3",
    "true",
    "null",
    '{"a":1}',
    '"q"',
    "OK",
    "",
    "ünïcödé 🎟️\0\n",
    "T0s=",
  ];
  for (const value of values) {
    await redis.set(key("value"), value);
    assert.equal(await redis.get(key("value")), value);
    assert.deepEqual(await redis.mget(key("value"), key("absent")), [value, null]);
  }
});

contract("sets a key only if absent (NX), for a time (PX)", async ({ redis, key }) => {
  assert.equal(await redis.set(key("a"), "1", { nx: true, px: LONG_MS }), "OK");
  assert.equal(await redis.set(key("a"), "2", { nx: true }), null);
  const leftMs = await redis.pttl(key("a"));
  assert.ok(leftMs > 0 && leftMs <= LONG_MS, `pttl ${leftMs}`);
  await redis.set(key("a"), "3");
  assert.equal(await redis.pttl(key("a")), -1, "plain SET takes the expiry away");
  assert.equal(await redis.pttl(key("absent")), -2);
});

contract("expires keys", async ({ redis, key }) => {
  await redis.set(key("a"), "1");
  await redis.set(key("b"), "1");
  assert.equal(await redis.expire(key("a"), 60), 1);
  assert.equal(await redis.pexpire(key("b"), -1), 1);
  assert.equal(await redis.exists(key("a"), key("b")), 1);
  assert.equal(await redis.expire(key("b"), 10), 0);
});

contract("counts, and keeps the expiry", async ({ redis, key }) => {
  await redis.set(key("n"), "4", { px: LONG_MS });
  assert.equal(await redis.incr(key("n")), 5);
  assert.ok(await redis.pttl(key("n")) > 0);
  const results = await Promise.all(Array.from({ length: 50 }, () => redis.incr(key("m"))));
  assert.equal(Math.max(...results), 50);
});

contract("keeps sets", async ({ redis, key }) => {
  assert.equal(await redis.sadd(key("s"), "a", "b", "a"), 2);
  assert.equal(await redis.sadd(key("s"), "b"), 0);
  assert.equal(await redis.scard(key("s")), 2);
  assert.equal(await redis.scard(key("absent")), 0);
});

contract("serves sorted sets in the order of their scores", async ({ redis, key }) => {
  const z = key("z");
  for (const [by, member] of [[2, "b"], [1, "c"], [2, "a"], [0.5, "c"]] as const) {
    await redis.zincrby(z, by, member);
  }
  assert.deepEqual(await redis.zrange(z, 0, -1), ["c", "a", "b"]);
  assert.deepEqual(await redis.zrange(z, 0, 1, { rev: true }), ["b", "a"]);
  assert.deepEqual(await redis.zrange(z, -2, 10), ["a", "b"]);
  const scored = await redis.zrange(z, 0, 0, { withScores: true });
  assert.deepEqual(scoredOf(scored), [{ member: "c", score: 1.5 }]);
  assert.deepEqual(await redis.zrange(key("absent"), 0, -1), []);
});

contract("expires a key by itself", async ({ redis, key }) => {
  await redis.set(key("a"), "1", { px: 5 });
  const giveUpMs = performance.now() + 5_000;
  while (await redis.get(key("a")) !== null) assert.ok(performance.now() < giveUpMs);
  assert.equal(await redis.set(key("a"), "2", { nx: true }), "OK");
});

contract(
  "setEachNewFor() sets each absent key for its time",
  async ({ redis, key }) => {
    await redis.set(key("old"), "kept", { px: LONG_MS });
    await setEachNewFor(redis, [
      { key: key("old"), value: "late", ttlMs: 2 * LONG_MS },
      { key: key("a"), value: "1", ttlMs: LONG_MS },
      { key: key("b"), value: '{"b":"2"}', ttlMs: 2 * LONG_MS },
    ]);
    assert.deepEqual(await redis.mget(key("old"), key("a"), key("b")), ["kept", "1", '{"b":"2"}']);
    for (
      const [name, atMostMs] of [["old", LONG_MS], ["a", LONG_MS], ["b", 2 * LONG_MS]] as const
    ) {
      const leftMs = await redis.pttl(key(name));
      assert.ok(leftMs > atMostMs - LONG_MS && leftMs <= atMostMs, `pttl ${leftMs}`);
    }
  },
);

contract("addMemberFor() adds a member and returns the size", async ({ redis, key }) => {
  const sizes = [];
  for (const member of ["a", "b", "a"]) {
    sizes.push(await addMemberFor(redis, { key: key("s"), member, ttlMs: LONG_MS }));
  }
  assert.deepEqual(sizes, [1, 2, 2]);
  const leftMs = await redis.pttl(key("s"));
  assert.ok(leftMs > 0 && leftMs <= LONG_MS, `pttl ${leftMs}`);
  await redis.set(key("string"), "text");
  await assert.rejects(
    addMemberFor(redis, { key: key("string"), member: "a", ttlMs: LONG_MS }),
    WRONGTYPE_IN_SCRIPT,
  );
});

contract("tells the rank of a member of a sorted set", async ({ redis, key }) => {
  const z = key("z");
  const members = [
    { score: 7, member: "c" },
    { score: 3, member: "b" },
    { score: 3, member: "a" },
  ] as const;
  assert.equal(await redis.zadd(z, ...members), 3);
  assert.equal(await redis.zadd(z, { score: 8, member: "c" }), 0);
  const ranks = () => Promise.all(["a", "b", "c", "d"].map((member) => redis.zrank(z, member)));
  assert.deepEqual(await ranks(), [0, 1, 2, null]);
  assert.equal(await redis.zrem(z, "a", "d"), 1);
  assert.deepEqual(await ranks(), [null, 0, 1, null]);
  assert.equal(await redis.zcard(z), 2);
  await redis.zrem(z, "b", "c");
  assert.equal(await redis.exists(z), 0, "an empty set is none");
});

contract("addScoresFor() adds members, moves them and returns the size", async ({ redis, key }) => {
  const z = key("z");
  const add = (score: number, ...members: string[]) =>
    addScoresFor(redis, {
      key: z,
      members: members.map((member, i) => ({ member, score: score + i })),
      ttlMs: LONG_MS,
    });
  assert.equal(await add(2, "a", "b"), 2);
  assert.equal(await add(1, "b"), 2);
  assert.deepEqual(await redis.zrange(z, 0, -1), ["b", "a"]);
  const leftMs = await redis.pttl(z);
  assert.ok(leftMs > 0 && leftMs <= LONG_MS, `pttl ${leftMs}`);
  const many = Array.from({ length: MAX_SCORES }, (_, i) => `m${i}`);
  assert.equal(await add(10, ...many), MAX_SCORES + 2);
});

contract("ranksIn() tells rank and size of each set while its marker is there", async (given) => {
  const { redis, key } = given;
  const [marker, one, two, none] = [
    key("{z}marker"),
    key("{z}one"),
    key("{z}two"),
    key("{z}none"),
  ];
  const keys = [one, two, none];
  await redis.zadd(one, { score: 1, member: "a" }, { score: 2, member: "b" });
  await redis.zadd(two, { score: 1, member: "a" });
  assert.equal(await ranksIn(redis, { marker, keys, member: "b" }), undefined);
  await redis.set(marker, "1");
  assert.deepEqual(await ranksIn(redis, { marker, keys, member: "b" }), [
    { rank: 1, size: 2 },
    { rank: undefined, size: 1 },
    { rank: undefined, size: 0 },
  ]);
});

contract("setIfValue() sets a key only if another has a value", async ({ redis, key }) => {
  const [guard, a] = [key("{x}guard"), key("{x}a")];
  const set = (expected: string, value: string) =>
    setIfValue(redis, { guard, expected, key: a, value, ttlMs: LONG_MS });
  assert.equal(await set("mine", "0"), false);
  await redis.set(guard, "mine");
  assert.equal(await set("yours", "1"), false);
  assert.equal(await redis.get(a), null);
  assert.equal(await set("mine", "2"), true);
  assert.deepEqual(await redis.mget(a, guard), ["2", null]);
  const leftMs = await redis.pttl(a);
  assert.ok(leftMs > 0 && leftMs <= LONG_MS, `pttl ${leftMs}`);
  assert.equal(await set("mine", "3"), false);
});

contract("runs a pipeline in order, past a failing command", async ({ redis, key }) => {
  const results = await redis.pipeline()
    .set(key("a"), "1").sadd(key("a"), "m").get(key("a")).exec({ keepErrors: true });
  assert.equal(results[0].result, "OK");
  assert.match(results[1].error ?? "", WRONGTYPE);
  assert.equal(results[2].result, "1");
});

contract("refuses a command for another type of value", async ({ redis, key }) => {
  await redis.set(key("string"), "text");
  await redis.sadd(key("set"), "member");
  await assert.rejects(redis.get(key("set")), WRONGTYPE);
  await assert.rejects(redis.zrange(key("string"), 0, -1), WRONGTYPE);
  await assert.rejects(redis.zincrby(key("set"), 1, "m"), WRONGTYPE);
  await assert.rejects(redis.incr(key("string")), /ERR value is not an integer or out of range$/);
  assert.equal(await redis.get(key("string")), "text");
});

contract("names no value of a command in an error", async ({ redis, key }) => {
  await redis.set(key("string"), "text");
  const failing = [
    redis.exec(["NOSUCHCOMMAND", "s3cret"]),
    redis.exec(["SADD", key("string"), "s3cret"]),
    redis.sadd(key("string"), "s3cret"),
    redis.pipeline().set(key("a"), "s3cret").sadd(key("string"), "s3cret").exec(),
  ];
  for (const outcome of await Promise.allSettled(failing)) {
    assert.equal(outcome.status, "rejected");
    assert.doesNotMatch(Deno.inspect(outcome.reason, { depth: 10 }), /s3cret/);
  }
});

for (const { name, ignore, use } of EACH_REDIS) {
  Deno.test({
    name: `Redis (${name}) answers PING until it is closed, and then fails every command`,
    ignore,
    sanitizeOps: true,
    sanitizeResources: true,
    fn: () =>
      use(async (connection) => {
        await connection.ping();
        await connection.close();
        await connection.close();
        await assert.rejects(connection.ping(), RedisUnavailable);
        await assert.rejects(connection.client.get("a"), RedisUnavailable);
      }),
  });
}
