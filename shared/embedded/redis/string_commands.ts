import { at, integer, pairs, sum } from "./arguments.ts";
import type { CommandTable } from "./command.ts";
import type { Keyspace } from "./keyspace.ts";
import { type Reply, ReplyError, syntaxError } from "./reply.ts";

/** @see https://redis.io/docs/latest/commands/?group=string */
export const STRING_COMMANDS: CommandTable = {
  GET: { min: 1, max: 1, run: (keyspace, args) => keyspace.string(at(args, 0)) ?? null },
  SET: { min: 2, run: set },
  GETDEL: {
    min: 1,
    max: 1,
    run(keyspace, args) {
      const value = keyspace.string(at(args, 0));
      keyspace.delete(at(args, 0));
      return value ?? null;
    },
  },
  MGET: {
    min: 1,
    run: (keyspace, keys) =>
      keys.map((key) => {
        const value = keyspace.get(key);
        return typeof value === "string" ? value : null;
      }),
  },
  MSET: {
    min: 2,
    pairs_after: 0,
    run(keyspace, args) {
      for (const [key, value] of pairs(args)) keyspace.set(key, value);
      return "OK";
    },
  },
  INCR: { min: 1, max: 1, run: (keyspace, args) => add(keyspace, at(args, 0), 1) },
  DECR: { min: 1, max: 1, run: (keyspace, args) => add(keyspace, at(args, 0), -1) },
  INCRBY: {
    min: 2,
    max: 2,
    run: (keyspace, args) => add(keyspace, at(args, 0), integer(at(args, 1))),
  },
  DECRBY: {
    min: 2,
    max: 2,
    run: (keyspace, args) => add(keyspace, at(args, 0), -integer(at(args, 1))),
  },
};

function add(keyspace: Keyspace, key: string, by: number): number {
  const after = sum(integer(keyspace.string(key) ?? "0"), by);
  keyspace.replace(key, String(after));
  return after;
}

interface SetOptions {
  only_if: "present" | "absent" | undefined;
  get: boolean;
  /** A time, or to keep the one that the key has. */
  expires_at_ms: number | "keep" | undefined;
}

function set(keyspace: Keyspace, [key = "", value = "", ...words]: readonly string[]): Reply {
  const options = setOptions(words, keyspace.now_ms());
  const before = options.get ? keyspace.string(key) ?? null : null;

  const present = keyspace.get(key) !== undefined;
  const refused = options.only_if !== undefined && present !== (options.only_if === "present");
  if (refused) return before;

  if (options.expires_at_ms === "keep") keyspace.replace(key, value);
  else {
    keyspace.set(key, value);
    keyspace.expire(key, options.expires_at_ms);
  }
  return options.get ? before : "OK";
}

function setOptions(words: readonly string[], now_ms: number): SetOptions {
  const options: SetOptions = { only_if: undefined, get: false, expires_at_ms: undefined };
  const rest = words.values();
  for (const word of rest) {
    const option = word.toUpperCase();
    if (option === "GET") options.get = true;
    else if (option === "NX" || option === "XX") {
      if (options.only_if !== undefined) throw syntaxError();
      options.only_if = option === "NX" ? "absent" : "present";
    } else {
      if (options.expires_at_ms !== undefined) throw syntaxError();
      options.expires_at_ms = option === "KEEPTTL"
        ? "keep"
        : expiry(option, rest.next().value, now_ms);
    }
  }
  return options;
}

function expiry(option: string, amount: string | undefined, now_ms: number): number {
  if (!/^P?X(AT)?$|^EX(AT)?$/.test(option) || amount === undefined) throw syntaxError();
  const value = integer(amount);
  if (value <= 0) throw new ReplyError("ERR invalid expire time in 'set' command");
  const value_ms = option.startsWith("P") ? value : value * 1000;
  return option.endsWith("AT") ? value_ms : now_ms + value_ms;
}
