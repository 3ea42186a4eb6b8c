import { errors } from "@upstash/redis";

/** Redis did not answer: it is gone, too slow, or refuses to serve at all. */
export class RedisUnavailable extends Error {
  override readonly name = "RedisUnavailable";
}

/** Redis answered that the command cannot be done: the caller's mistake, Redis itself is well. */
export const RedisRefusal = errors.UpstashError;

/** Error texts of Redis that concern the one command; an exhausted quota concerns them all. */
const REFUSAL = /^(?:WRONGTYPE|EXECABORT|NOSCRIPT|ERR (?!max ))/;

/** From here on an error text holds the command and its values: the client's way, and the server's. */
const COMMAND_IN_TEXT = /, (?:command was|with args beginning with):[^]*/;

/** An error text without the values that the command carried, which belong in no log. */
export function redact(text: string): string {
  return text.replace(COMMAND_IN_TEXT, "");
}

/** Turns what a transport threw into one of the two errors above, without the command and its values. */
export function toRedisError(error: unknown): Error {
  // An unreadable answer is quoted in its error, and may hold stored values.
  if (error instanceof errors.UpstashJSONParseError) {
    return new RedisUnavailable("Cannot read the answer of Redis as it is not JSON");
  }
  const text = redact(error instanceof Error ? error.message : String(error));
  return isRefusal(text) ? new RedisRefusal(text) : new RedisUnavailable(text);
}

/** Whether an error text concerns the one command only. */
export function isRefusal(text: string): boolean {
  return REFUSAL.test(text);
}
