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
    pairsAfter: 0,
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
  onlyIf: "present" | "absent" | undefined;
  get: boolean;
  /** A time, or to keep the one that the key has. */
  expiresAtMs: number | "keep" | undefined;
}

function set(keyspace: Keyspace, [key = "", value = "", ...words]: readonly string[]): Reply {
  const options = setOptions(words, keyspace.now_ms());
  const before = options.get ? keyspace.string(key) ?? null : null;

  const present = keyspace.get(key) !== undefined;
  const refused = options.onlyIf !== undefined && present !== (options.onlyIf === "present");
  if (refused) return before;

  if (options.expiresAtMs === "keep") keyspace.replace(key, value);
  else {
    keyspace.set(key, value);
    keyspace.expire(key, options.expiresAtMs);
  }
  return options.get ? before : "OK";
}

function setOptions(words: readonly string[], nowMs: number): SetOptions {
  const options: SetOptions = { onlyIf: undefined, get: false, expiresAtMs: undefined };
  const rest = words.values();
  for (const word of rest) {
    const option = word.toUpperCase();
    if (option === "GET") options.get = true;
    else if (option === "NX" || option === "XX") {
      if (options.onlyIf !== undefined) throw syntaxError();
      options.onlyIf = option === "NX" ? "absent" : "present";
    } else {
      if (options.expiresAtMs !== undefined) throw syntaxError();
      options.expiresAtMs = option === "KEEPTTL"
        ? "keep"
        : expiry(option, rest.next().value, nowMs);
    }
  }
  return options;
}

function expiry(option: string, amount: string | undefined, nowMs: number): number {
  if (!/^P?X(AT)?$|^EX(AT)?$/.test(option) || amount === undefined) throw syntaxError();
  const value = integer(amount);
  if (value <= 0) throw new ReplyError("ERR invalid expire time in 'set' command");
  const valueMs = option.startsWith("P") ? value : value * 1000;
  return option.endsWith("AT") ? valueMs : nowMs + valueMs;
}
