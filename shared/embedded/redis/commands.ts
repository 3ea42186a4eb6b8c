import {
  ADD_MEMBER_FOR,
  ADD_SCORES_FOR,
  RANKS_IN,
  SET_EACH_NEW_FOR,
  SET_IF_VALUE,
} from "@evently/shared/redis/scripts";
import type { Keyspace } from "./keyspace.ts";
import { type Reply, ReplyError, syntaxError } from "./reply.ts";

/** One command of the engine. */
export interface Command {
  /** The fewest and the most arguments after its name; without `max`, any number from `min` on. */
  min: number;
  max?: number;
  /** Runs to its end without awaiting, which makes commands atomic. */
  run(keyspace: Keyspace, args: readonly string[]): Reply;
}

const SECOND_MS = 1_000;

/** The commands that the platform and its tests send, by upper-case name. */
const COMMANDS: Readonly<Record<string, Command>> = {
  GET: { min: 1, max: 1, run: (keyspace, [key = ""]) => keyspace.string(key) ?? null },
  MGET: {
    min: 1,
    run: (keyspace, keys) =>
      keys.map((key) => {
        const value = keyspace.get(key);
        return typeof value === "string" ? value : null;
      }),
  },
  SET: { min: 2, run: set },
  INCR: {
    min: 1,
    max: 1,
    run(keyspace, [key = ""]) {
      const count = integer(keyspace.string(key) ?? "0") + 1;
      keyspace.replace(key, String(count));
      return count;
    },
  },
  DEL: { min: 1, run: (keyspace, keys) => keys.filter((key) => keyspace.delete(key)).length },
  EXISTS: {
    min: 1,
    run: (keyspace, keys) => keys.filter((key) => keyspace.get(key) !== undefined).length,
  },
  EXPIRE: { min: 2, max: 2, run: (keyspace, args) => expire(keyspace, args, SECOND_MS) },
  PEXPIRE: { min: 2, max: 2, run: (keyspace, args) => expire(keyspace, args, 1) },
  PTTL: {
    min: 1,
    max: 1,
    run(keyspace, [key = ""]) {
      if (keyspace.get(key) === undefined) return -2;
      const expiresAtMs = keyspace.expiresAtMs(key);
      return expiresAtMs === undefined ? -1 : expiresAtMs - keyspace.nowMs();
    },
  },
  FLUSHALL: {
    min: 0,
    max: 0,
    run(keyspace) {
      keyspace.clear();
      return "OK";
    },
  },
  SADD: {
    min: 2,
    run(keyspace, [key = "", ...members]) {
      const stored = keyspace.members(key) ?? new Set();
      const before = stored.size;
      for (const member of members) stored.add(member);
      keyspace.replace(key, stored);
      return stored.size - before;
    },
  },
  SCARD: { min: 1, max: 1, run: (keyspace, [key = ""]) => keyspace.members(key)?.size ?? 0 },
  ZINCRBY: {
    min: 3,
    max: 3,
    run(keyspace, [key = "", by = "", member = ""]) {
      const scores = keyspace.scores(key) ?? new Map<string, number>();
      const score = (scores.get(member) ?? 0) + float(by);
      keyspace.replace(key, scores.set(member, score));
      return String(score);
    },
  },
  ZADD: { min: 3, run: zadd },
  ZREM: { min: 2, run: zrem },
  ZCARD: { min: 1, max: 1, run: (keyspace, [key = ""]) => keyspace.scores(key)?.size ?? 0 },
  ZRANK: { min: 2, max: 2, run: zrank },
  ZRANGE: { min: 3, run: zrange },
  EVAL: {
    min: 2,
    run(keyspace, [text = "", numberOfKeys = "", ...rest]) {
      const script = SCRIPTS.get(text);
      if (!script) throw new ReplyError("ERR this engine knows only the platform's own scripts");
      const split = integer(numberOfKeys);
      return script(keyspace, rest.slice(0, split), rest.slice(split));
    },
  },
};

type Script = (keyspace: Keyspace, keys: readonly string[], args: readonly string[]) => Reply;

/** The platform's scripts, by their text: this engine runs no Lua. */
const SCRIPTS: ReadonlyMap<string, Script> = new Map<string, Script>([
  [SET_EACH_NEW_FOR, (keyspace, keys, args) => {
    keys.forEach((key, i) => {
      const [value = "", ttlMs = ""] = args.slice(2 * i);
      call(keyspace, "SET", key, value, "NX", "PX", ttlMs);
    });
    return keys.length;
  }],
  [ADD_MEMBER_FOR, (keyspace, [key = ""], [member = "", ttlMs = ""]) => {
    call(keyspace, "SADD", key, member);
    call(keyspace, "PEXPIRE", key, ttlMs);
    return call(keyspace, "SCARD", key);
  }],
  [ADD_SCORES_FOR, (keyspace, [key = ""], [ttlMs = "", ...pairs]) => {
    call(keyspace, "ZADD", key, ...pairs);
    call(keyspace, "PEXPIRE", key, ttlMs);
    return call(keyspace, "ZCARD", key);
  }],
  [RANKS_IN, (keyspace, [marker = "", ...keys], [member = ""]) => {
    if (call(keyspace, "EXISTS", marker) === 0) return [];
    return keys.flatMap((key) => [
      call(keyspace, "ZRANK", key, member) ?? -1,
      call(keyspace, "ZCARD", key),
    ]);
  }],
  [SET_IF_VALUE, (keyspace, [guard = "", key = ""], [expected = "", value = "", ttlMs = ""]) => {
    if (call(keyspace, "GET", guard) !== expected) return 0;
    call(keyspace, "DEL", guard);
    call(keyspace, "SET", key, value, "PX", ttlMs);
    return 1;
  }],
]);

function call(keyspace: Keyspace, name: string, ...args: string[]): Reply {
  return findCommand(name, args).run(keyspace, args);
}

/** @throws {ReplyError} there is no such command, or it takes another number of arguments */
export function findCommand(name: string, args: readonly string[]): Command {
  const key = name.toUpperCase();
  const command = Object.hasOwn(COMMANDS, key) ? COMMANDS[key] : undefined;
  if (!command) throw new ReplyError(`ERR unknown command '${name}'`);
  const { min, max = Infinity } = command;
  if (args.length >= min && args.length <= max) return command;
  throw new ReplyError(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);
}

/** `SET key value [NX] [PX milliseconds]`. */
function set(keyspace: Keyspace, [key = "", value = "", ...options]: readonly string[]): Reply {
  let onlyIfAbsent = false;
  let ttlMs: number | undefined;
  const rest = options.values();
  for (const option of rest) {
    if (option.toUpperCase() === "NX" && !onlyIfAbsent) onlyIfAbsent = true;
    else if (option.toUpperCase() === "PX" && ttlMs === undefined) ttlMs = ttl(rest.next().value);
    else throw syntaxError();
  }
  if (onlyIfAbsent && keyspace.get(key) !== undefined) return null;
  keyspace.set(key, value);
  if (ttlMs !== undefined) keyspace.expire(key, keyspace.nowMs() + ttlMs);
  return "OK";
}

function ttl(text: string | undefined): number {
  if (text === undefined) throw syntaxError();
  const ms = integer(text);
  if (ms <= 0) throw new ReplyError("ERR invalid expire time in 'set' command");
  return ms;
}

function expire(
  keyspace: Keyspace,
  [key = "", amount = ""]: readonly string[],
  unitMs: number,
): number {
  const atMs = keyspace.nowMs() + integer(amount) * unitMs;
  if (keyspace.get(key) === undefined) return 0;
  keyspace.expire(key, atMs);
  return 1;
}

/** `ZADD key score member [score member]…`: returns how many members are new. */
function zadd(keyspace: Keyspace, [key = "", ...pairs]: readonly string[]): Reply {
  if (pairs.length % 2 !== 0) throw syntaxError();
  const added = pairs.flatMap((text, i) =>
    i % 2 === 0 ? [{ score: float(text), member: pairs[i + 1] ?? "" }] : []
  );
  const scores = keyspace.scores(key) ?? new Map<string, number>();
  const before = scores.size;
  for (const { score, member } of added) scores.set(member, score);
  keyspace.replace(key, scores);
  return scores.size - before;
}

/** A set without members does not exist. */
function zrem(keyspace: Keyspace, [key = "", ...members]: readonly string[]): Reply {
  const scores = keyspace.scores(key);
  if (!scores) return 0;
  const removed = members.filter((member) => scores.delete(member)).length;
  if (scores.size === 0) keyspace.delete(key);
  return removed;
}

/** Counts the members before one: this engine keeps no order, which is enough for one process. */
function zrank(keyspace: Keyspace, [key = "", member = ""]: readonly string[]): Reply {
  const scores = keyspace.scores(key);
  const score = scores?.get(member);
  if (!scores || score === undefined) return null;
  let rank = 0;
  for (const other of scores) if (byScore(other, [member, score]) < 0) rank++;
  return rank;
}

/** `ZRANGE key start stop [REV] [WITHSCORES]`: places from 0, negative ones from the end. */
function zrange(
  keyspace: Keyspace,
  [key = "", start = "", stop = "", ...words]: readonly string[],
): Reply {
  const options = words.map((word) => word.toUpperCase());
  if (options.some((option) => option !== "REV" && option !== "WITHSCORES")) throw syntaxError();
  const ordered = [...keyspace.scores(key) ?? []].sort(byScore);
  if (options.includes("REV")) ordered.reverse();
  const [from, to] = [integer(start), integer(stop)].map((place) =>
    place < 0 ? place + ordered.length : place
  ) as [number, number];
  const chosen = ordered.slice(Math.max(from, 0), Math.max(to + 1, 0));
  return chosen.flatMap(([member, score]) =>
    options.includes("WITHSCORES") ? [member, String(score)] : [member]
  );
}

function byScore([one, a]: [string, number], [other, b]: [string, number]): number {
  return a - b || (one === other ? 0 : one < other ? -1 : 1);
}

/** A whole number. Redis allows 64 bits, this engine the 53 of a JavaScript number. */
function integer(text: string): number {
  const value = Number(text);
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new ReplyError("ERR value is not an integer or out of range");
}

function float(text: string): number {
  const value = Number(text);
  if (text.trim() === text && text !== "" && Number.isFinite(value)) return value;
  throw new ReplyError("ERR value is not a valid float");
}
