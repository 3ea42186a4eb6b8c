import { createHmac, randomBytes } from "node:crypto";
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
import { sha256 } from "./sha256.ts";

/** Limits per minute; 0 means no limit. */
export interface AccountLimitRules {
  /** Different passwords that may be tried for one e-mail from one client address. */
  guessesPerEmail: number;
  /** Log-ins, and separately registrations, from one client address, which many users may share. */
  requestsPerAddress: number;
  /** Mails that can be asked for per hour for one e-mail, whether or not an account has it. */
  mailsPerHour: number;
}

const DEFAULT_GUESSES_PER_EMAIL = 10;
const DEFAULT_REQUESTS_PER_ADDRESS = 600;
/** Enough for somebody who looks into the wrong folder, too few to fill it. */
const DEFAULT_MAILS_PER_HOUR = 5;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
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
    mailsPerHour: env.read("ACCOUNT_MAILS_PER_HOUR", wholeNumber(DEFAULT_MAILS_PER_HOUR)),
  };
}

const TOO_MANY_MAILS = "Too many mails were asked for. Please try again later.";
const TOO_MANY_GUESSES = "Too many login attempts. Please try again later.";

/**
 * Limits password guessing and mass registration.
 *
 * Different passwords are counted per e-mail and client address, so the owner of an account can always log in and
 * nobody can lock them out: above the limit a wrong password is 429, but the right one still succeeds. The limit per
 * address (for IPv6 per /64) bounds guessing. Passwords are counted by a digest under a key of this process.
 */
export class AccountLimits {
  readonly #byPair: RateLimiter;
  readonly #byAddress: RateLimiter;
  readonly #mails: RateLimiter;
  readonly #guessKey = randomBytes(GUESS_KEY_BYTES);

  /** @param audience kind of accounts; each is counted separately */
  constructor(
    audience: "user" | "admin",
    rules: AccountLimitRules,
    stores: { redis: Pick<GuardedRedis, "attempt">; clock: Clock },
  ) {
    const limiter = (name: string, limit: number, windowMs = MINUTE_MS) =>
      new SharedRateLimiter(`${audience}-${name}`, { limit, windowMs }, stores);
    this.#byPair = limiter("guess", rules.guessesPerEmail);
    this.#byAddress = limiter("address", rules.requestsPerAddress);
    this.#mails = limiter("mails", rules.mailsPerHour, HOUR_MS);
  }

  /** Creates middleware that limits requests per client address; each `action` is counted separately. */
  perAddress(action: "login" | "register" | "recover") {
    return limitRate({
      limiter: this.#byAddress,
      key: (c) => `${action}:${clientAddress(c)}`,
    });
  }

  /**
   * Runs `logIn`. The password is counted before, so that concurrent guesses are all counted.
   *
   * @throws {DomainError} `RATE_LIMITED`: too many passwords were tried, and this one is wrong
   */
  async limitGuesses<Session>(
    c: Pick<Context<AppEnv>, "req" | "env">,
    { email, password }: { email: string; password: string },
    logIn: () => Promise<Session>,
  ): Promise<Session> {
    const pair = sha256(`${emailKey(email)} ${clientAddress(c)}`).toString("base64url");
    const decision = await this.#byPair.take(pair, this.#guessOf(password));
    try {
      return await logIn();
    } catch (error) {
      const isWrong = error instanceof DomainError && error.code === "BAD_CREDENTIALS";
      if (isWrong && !decision.allowed) throw new RateLimited(decision, TOO_MANY_GUESSES);
      throw error;
    }
  }

  /**
   * Counts a mail that is asked for.
   *
   * @param to the e-mail, or the id of its account
   * @throws {DomainError} `RATE_LIMITED`
   */
  async limitMails(to: string): Promise<void> {
    const decision = await this.#mails.take(sha256(emailKey(to)).toString("base64url"));
    if (!decision.allowed) throw new RateLimited(decision, TOO_MANY_MAILS);
  }

  /** Digest of a password; of a longer text only the beginning is used. */
  #guessOf(password: string): string {
    return createHmac("sha256", this.#guessKey).update(password.slice(0, MAX_GUESS_UNITS))
      .digest("base64url");
  }
}
