import { type AppEnv, schemeOf } from "@evently/shared/http";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

/** Who logs in. Both may be logged in side by side, so each has cookies of their own. */
export type Audience = "user" | "organiser";

/** As long as a refresh token lives. */
const MAX_AGE_S = 7 * 24 * 3_600;

/**
 * The refresh token of a browser, in a cookie that no script can read, and a flag beside it that scripts may read: it
 * spares strangers a refresh at each page.
 *
 * The prefix `__Host-` binds the cookie to this host and to https. Over plain http, in development, some browsers would
 * refuse both the prefix and `Secure`.
 */
export class AuthCookies {
  readonly #c: Context<AppEnv>;
  readonly #audience: Audience;
  readonly #token: string;
  readonly #flag: string;
  readonly #secure: boolean;

  constructor(c: Context<AppEnv>, { audience, publicUrl }: {
    audience: Audience;
    /** Where people find the platform: https there means https for them, however it reaches us. */
    publicUrl: string | undefined;
  }) {
    this.#c = c;
    this.#audience = audience;
    this.#secure = schemeOf(c.req.raw, c.env) === "https" ||
      publicUrl?.startsWith("https:") === true;
    this.#token = `${this.#secure ? "__Host-" : ""}evently_${audience}`;
    this.#flag = audience === "user" ? "evently_in" : "evently_in_console";
    this.#audience = audience;
  }

  /** The refresh token that came with the request. */
  read(): string | undefined {
    return getCookie(this.#c, this.#token);
  }

  /** Keeps a refresh token in place of the former one. */
  keep(refreshToken: string): void {
    setCookie(this.#c, this.#token, refreshToken, {
      ...this.#common(),
      httpOnly: true,
      maxAge: MAX_AGE_S,
    });
    setCookie(this.#c, this.#flag, this.#audience, { ...this.#common(), maxAge: MAX_AGE_S });
  }

  /** Removes the refresh token and the flag. */
  clear(): void {
    deleteCookie(this.#c, this.#token, { ...this.#common(), httpOnly: true });
    deleteCookie(this.#c, this.#flag, this.#common());
  }

  #common() {
    return { path: "/", secure: this.#secure, sameSite: "Strict" } as const;
  }
}
