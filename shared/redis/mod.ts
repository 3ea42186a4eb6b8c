/**
 * Redis: one client class, `Redis` of `@upstash/redis`, over any transport. Redis can lose its data at any moment; it
 * is rebuilt from PostgreSQL. So verbs use it through {@link GuardedRedis} and treat `undefined` as unknown.
 *
 * WARNING: replies are as Redis sends them and strings are not parsed, whatever the types of the client say: scores
 * are strings in a flat list. See `replies.ts`.
 */
export { openRedis, type RedisConnection, type RedisOptions } from "./open.ts";
export { redisAt } from "./cluster_url.ts";
export { RedisRefusal, RedisRefusing, RedisUnavailable } from "./errors.ts";
export { GuardedRedis, type GuardLog } from "./guarded.ts";
export {
  addMemberFor,
  addScoresFor,
  MAX_SCORES,
  type Rank,
  ranksIn,
  type Scored,
  setEachNewFor,
  setIfValue,
  type ShortLived,
} from "./scripts.ts";
export { scoredOf } from "./replies.ts";
export type { Redis } from "@upstash/redis";
