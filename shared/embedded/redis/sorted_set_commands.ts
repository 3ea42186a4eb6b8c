import { at, integer, scoreBound, scoreText } from "./arguments.ts";
import type { Command, CommandTable } from "./command.ts";
import type { Keyspace } from "./keyspace.ts";
import { type Reply, ReplyError } from "./reply.ts";
import { type Scored, SortedSet } from "./sorted_set.ts";
import { zadd } from "./zadd.ts";
import { zrange } from "./zrange.ts";

/** @see https://redis.io/docs/latest/commands/?group=sorted-set */
export const SORTED_SET_COMMANDS: CommandTable = {
  ZADD: {
    min: 3,
    run: (keyspace, [key = "", ...words]) => edit(keyspace, key, (set) => zadd(set, words)),
  },
  ZINCRBY: {
    min: 3,
    max: 3,
    run: (keyspace, [key = "", by = "", member = ""]) =>
      edit(keyspace, key, (set) => zadd(set, ["INCR", by, member])),
  },
  ZREM: {
    min: 2,
    run: (keyspace, [key = "", ...members]) =>
      edit(keyspace, key, (set) => members.filter((member) => set.delete(member)).length),
  },
  ZCARD: { min: 1, max: 1, run: (keyspace, args) => keyspace.sorted(at(args, 0))?.size ?? 0 },
  ZSCORE: {
    min: 2,
    max: 2,
    run: (keyspace, args) => scoreReply(keyspace.sorted(at(args, 0)), at(args, 1)),
  },
  ZMSCORE: {
    min: 2,
    run(keyspace, [key = "", ...members]) {
      const set = keyspace.sorted(key);
      return members.map((member) => scoreReply(set, member));
    },
  },
  ZRANK: {
    min: 2,
    max: 2,
    run: (keyspace, args) => keyspace.sorted(at(args, 0))?.rank(at(args, 1)) ?? null,
  },
  ZREVRANK: {
    min: 2,
    max: 2,
    run(keyspace, args) {
      const set = keyspace.sorted(at(args, 0));
      const rank = set?.rank(at(args, 1));
      return set === undefined || rank === undefined ? null : set.size - 1 - rank;
    },
  },
  ZCOUNT: {
    min: 3,
    max: 3,
    run: (keyspace, [key = "", min = "", max = ""]) =>
      (keyspace.sorted(key) ?? new SortedSet()).byScore(scoreBound(min), scoreBound(max)).length,
  },
  ZRANGE: {
    min: 3,
    run: (keyspace, [key = "", ...words]) => zrange(keyspace.sorted(key) ?? new SortedSet(), words),
  },
  ZPOPMIN: pop((set, count) => set.byIndex(0, count - 1)),
  ZPOPMAX: pop((set, count) => set.byIndex(-count, -1).reverse()),
  ZREMRANGEBYRANK: removeRange((set, from, to) => set.byIndex(integer(from), integer(to))),
  ZREMRANGEBYSCORE: removeRange((set, from, to) => set.byScore(scoreBound(from), scoreBound(to))),
};

function edit<R>(keyspace: Keyspace, key: string, change: (set: SortedSet) => R): R {
  return keyspace.edit(key, { found: keyspace.sorted(key), create: () => new SortedSet() }, change);
}

function scoreReply(set: SortedSet | undefined, member: string): Reply {
  const value = set?.score(member);
  return value === undefined ? null : scoreText(value);
}

function pop(choose: (set: SortedSet, count: number) => Scored[]): Command {
  return {
    min: 1,
    max: 2,
    run(keyspace, [key = "", countText = "1"]) {
      const count = integer(countText);
      if (count < 0) throw new ReplyError("ERR value is out of range, must be positive");
      return edit(keyspace, key, (set) => {
        const popped = count === 0 ? [] : choose(set, count);
        for (const { member } of popped) set.delete(member);
        return popped.flatMap(({ member, score }) => [member, scoreText(score)]);
      });
    },
  };
}

function removeRange(choose: (set: SortedSet, from: string, to: string) => Scored[]): Command {
  return {
    min: 3,
    max: 3,
    run: (keyspace, [key = "", from = "", to = ""]) =>
      edit(keyspace, key, (set) => {
        const removed = choose(set, from, to);
        for (const { member } of removed) set.delete(member);
        return removed.length;
      }),
  };
}
