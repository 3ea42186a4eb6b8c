import { createHash, createHmac, randomBytes } from "node:crypto";
import type { Context } from "hono";
import type { Clock } from "../clock.ts";
import { type EnvReader, wholeNumber } from "../config/mod.ts";
import { DomainError } from "../errors/mod.ts";
import {
  type AppEnv,
  clientAddress,
  limitRate,
  RateLimited,
  type RateLimiter,
  SharedRateLimiter,
} from "../http/mod.ts";
import type { GuardedRedis } from "../redis/mod.ts";
import { emailKey } from "./email.ts";

/** How much is allowed a minute; 0 is no limit. */
export interface AccountLimitRules {
  /** Different wrong passwords that may be tried for one e-mail from one client address. */
  guessesPerEmail: number;
  /** Logins, and as many registrations, from one client address; many users may share one. */
  requestsPerAddress: number;
}

const DEFAULT_GUESSES_PER_EMAIL = 10;
const DEFAULT_REQUESTS_PER_ADDRESS = 600;
const MINUTE_MS = 60_000;
const GUESS_KEY_BYTES = 32;
const MAX_GUESS_UNITS = 1_024;

export function accountLimitsSection(env: EnvReader): AccountLimitRules {
  return {
    guessesPerEmail: env.read(
      "LOGIN_GUESSES_PER_MINUTE",
      wholeNumber(DEFAULT_GUESSES_PER_EMAIL),
    ),
    requestsPerAddress: env.read(
      "LOGIN_RATE_LIMIT_PER_MINUTE",
      wholeNumber(DEFAULT_REQUESTS_PER_ADDRESS),
    ),
  };
}

const TOO_MANY_GUESSES = "Too many login attempts. Please try again later.";

/**
 * Slows down who guesses passwords or registers in masses.
 *
 * Different passwords are counted, by e-mail and client address: an owner who knows the password logs in as often
 * as they like, and nobody can lock them out. Above the limit a wrong password is 429, but the right one still goes
 * through: what bounds a guesser is the limit of the address, and a /64 of IPv6 is one address. Passwords are counted
 * by a digest under a key that this process alone has, and never stores.
 */
export class AccountLimits {
  readonly #byPair: RateLimiter;
  readonly #byAddress: RateLimiter;
  readonly #guessKey = randomBytes(GUESS_KEY_BYTES);

  /** @param audience whose accounts; each kind is counted apart */
  constructor(
    audience: "user" | "admin",
    rules: AccountLimitRules,
    stores: { redis: Pick<GuardedRedis, "attempt">; clock: Clock },
  ) {
    const limiter = (name: string, limit: number) =>
      new SharedRateLimiter(`${audience}-${name}`, { limit, windowMs: MINUTE_MS }, stores);
    this.#byPair = limiter("guess", rules.guessesPerEmail);
    this.#byAddress = limiter("address", rules.requestsPerAddress);
  }

  /** Middleware that limits what one client address may do; each `action` is counted apart. */
  perAddress(action: "login" | "register") {
    return limitRate({
      limiter: this.#byAddress,
      key: (c) => `${action}:${clientAddress(c)}`,
    });
  }

  /**
   * Logs in by `logIn` unless too many passwords were tried, which are counted before that: of many tried at once
   * none is free.
   *
   * @throws {DomainError} `RATE_LIMITED`: too many, and this one is wrong
   */
  async limitGuesses<Session>(
    c: Context<AppEnv>,
    { email, password }: { email: string; password: string },
    logIn: () => Promise<Session>,
  ): Promise<Session> {
    const pair = digest(`${emailKey(email)} ${clientAddress(c)}`);
    const decision = await this.#byPair.take(pair, this.#guessOf(password));
    try {
      return await logIn();
    } catch (error) {
      const isWrong = error instanceof DomainError && error.code === "BAD_CREDENTIALS";
      if (isWrong && !decision.allowed) throw new RateLimited(decision, TOO_MANY_GUESSES);
      throw error;
    }
  }

  /** Of a text longer than any password only the beginning is digested. */
  #guessOf(password: string): string {
    return createHmac("sha256", this.#guessKey).update(password.slice(0, MAX_GUESS_UNITS))
      .digest("base64url");
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
