import assert from "node:assert/strict";
import { ManualClock } from "../clock.ts";
import { newId } from "../ids.ts";
import { SILENT_LOGGER } from "../log.ts";
import { GuardedRedis } from "../redis/mod.ts";
import { openTestRedis } from "../testing/redis.ts";
import { LocalRateLimiter, type RateLimiter, SharedRateLimiter } from "./rate_limit.ts";

const LIMIT = { limit: 3, windowMs: 60_000 };

async function takes(limiter: RateLimiter, key: string, members: (string | undefined)[]) {
  const decisions = [];
  for (const member of members) decisions.push((await limiter.take(key, member)).allowed);
  return decisions;
}

/** Both limiters keep the same promises. */
async function checkLimiter(limiter: RateLimiter, clock: ManualClock): Promise<void> {
  const [a, b] = [newId(), newId()];
  const four = [undefined, undefined, undefined, undefined];
  assert.deepEqual(await takes(limiter, a, four), [true, true, true, false]);
  assert.deepEqual(await takes(limiter, b, [undefined]), [true], "keys do not share");
  clock.advance(LIMIT.windowMs);
  assert.deepEqual(await takes(limiter, a, [undefined]), [true], "a new window");

  const c = newId();
  const members = ["x", "x", "y", "x", "z", "w", "x"];
  assert.deepEqual(
    await takes(limiter, c, members),
    [true, true, true, true, true, false, false],
    "the same member counts once",
  );
}

Deno.test("LocalRateLimiter limits each key per window and counts a member once", async () => {
  const clock = new ManualClock();
  await checkLimiter(new LocalRateLimiter(LIMIT, clock), clock);
});

Deno.test("SharedRateLimiter limits each key per window and counts a member once", async () => {
  const clock = new ManualClock();
  const redis = await openTestRedis();
  try {
    const guarded = new GuardedRedis(redis.client, SILENT_LOGGER);
    await checkLimiter(new SharedRateLimiter("test", LIMIT, { redis: guarded, clock }), clock);
  } finally {
    await redis.close();
  }
});

Deno.test("SharedRateLimiter counts in the process while Redis is unavailable", async () => {
  const clock = new ManualClock();
  const gone = { attempt: () => Promise.resolve(undefined) };
  await checkLimiter(new SharedRateLimiter("test", LIMIT, { redis: gone, clock }), clock);
});

Deno.test("a limit of 0 is no limit", async () => {
  const limiter = new LocalRateLimiter({ limit: 0, windowMs: 1_000 }, new ManualClock());
  assert.deepEqual(new Set(await takes(limiter, "k", Array(50).fill(undefined))), new Set([true]));
});

Deno.test("a decision reports the attempts left and the time to the next window", async () => {
  const clock = new ManualClock(new Date(LIMIT.windowMs * 100 + 45_500));
  const { remaining, resetS } = await new LocalRateLimiter(LIMIT, clock).take("k");
  assert.deepEqual([remaining, resetS], [2, 15]);
});
