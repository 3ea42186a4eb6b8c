import { errors } from "@upstash/redis";

/** Redis did not answer: it is unreachable, too slow, or refuses to serve. */
export class RedisUnavailable extends Error {
  override readonly name: string = "RedisUnavailable";
}

/** Redis answers but serves no client: it is full, read-only, loading, protected, or has another password. */
export class RedisRefusing extends RedisUnavailable {
  override readonly name = "RedisRefusing";
}

/** Redis refused the command: a mistake of the caller; Redis itself is healthy. */
export const RedisRefusal = errors.UpstashError;

/** Error texts of Redis that concern the one command; an exhausted quota concerns them all. */
const REFUSAL = /^(?:WRONGTYPE|NOSCRIPT|ERR (?!max ))/;

/** How a server's own error texts begin: `OOM command not allowed …`, `DENIED Redis is running in protected mode …`. */
const SERVER_ERROR = /^[A-Z]{3,} /;

/** The server is not, or not yet, the one that takes writes: another may be reached by a new connection. */
const WRONG_SERVER = /^(?:READONLY|LOADING|MASTERDOWN) /;

/** From here on an error text holds the command and its values: the client's way, and the server's. */
const COMMAND_IN_TEXT = /, (?:command was|with args beginning with):[^]*/;

/** An error text without the values that the command carried, which belong in no log. */
export function redact(text: string): string {
  return text.replace(COMMAND_IN_TEXT, "");
}

/** Converts an error of a transport into one of the errors above, without the command and its values. */
export function toRedisError(error: unknown): Error {
  // An unreadable answer is quoted in its error, and may hold stored values.
  if (error instanceof errors.UpstashJSONParseError) {
    return new RedisUnavailable("Cannot read the answer of Redis as it is not JSON");
  }
  const text = redact(error instanceof Error ? error.message : String(error));
  if (isRefusal(text)) return new RedisRefusal(text);
  return SERVER_ERROR.test(text) ? new RedisRefusing(text) : new RedisUnavailable(text);
}

/** Whether an error text concerns the one command only. */
export function isRefusal(text: string): boolean {
  return REFUSAL.test(text);
}

/** Whether an error text asks for a new connection. */
export function isOfWrongServer(text: string): boolean {
  return WRONG_SERVER.test(text);
}
