import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Clock } from "../clock.ts";
import { DomainError } from "../errors/mod.ts";
import { addMemberFor, type GuardedRedis } from "../redis/mod.ts";
import type { AppEnv } from "./types.ts";

/** How much is allowed in how long. `limit` 0 is no limit. */
export interface RateLimit {
  limit: number;
  windowMs: number;
}

/** The decision on an attempt, and how many are left. */
export interface RateDecision {
  allowed: boolean;
  limit: number;
  remaining: number;
  resetS: number;
}

/** Counts attempts by key. */
export interface RateLimiter {
  /**
   * Counts an attempt.
   *
   * @param key who is counted
   * @param member counts once a window; by default each attempt counts
   */
  take(key: string, member?: string): Promise<RateDecision>;
}

/** Counts in this process, in fixed windows: for what each instance may decide by itself. */
export class LocalRateLimiter implements RateLimiter {
  readonly #limit: RateLimit;
  readonly #clock: Clock;
  #window = -1;
  #members = new Map<string, Set<string> | number>();

  constructor(limit: RateLimit, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  take(key: string, member?: string): Promise<RateDecision> {
    return Promise.resolve(this.count(key, member));
  }

  /** {@link take}, without a promise: for the hot path. */
  count(key: string, member?: string): RateDecision {
    const nowMs = this.#clock.now().getTime();
    const window = Math.floor(nowMs / this.#limit.windowMs);
    if (window !== this.#window || this.#members.size >= MAX_LOCAL_KEYS) {
      this.#window = window;
      this.#members.clear();
    }
    const before = this.#members.get(key);
    if (member === undefined) {
      const count = (typeof before === "number" ? before : 0) + 1;
      this.#members.set(key, count);
      return decide(this.#limit, count, nowMs);
    }
    const members = before instanceof Set ? before : new Set<string>();
    if (members.size <= this.#limit.limit) members.add(member);
    this.#members.set(key, members);
    return decide(this.#limit, members.size, nowMs);
  }
}

/** The most keys that a process counts in a window; above it counting restarts, so memory stays bounded. */
const MAX_LOCAL_KEYS = 100_000;

/** Counts in Redis, for all processes together; while Redis is gone each process counts for itself. */
export class SharedRateLimiter implements RateLimiter {
  readonly #name: string;
  readonly #limit: RateLimit;
  readonly #redis: Pick<GuardedRedis, "attempt">;
  readonly #clock: Clock;
  readonly #local: LocalRateLimiter;

  constructor(
    name: string,
    limit: RateLimit,
    { redis, clock }: { redis: Pick<GuardedRedis, "attempt">; clock: Clock },
  ) {
    this.#name = name;
    this.#limit = limit;
    this.#redis = redis;
    this.#clock = clock;
    this.#local = new LocalRateLimiter(limit, clock);
  }

  async take(key: string, member?: string): Promise<RateDecision> {
    const nowMs = this.#clock.now().getTime();
    if (this.#limit.limit === 0) return decide(this.#limit, 0, nowMs);
    const window = Math.floor(nowMs / this.#limit.windowMs);
    const redisKey = `rate:${this.#name}:${key}:${window}`;
    const ttlMs = this.#limit.windowMs;
    const count = await this.#redis.attempt("count a rate limit", async (redis) => {
      if (member !== undefined) {
        return await addMemberFor(redis, { key: redisKey, member, ttlMs });
      }
      const [taken] = await redis.pipeline().incr(redisKey).pexpire(redisKey, ttlMs).exec<
        number[]
      >();
      return Number(taken);
    });
    return count === undefined ? this.#local.count(key, member) : decide(this.#limit, count, nowMs);
  }
}

function decide(
  { limit, windowMs }: RateLimit,
  count: number,
  nowMs: number,
): RateDecision {
  return {
    allowed: limit === 0 || count <= limit,
    limit,
    remaining: Math.max(0, limit - count),
    resetS: Math.ceil((windowMs - nowMs % windowMs) / 1000),
  };
}

/** Sets the headers of draft-ietf-httpapi-ratelimit-headers. */
export function setRateLimitHeaders(
  c: { header(name: string, value: string): void },
  { limit, remaining, resetS }: RateDecision,
): void {
  if (limit === 0) return;
  c.header("RateLimit-Limit", String(limit));
  c.header("RateLimit-Remaining", String(remaining));
  c.header("RateLimit-Reset", String(resetS));
}

/** The limit is reached; the answer tells of this limit, whatever others say. */
export class RateLimited extends DomainError<"RATE_LIMITED"> {
  override readonly name = "RateLimited";

  constructor(readonly decision: RateDecision, message: string) {
    super("RATE_LIMITED", message, { retryAfterS: decision.resetS });
  }
}

/** Limits a route by what `key` says of the request. */
export function limitRate(
  { limiter, key, message = "Too many requests. Please try again later." }: {
    limiter: RateLimiter;
    key: (c: Context<AppEnv>) => string;
    message?: string;
  },
) {
  return createMiddleware<AppEnv>(async function limitRate(c, next) {
    const decision = await limiter.take(key(c));
    if (!decision.allowed) throw new RateLimited(decision, message);
    setRateLimitHeaders(c, decision);
    await next();
  });
}
