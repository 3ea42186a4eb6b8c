import assert from "node:assert/strict";
import { MemoryRedis } from "@evently/embedded/redis";
import { type Outcome, requesterOver } from "./requester.ts";
import { openTcp } from "./tcp.ts";
import { randomPrefix, TEST_REDIS_URL } from "./testing/real_redis.ts";

const BATCHES = 40;
const BATCH_SIZE = 100;
const KEYS = ["k1", "k2", "k3", "k4"];

/**
 * Shapes of commands, right and wrong. `K` is a key, `M` a member or field, `N` a number, `V` a value,
 * `S` a score, `T` a time. None can expire while the test runs.
 */
const SHAPES = `
  SET K V | SET K N | SET K V NX | SET K V XX | SET K V PX 100000 | SET K V GET | SET K V KEEPTTL
  SET K V EX | SET K V NX XX | SET K V PX 0 | SET K V EX 10 PX 10 | GET K | GETDEL K | MGET K K
  MSET K V K N | MSET K V K | INCR K | DECRBY K N | INCRBY K V | DEL K | DEL K K | EXISTS K K
  TYPE K | SET K V EXAT T | GET K K | NOSUCH K
  EXPIREAT K T | EXPIREAT K T NX | EXPIREAT K T GT | EXPIREAT K T LT | EXPIREAT K T XX
  EXPIRE K 9 QQ | EXPIRE K V | PEXPIREAT K 1 | PERSIST K
  HSET K M V | HSET K M N M V | HSET K M | HSETNX K M V | HGET K M | HMGET K M M | HGETALL K
  HDEL K M M | HEXISTS K M | HINCRBY K M N | HLEN K | HSET K
  SADD K M M | SREM K M | SCARD K | SISMEMBER K M | SMISMEMBER K M M
  ZADD K S M | ZADD K S M S M | ZADD K NX S M | ZADD K XX S M | ZADD K GT S M | ZADD K LT CH S M
  ZADD K NX GT S M | ZADD K NX XX S M | ZADD K INCR S M | ZADD K INCR NX S M | ZADD K V M
  ZADD K S | ZINCRBY K S M | ZREM K M M | ZCARD K | ZSCORE K M | ZMSCORE K M M | ZRANK K M
  ZREVRANK K M | ZCOUNT K S (S | ZRANGE K N N | ZRANGE K N N REV | ZRANGE K N N WITHSCORES
  ZRANGE K S (S BYSCORE | ZRANGE K -inf +inf BYSCORE LIMIT N N
  ZRANGE K +inf S BYSCORE REV WITHSCORES | ZRANGE K N N LIMIT 0 1 | ZRANGE K N V
  ZRANGE K text S BYSCORE | ZPOPMIN K | ZPOPMIN K N | ZPOPMAX K N | ZREMRANGEBYRANK K N N
  ZREMRANGEBYSCORE K S (S
`.trim().split(/ *[|\n] */);

Deno.test({
  name: "MemoryRedis answers random commands, and their mistakes, exactly as a Redis server does",
  ignore: TEST_REDIS_URL === undefined,
  sanitizeOps: true,
  sanitizeResources: true,
  async fn(t) {
    const tcp = await openTcp(TEST_REDIS_URL ?? "");
    const memory = requesterOver(new MemoryRedis(() => new Date()));
    const prefix = randomPrefix();
    const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    const random = seededRandom(seed);
    try {
      await t.step(`seed ${seed}`, async () => {
        for (let batch = 0; batch < BATCHES; batch++) {
          const body = Array.from({ length: BATCH_SIZE }, () => randomCommand(prefix, random));
          const request = { path: ["pipeline"], body };
          const actual = listOf(await memory.request(request));
          const expected = listOf(await tcp.requester.request(request));
          for (const [i, command] of body.entries()) {
            if (isEitherOfTwoMistakes(actual[i], expected[i])) continue;
            assert.deepEqual(actual[i], expected[i], `${command.join(" ")} (seed ${seed})`);
          }
        }
      });
    } finally {
      await tcp.requester.request({ body: ["DEL", ...KEYS.map((key) => prefix + key)] });
      await tcp.close();
    }
  },
});

function randomCommand(prefix: string, random: () => number): string[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const choices: Record<string, () => string> = {
    K: () => prefix + pick(KEYS),
    M: () => pick(["a", "b", "c", "ü"]),
    N: () => pick(["-2", "-1", "0", "1", "2", "5"]),
    V: () => pick(["", "text", "1.5", "ü"]),
    S: () => pick(["-1", "0", "0.5", "1", "2", "1e21", "inf", "-inf"]),
    T: () => pick(["4100000000", "4200000000", "4300000000"]),
    "(S": () => pick(["(0", "(1", "(inf"]),
  };
  return pick(SHAPES).split(" ").map((word) => choices[word]?.() ?? word);
}

/** A bad argument on a value of another type: which of the two is told first is no promise of Redis. */
function isEitherOfTwoMistakes(
  actual: Outcome | undefined,
  expected: Outcome | undefined,
): boolean {
  const errors = [actual, expected].map((one) => one && "error" in one ? one.error : "");
  return errors.every((error) => error !== "") &&
    errors.some((error) => error.startsWith("WRONGTYPE"));
}

/** Outcomes without what the server adds for people: the arguments of an unknown command. */
function listOf(answer: unknown): Outcome[] {
  assert.ok(Array.isArray(answer));
  return answer.map(({ error, ...outcome }) =>
    error === undefined ? outcome : { error: String(error).replace(/, with args .*/, "") }
  );
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
