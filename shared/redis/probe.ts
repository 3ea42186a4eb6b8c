import type { Redis } from "@upstash/redis";
import { RedisUnavailable } from "./errors.ts";

const PROBE_KEY = "evently:probe";
const PROBE_TTL_MS = 10_000;

/**
 * Asks Redis for a write: a full or read-only server answers PING as if nothing were wrong.
 *
 * @throws {RedisUnavailable} Redis does not answer as it should
 */
export async function probe(redis: Redis): Promise<void> {
  const reply = await redis.set(PROBE_KEY, "1", { px: PROBE_TTL_MS });
  if (reply !== "OK") throw new RedisUnavailable("Cannot use Redis as it takes no SET");
}
