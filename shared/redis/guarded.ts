import type { Redis } from "@upstash/redis";
import { within } from "../within.ts";
import { RedisUnavailable } from "./errors.ts";

/** How long one attempt may take, with all the commands that it sends. */
const ATTEMPT_TIMEOUT_MS = 500;
/** How long Redis is left alone after it did not answer. */
const REST_MS = 1_000;

/** What a {@link GuardedRedis} needs of a logger. */
export interface GuardLog {
  warn(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
}

/** For tests; everything else takes the defaults. */
export interface GuardOptions {
  timeout_ms?: number;
  /** A clock that is never set back, or Redis would be left alone for as long as it was. */
  monotonic_ms?: () => number;
}

/**
 * Redis as a help that may be missing: what fails answers `undefined`, soon, and throws nothing.
 *
 * When Redis does not answer it is left alone for a second, in which every attempt answers at once;
 * then a single attempt tries it, and the others follow when that one succeeds.
 */
export class GuardedRedis {
  readonly #redis: Redis;
  readonly #log: GuardLog;
  readonly #timeout_ms: number;
  readonly #monotonic_ms: () => number;
  #available = true;
  #retry_at_ms = 0;

  constructor(redis: Redis, log: GuardLog, options: GuardOptions = {}) {
    this.#redis = redis;
    this.#log = log;
    this.#timeout_ms = options.timeout_ms ?? ATTEMPT_TIMEOUT_MS;
    this.#monotonic_ms = options.monotonic_ms ?? (() => performance.now());
  }

  /** Whether Redis answered when it was last asked. */
  get available(): boolean {
    return this.#available;
  }

  /**
   * Runs commands, at most once.
   *
   * @param what what they are for, for the log: "cache the availability"
   * @returns their answer, or `undefined` when there is none. They may have been done all the same:
   *   an attempt that ran out of time is not called back.
   */
  async attempt<T>(what: string, run: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    if (!this.#available && !this.#mayTryAgain()) return undefined;
    try {
      const result = await this.#within(run);
      this.#answered();
      return result;
    } catch (error) {
      if (error instanceof RedisUnavailable) this.#unanswered(what, error);
      else this.#log.warn(`Cannot ${what}`, { error });
      return undefined;
    }
  }

  /** Lets one attempt through, and the next one only when that has had its time. */
  #mayTryAgain(): boolean {
    const now_ms = this.#monotonic_ms();
    if (now_ms < this.#retry_at_ms) return false;
    this.#retry_at_ms = now_ms + REST_MS;
    return true;
  }

  #within<T>(run: (redis: Redis) => Promise<T>): Promise<T> {
    return within(this.#timeout_ms, run(this.#redis), () => {
      throw new RedisUnavailable(`Redis did not answer within ${this.#timeout_ms} ms`);
    });
  }

  #answered(): void {
    if (this.#available) return;
    this.#available = true;
    this.#log.info("Redis answers again");
  }

  #unanswered(what: string, error: RedisUnavailable): void {
    if (!this.#available) return;
    this.#available = false;
    this.#retry_at_ms = this.#monotonic_ms() + REST_MS;
    this.#log.warn("Redis does not answer; going on without it", { what, error: error.message });
  }
}
