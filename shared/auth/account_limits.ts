import { createHash, createHmac, randomBytes } from "node:crypto";
import type { Context } from "hono";
import type { Clock } from "../clock.ts";
import { type EnvReader, wholeNumber } from "../config/mod.ts";
import {
  type AppEnv,
  clientAddress,
  limitRate,
  rateLimited,
  type RateLimiter,
  setRateLimitHeaders,
  SharedRateLimiter,
} from "../http/mod.ts";
import type { GuardedRedis } from "../redis/mod.ts";

/** How much is allowed a minute; 0 is no limit. */
export interface AccountLimitRules {
  /** Different passwords that may be tried for one e-mail. */
  guesses_per_email: number;
  /** Logins, and as many registrations, from one client address; many users may share one. */
  requests_per_address: number;
}

const DEFAULT_GUESSES_PER_EMAIL = 10;
const DEFAULT_REQUESTS_PER_ADDRESS = 600;
const MINUTE_MS = 60_000;
const GUESS_KEY_BYTES = 32;

export function accountLimitsSection(env: EnvReader): AccountLimitRules {
  return {
    guesses_per_email: env.read(
      "LOGIN_GUESSES_PER_MINUTE",
      wholeNumber(DEFAULT_GUESSES_PER_EMAIL),
    ),
    requests_per_address: env.read(
      "LOGIN_RATE_LIMIT_PER_MINUTE",
      wholeNumber(DEFAULT_REQUESTS_PER_ADDRESS),
    ),
  };
}

/**
 * Slows down who guesses passwords or registers in masses.
 *
 * For one e-mail the different passwords are counted: whoever knows the password may log in as often as
 * they like. They are counted by a digest under a key that this process alone has, and never stores.
 */
export class AccountLimits {
  readonly #byEmail: RateLimiter;
  readonly #byAddress: RateLimiter;
  readonly #guessKey = randomBytes(GUESS_KEY_BYTES);

  /** @param audience whose accounts; each kind is counted apart */
  constructor(
    audience: "user" | "admin",
    rules: AccountLimitRules,
    stores: { redis: Pick<GuardedRedis, "attempt">; clock: Clock },
  ) {
    const limiter = (name: string, limit: number) =>
      new SharedRateLimiter(`${audience}-${name}`, { limit, window_ms: MINUTE_MS }, stores);
    this.#byEmail = limiter("guess", rules.guesses_per_email);
    this.#byAddress = limiter("address", rules.requests_per_address);
  }

  /** Middleware that limits what one client address may do; each `action` is counted apart. */
  perAddress(action: "login" | "register") {
    return limitRate({
      limiter: this.#byAddress,
      key: (c) => `${action}:${clientAddress(c)}`,
    });
  }

  /**
   * Counts the password that is about to be tried for an e-mail.
   *
   * @throws {DomainError} `RATE_LIMITED`: too many different ones in this minute
   */
  async countGuess(
    c: Context<AppEnv>,
    { email, password }: { email: string; password: string },
  ): Promise<void> {
    const account = createHash("sha256").update(email.toLowerCase()).digest("base64url");
    const guess = createHmac("sha256", this.#guessKey).update(password).digest("base64url");
    const decision = await this.#byEmail.take(account, guess);
    if (decision.allowed) return;
    setRateLimitHeaders(c, decision);
    throw rateLimited(decision, "Too many login attempts. Please try again later.");
  }
}
