import { pairs, score, scoreText } from "./arguments.ts";
import { type Reply, ReplyError, syntaxError } from "./reply.ts";
import type { SortedSet } from "./sorted_set.ts";

const OPTIONS = new Set(["NX", "XX", "GT", "LT", "CH", "INCR"]);

/** ZADD: `words` are its options and then pairs of score and member. */
export function zadd(set: SortedSet, words: readonly string[]): Reply {
  const { options, entries } = parse(words);
  let added = 0;
  let changed = 0;
  let last: string | null = null;
  for (const [amount, member] of entries) {
    const before = set.score(member);
    const after = options.has("INCR") ? (before ?? 0) + amount : amount;
    last = allows(options, before, after) ? scoreText(after) : null;
    if (last === null || before === after) continue;
    if (Number.isNaN(after)) throw new ReplyError("ERR resulting score is not a number (NaN)");
    set.set(member, after);
    changed++;
    if (before === undefined) added++;
  }
  if (options.has("INCR")) return last;
  return options.has("CH") ? changed : added;
}

function parse(words: readonly string[]) {
  const options = new Set<string>();
  let i = 0;
  for (; OPTIONS.has(words[i]?.toUpperCase() ?? ""); i++) options.add(words[i]!.toUpperCase());
  const rest = words.slice(i);
  if (rest.length === 0 || rest.length % 2 !== 0) throw syntaxError();
  if (options.has("NX") && options.has("XX")) {
    throw new ReplyError("ERR XX and NX options at the same time are not compatible");
  }
  if (["NX", "GT", "LT"].filter((option) => options.has(option)).length > 1) {
    throw new ReplyError("ERR GT, LT, and/or NX options at the same time are not compatible");
  }
  if (options.has("INCR") && rest.length > 2) {
    throw new ReplyError("ERR INCR option supports a single increment-element pair");
  }
  const entries = pairs(rest).map(([text, member]) => [score(text), member] as const);
  return { options, entries };
}

function allows(options: Set<string>, before: number | undefined, after: number): boolean {
  if (before === undefined) return !options.has("XX");
  if (options.has("NX")) return false;
  return !(options.has("GT") && after <= before) && !(options.has("LT") && after >= before);
}
