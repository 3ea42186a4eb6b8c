import type { Redis } from "@upstash/redis";
import { within } from "../within.ts";
import { REDIS_DURATION, REDIS_FAILURES, REDIS_USABLE } from "../metrics/mod.ts";
import { inChildSpan, isTracing } from "../tracing/mod.ts";
import { RedisRefusing, RedisUnavailable } from "./errors.ts";
import { probe } from "./probe.ts";

/** How long one attempt may take, with all the commands that it sends. */
const ATTEMPT_TIMEOUT_MS = 500;
/** How long attempts fail at once after Redis did not answer. */
const REST_MS = 1_000;
/** How often an unusable Redis is logged again. */
const REMIND_AFTER_MS = 60_000;

const REDIS_ATTRIBUTES = { "db.system.name": "redis" };

/** The logger methods that a {@link GuardedRedis} needs. */
export interface GuardLog {
  warn(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
}

/** For tests; everything else takes the defaults. */
export interface GuardOptions {
  timeoutMs?: number;
  /** A clock that is never set back, or Redis would be left alone for as long as it was. */
  monotonicMs?: () => number;
}

/** Redis is unusable. */
interface Trouble {
  /** Whether it answers, and refuses to serve. */
  refusing: boolean;
  sinceMs: number;
  /** When the log was last told. */
  toldAtMs: number;
}

/**
 * Redis as an optional store: a failed attempt returns `undefined` quickly and throws nothing.
 *
 * When Redis does not answer, attempts fail at once for a second. Then a single attempt probes it, and the others follow
 * if it succeeds. After a refusal the probe is a write, because a full or read-only server still answers reads.
 */
export class GuardedRedis {
  readonly #redis: Redis;
  readonly #log: GuardLog;
  readonly #timeoutMs: number;
  readonly #monotonicMs: () => number;
  #trouble: Trouble | undefined;
  #retryAtMs = 0;

  constructor(redis: Redis, log: GuardLog, options: GuardOptions = {}) {
    this.#redis = redis;
    this.#log = log;
    this.#timeoutMs = options.timeoutMs ?? ATTEMPT_TIMEOUT_MS;
    this.#monotonicMs = options.monotonicMs ?? (() => performance.now());
    REDIS_USABLE.observe(() => this.available ? 1 : 0);
    REDIS_FAILURES.series({});
  }

  /** Whether Redis answered when it was last asked. */
  get available(): boolean {
    return this.#trouble === undefined;
  }

  /**
   * Runs commands, at most once.
   *
   * @param what purpose of the commands, for log and trace: "cache the availability"; never a value
   * @returns their answer, or `undefined` when there is none. They may have been done all the same:
   *   an attempt that ran out of time is not called back.
   */
  attempt<T>(what: string, run: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    if (this.#trouble && !this.#mayTryAgain()) return Promise.resolve(undefined);
    if (!isTracing) return this.#tried(what, run);
    const options = { kind: "client", attributes: REDIS_ATTRIBUTES } as const;
    return inChildSpan(`redis: ${what}`, options, () => this.#tried(what, run));
  }

  async #tried<T>(what: string, run: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    const beganMs = this.#monotonicMs();
    try {
      if (this.#trouble?.refusing) await this.#within(probe);
      const result = await this.#within(run);
      this.#answered();
      return result;
    } catch (error) {
      if (error instanceof RedisUnavailable) this.#unanswered(what, error);
      else this.#log.warn(`Cannot ${what}`, { error });
      return undefined;
    } finally {
      REDIS_DURATION.record((this.#monotonicMs() - beganMs) / 1_000);
    }
  }

  /** Lets one attempt through, and the next one only when that has had its time. */
  #mayTryAgain(): boolean {
    const nowMs = this.#monotonicMs();
    if (nowMs < this.#retryAtMs) return false;
    this.#retryAtMs = nowMs + REST_MS;
    return true;
  }

  #within<T>(run: (redis: Redis) => Promise<T>): Promise<T> {
    return within(this.#timeoutMs, run(this.#redis), () => {
      throw new RedisUnavailable(`Redis did not answer within ${this.#timeoutMs} ms`);
    });
  }

  #answered(): void {
    if (!this.#trouble) return;
    this.#trouble = undefined;
    this.#log.info("Redis answers again");
  }

  #unanswered(what: string, error: RedisUnavailable): void {
    REDIS_FAILURES.add(1);
    const nowMs = this.#monotonicMs();
    const refusing = error instanceof RedisRefusing;
    if (!this.#trouble) this.#retryAtMs = nowMs + REST_MS;
    const trouble = this.#trouble ??= { refusing, sinceMs: nowMs, toldAtMs: -Infinity };
    const changed = trouble.refusing !== refusing;
    trouble.refusing = refusing;
    if (!changed && nowMs - trouble.toldAtMs < REMIND_AFTER_MS) return;
    trouble.toldAtMs = nowMs;
    const message = refusing ? "Redis refuses to serve" : "Redis does not answer";
    this.#log.warn(`${message}; going on without it`, {
      what,
      error: error.message,
      for_s: Math.round((nowMs - trouble.sinceMs) / 1000),
    });
  }
}
