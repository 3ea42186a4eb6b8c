/** The fields of a hash, from the reply to `hgetall`; without any when there is no such key. */
export function hashOf(reply: unknown): Record<string, string> {
  return Object.fromEntries(pairsOf(reply));
}

/** Members and their scores, from the reply to `zrange` with scores, or to `zpopmin`. */
export function scoredOf(reply: unknown): { member: string; score: number }[] {
  return pairsOf(reply).map(([member, score]) => ({ member, score: scoreOf(score) }));
}

/** A score, from the reply to `zscore`; `undefined` when there is no such member. */
export function scoreOf(reply: string | number): number;
export function scoreOf(reply: string | number | null): number | undefined;
export function scoreOf(reply: string | number | null): number | undefined {
  if (reply === null) return undefined;
  return reply === "inf" ? Infinity : reply === "-inf" ? -Infinity : Number(reply);
}

/** The pairs of the flat list `[a, 1, b, 2]`. */
function pairsOf(reply: unknown): [string, string][] {
  if (!Array.isArray(reply) || reply.length % 2 !== 0) {
    throw new TypeError("Cannot read a reply of Redis as it must be a list of pairs");
  }
  const pairs: [string, string][] = [];
  for (let i = 0; i < reply.length; i += 2) pairs.push([String(reply[i]), String(reply[i + 1])]);
  return pairs;
}
