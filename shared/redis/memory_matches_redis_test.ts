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
 * `S` a score. None expires while the test runs.
 */
const SHAPES = `
  SET K V | SET K N | SET K V NX | SET K V PX 100000 | SET K V NX PX 100000 | SET K V PX | SET K V PX 0
  SET K V PX V | SET K V QQ | GET K | GET K K | MGET K K | INCR K | DEL K | DEL K K | EXISTS K K
  EXPIRE K 1000 | EXPIRE K V | PEXPIRE K 100000 | PEXPIRE K -1 | PEXPIRE K | NOSUCH K
  SADD K M M | SADD K | SCARD K | ZINCRBY K S M | ZINCRBY K V M | ZRANGE K N N | ZRANGE K N N REV
  ZRANGE K N N WITHSCORES | ZRANGE K N N REV WITHSCORES | ZRANGE K N V | ZRANGE K N N QQ
  ZADD K S M | ZADD K S M S M | ZADD K V M | ZADD K S M S | ZREM K M | ZREM K M M | ZREM K
  ZRANK K M | ZRANK K | ZCARD K | ZCARD K K
`.trim().split(/ *[|\n] */);

Deno.test({
  name: "MemoryRedis answers random commands exactly as a Redis server does",
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
    S: () => pick(["-1", "0", "0.5", "1", "2"]),
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

/** Outcomes without the arguments that the server quotes for an unknown command. */
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
