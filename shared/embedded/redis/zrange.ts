import { at, integer, scoreBound, scoreText } from "./arguments.ts";
import { type Reply, ReplyError, syntaxError } from "./reply.ts";
import type { Scored, SortedSet } from "./sorted_set.ts";

interface RangeOptions {
  by_score: boolean;
  reversed: boolean;
  with_scores: boolean;
  limit: { offset: number; count: number } | undefined;
}

/** ZRANGE by place or by score; `words` are its two bounds and then its options. */
export function zrange(set: SortedSet, words: readonly string[]): Reply {
  const options = rangeOptions(words.slice(2));
  const chosen = choose(set, at(words, 0), at(words, 1), options);
  return chosen.flatMap(({ member, score }) =>
    options.with_scores ? [member, scoreText(score)] : [member]
  );
}

function choose(set: SortedSet, start: string, stop: string, options: RangeOptions): Scored[] {
  if (!options.by_score) {
    const [from, to] = [integer(start), integer(stop)];
    // Places count from the highest score when reversed: the same ones, seen from the other end.
    return options.reversed ? set.byIndex(-1 - to, -1 - from).reverse() : set.byIndex(from, to);
  }
  const [low, high] = options.reversed ? [stop, start] : [start, stop];
  const chosen = set.byScore(scoreBound(low), scoreBound(high));
  if (options.reversed) chosen.reverse();
  const { offset, count } = options.limit ?? { offset: 0, count: -1 };
  if (offset < 0) return [];
  return chosen.slice(offset, count < 0 ? undefined : offset + count);
}

function rangeOptions(words: readonly string[]): RangeOptions {
  const options: RangeOptions = {
    by_score: false,
    reversed: false,
    with_scores: false,
    limit: undefined,
  };
  const rest = words.values();
  for (const word of rest) {
    switch (word.toUpperCase()) {
      case "BYSCORE":
        options.by_score = true;
        break;
      case "REV":
        options.reversed = true;
        break;
      case "WITHSCORES":
        options.with_scores = true;
        break;
      case "LIMIT":
        options.limit = {
          offset: integer(rest.next().value ?? ""),
          count: integer(rest.next().value ?? ""),
        };
        break;
      default:
        throw syntaxError();
    }
  }
  if (options.limit && !options.by_score) {
    throw new ReplyError(
      "ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX",
    );
  }
  return options;
}
