/** Reads members and their scores from the reply to `zrange` with scores: the flat list `[member, score, …]`. */
export function scoredOf(reply: unknown): { member: string; score: number }[] {
  if (!Array.isArray(reply) || reply.length % 2 !== 0) {
    throw new TypeError("Cannot read a reply of Redis as it must be a list of pairs");
  }
  return Array.from({ length: reply.length / 2 }, (_, i) => ({
    member: String(reply[2 * i]),
    score: Number(reply[2 * i + 1]),
  }));
}
