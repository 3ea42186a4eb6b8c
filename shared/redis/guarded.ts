import type { Redis } from "@upstash/redis";
import { within } from "../within.ts";
import { countRedisFailure, observeRedis } from "../metrics.ts";
import { RedisRefusing, RedisUnavailable } from "./errors.ts";
import { probe } from "./probe.ts";

/** How long one attempt may take, with all the commands that it sends. */
const ATTEMPT_TIMEOUT_MS = 500;
/** How long Redis is left alone after it did not answer. */
const REST_MS = 1_000;
/** How often the log is told that Redis is still unusable. */
const REMIND_AFTER_MS = 60_000;

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

/** Redis is unusable. */
interface Trouble {
  /** Whether it answers, and refuses to serve. */
  refusing: boolean;
  since_ms: number;
  /** When the log was last told. */
  told_at_ms: number;
}

/**
 * Redis as a help that may be missing: what fails answers `undefined`, soon, and throws nothing.
 *
 * When Redis does not answer it is left alone for a second, in which every attempt answers at once;
 * then a single attempt tries it, and the others follow when that one succeeds. After it refused to serve a
 * write comes first, as a full or read-only server goes on to answer reads.
 */
export class GuardedRedis {
  readonly #redis: Redis;
  readonly #log: GuardLog;
  readonly #timeout_ms: number;
  readonly #monotonic_ms: () => number;
  #trouble: Trouble | undefined;
  #retry_at_ms = 0;

  constructor(redis: Redis, log: GuardLog, options: GuardOptions = {}) {
    this.#redis = redis;
    this.#log = log;
    this.#timeout_ms = options.timeout_ms ?? ATTEMPT_TIMEOUT_MS;
    this.#monotonic_ms = options.monotonic_ms ?? (() => performance.now());
    observeRedis(this);
  }

  /** Whether Redis answered when it was last asked. */
  get available(): boolean {
    return this.#trouble === undefined;
  }

  /**
   * Runs commands, at most once.
   *
   * @param what what they are for, for the log: "cache the availability"
   * @returns their answer, or `undefined` when there is none. They may have been done all the same:
   *   an attempt that ran out of time is not called back.
   */
  async attempt<T>(what: string, run: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    if (this.#trouble && !this.#mayTryAgain()) return undefined;
    try {
      if (this.#trouble?.refusing) await this.#within(probe);
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
    if (!this.#trouble) return;
    this.#trouble = undefined;
    this.#log.info("Redis answers again");
  }

  #unanswered(what: string, error: RedisUnavailable): void {
    countRedisFailure();
    const now_ms = this.#monotonic_ms();
    const refusing = error instanceof RedisRefusing;
    if (!this.#trouble) this.#retry_at_ms = now_ms + REST_MS;
    const trouble = this.#trouble ??= { refusing, since_ms: now_ms, told_at_ms: -Infinity };
    const changed = trouble.refusing !== refusing;
    trouble.refusing = refusing;
    if (!changed && now_ms - trouble.told_at_ms < REMIND_AFTER_MS) return;
    trouble.told_at_ms = now_ms;
    const message = refusing ? "Redis refuses to serve" : "Redis does not answer";
    this.#log.warn(`${message}; going on without it`, {
      what,
      error: error.message,
      for_s: Math.round((now_ms - trouble.since_ms) / 1000),
    });
  }
}
