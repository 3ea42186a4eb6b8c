/**
 * Scripts that do the work of several commands: one costs this process a third of their time, and a Redis that counts
 * commands counts one. The in-process engine runs no Lua; it knows these scripts by their text
 * (`shared/embedded/redis/commands.ts`).
 */
import type { Redis } from "@upstash/redis";

/** Sets each key that does not exist. Two arguments for each key: its value and its time to live in milliseconds. */
export const SET_EACH_NEW_FOR = `
for i, key in ipairs(KEYS) do
  redis.call('SET', key, ARGV[2 * i - 1], 'NX', 'PX', ARGV[2 * i])
end
return #KEYS`;

/** Adds a member to a set and returns the set's size. Arguments: the member, the set's time to live in milliseconds. */
export const ADD_MEMBER_FOR = `
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('SCARD', KEYS[1])`;

/**
 * Adds members to a sorted set and returns its size. Arguments: the set's time to live in milliseconds, then pairs of a
 * score and a member.
 */
export const ADD_SCORES_FOR = `
redis.call('ZADD', KEYS[1], unpack(ARGV, 2))
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return redis.call('ZCARD', KEYS[1])`;

/**
 * Returns the rank of a member in each sorted set (-1 if it is not there) and the set's size, as a flat list; an empty
 * list if the first key does not exist. The other keys are the sets.
 */
export const RANKS_IN = `
local found = {}
if redis.call('EXISTS', KEYS[1]) == 0 then return found end
for i = 2, #KEYS do
  found[#found + 1] = redis.call('ZRANK', KEYS[i], ARGV[1]) or -1
  found[#found + 1] = redis.call('ZCARD', KEYS[i])
end
return found`;

/**
 * Sets the second key and deletes the first one, if that has the expected value; returns whether it had. Arguments: the
 * expected value, the value to set, its time to live in milliseconds.
 */
export const SET_IF_VALUE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
return 1`;

/** The most members that one script adds: Lua unpacks a list of a few thousand. */
export const MAX_SCORES = 1_000;

/** A string to set for some time. */
export interface ShortLived {
  key: string;
  value: string;
  /** At least 1. */
  ttlMs: number;
}

/** Sets each key that does not exist, as `SET key value NX PX ttl` does. */
export async function setEachNewFor(redis: Redis, entries: readonly ShortLived[]): Promise<void> {
  await redis.eval(
    SET_EACH_NEW_FOR,
    entries.map(({ key }) => key),
    entries.flatMap(({ value, ttlMs }) => [value, String(ttlMs)]),
  );
}

/** Adds a member to a set that expires after `ttlMs`; returns the number of its members. */
export async function addMemberFor(
  redis: Redis,
  { key, member, ttlMs }: { key: string; member: string; ttlMs: number },
): Promise<number> {
  return Number(await redis.eval(ADD_MEMBER_FOR, [key], [member, String(ttlMs)]));
}

/** A member of a sorted set. */
export interface Scored {
  member: string;
  score: number;
}

/** Adds at most {@link MAX_SCORES} members to a sorted set that expires after `ttlMs`; returns its size. */
export async function addScoresFor(
  redis: Redis,
  { key, members, ttlMs }: { key: string; members: readonly Scored[]; ttlMs: number },
): Promise<number> {
  const pairs = members.flatMap(({ member, score }) => [String(score), member]);
  return Number(await redis.eval(ADD_SCORES_FOR, [key], [String(ttlMs), ...pairs]));
}

/** The place of a member in a sorted set; `undefined` if it is not there. */
export interface Rank {
  /** From 0. */
  rank: number | undefined;
  size: number;
}

/** Returns the rank of a member in each of these sorted sets; `undefined` if the key `marker` does not exist. */
export async function ranksIn(
  redis: Redis,
  { marker, keys, member }: { marker: string; keys: readonly string[]; member: string },
): Promise<Rank[] | undefined> {
  const found = await redis.eval<string[], number[]>(RANKS_IN, [marker, ...keys], [member]);
  if (found.length === 0) return undefined;
  return keys.map((_, i) => {
    const rank = Number(found[2 * i]);
    return { rank: rank < 0 ? undefined : rank, size: Number(found[2 * i + 1]) };
  });
}

/** Sets `key` for `ttlMs` and deletes `guard`, if that has the value `expected`. Returns whether it had. */
export async function setIfValue(
  redis: Redis,
  { guard, expected, key, value, ttlMs }: {
    guard: string;
    expected: string;
    key: string;
    value: string;
    ttlMs: number;
  },
): Promise<boolean> {
  const done = await redis.eval(SET_IF_VALUE, [guard, key], [expected, value, String(ttlMs)]);
  return Number(done) === 1;
}
