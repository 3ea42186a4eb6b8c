import { Redis, type Requester, type UpstashRequest, type UpstashResponse } from "@upstash/redis";
import { isRefusal, redact, RedisUnavailable, toRedisError } from "./errors.ts";

/** Values are returned as strings and never parsed: `"42"` is not a number. */
export const CLIENT_OPTIONS = { automaticDeserialization: false, enableTelemetry: false } as const;

/** The client class over any requester; its own constructor would drop the options. */
export function clientOver(requester: Requester): Redis {
  return new RequesterRedis(requester);
}

class RequesterRedis extends Redis {
  constructor(requester: Requester) {
    super(requester);
    this.opts = CLIENT_OPTIONS;
    this.enableTelemetry = CLIENT_OPTIONS.enableTelemetry;
    // As the client itself does for a URL: the commands of one tick are sent together.
    return this.autoPipeline() as this;
  }
}

/**
 * Makes every request of `redis` end in an answer, a `RedisUnavailable` or a `RedisRefusal`, none of
 * which quotes the command; and in `RedisUnavailable` once `isClosed`.
 */
export function cleanErrors(redis: Redis, { isClosed }: { isClosed: () => boolean }): void {
  redis.use(async function clean<T>(
    request: UpstashRequest,
    next: <U>(request: UpstashRequest) => Promise<UpstashResponse<U>>,
  ): Promise<UpstashResponse<T>> {
    if (isClosed()) throw new RedisUnavailable("Cannot send a command as Redis was closed");
    try {
      return cleanAnswer(await next<T>(request));
    } catch (error) {
      throw toRedisError(error);
    }
  });
}

/** The answer to a batch is a list, whatever the client's types say. */
function cleanAnswer<T>(answer: UpstashResponse<T>): UpstashResponse<T>;
function cleanAnswer(answer: UpstashResponse<unknown> | UpstashResponse<unknown>[]) {
  return Array.isArray(answer) ? answer.map(cleanOne) : cleanOne(answer);
}

function cleanOne(answer: UpstashResponse<unknown>): UpstashResponse<unknown> {
  if (answer.error === undefined) return answer;
  if (!isRefusal(answer.error)) throw toRedisError(new Error(answer.error));
  return { error: redact(answer.error) };
}
