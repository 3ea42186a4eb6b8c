/**
 * Redis: one client class, `Redis` of `@upstash/redis`, whatever carries its commands.
 *
 * Nothing here is the truth: what Redis holds can be lost at any moment and made again from Postgres.
 * So verbs use it through {@link GuardedRedis}, and treat `undefined` as "unknown".
 *
 * WARNING: replies are as Redis sends them, and no number is made of a string, whatever the types of
 * the client say: `hgetall` answers a flat list, scores are strings. See `replies.ts`.
 */
export { openRedis, type RedisConnection, type RedisOptions } from "./open.ts";
export { RedisRefusal, RedisRefusing, RedisUnavailable } from "./errors.ts";
export { GuardedRedis, type GuardLog } from "./guarded.ts";
export {
  ADD_MEMBER_FOR,
  addMemberFor,
  SET_EACH_NEW_FOR,
  setEachNewFor,
  type ShortLived,
} from "./scripts.ts";
export { hashOf, scoredOf, scoreOf } from "./replies.ts";
export type { Redis } from "@upstash/redis";
