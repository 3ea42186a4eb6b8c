import { ApiError, Unreachable } from "../api/errors.ts";
import type { Audience } from "./audience.ts";

/** Longest wait for an answer of the log-in's routes. */
const TIMEOUT_MS = 10_000;

/** What a log-in or a refresh has brought. The refresh token is none of it: no script sees that. */
export interface Grant<User> {
  accessToken: string;
  /** By this machine's clock. */
  expiresAtMs: number;
  user: User;
}

/** What tells the log-ins of users and organisers apart. */
export interface Account<User> {
  audience: Audience;
  /** Reads who is logged in from the answer of the log-in's routes. */
  toUser(body: Readonly<Record<string, string>>): User;
}

interface GrantBody {
  access_token: string;
  expires_in: number;
  user: Record<string, string>;
}

/**
 * Asks for a log-in, an account or a new access token.
 *
 * @throws {ApiError} refused
 * @throws {Unreachable} no answer
 */
export async function requestGrant<User>(
  { audience, toUser }: Account<User>,
  verb: "login" | "register" | "refresh",
  input: Readonly<Record<string, string>> = {},
): Promise<Grant<User>> {
  const answer = await post(`${audience}/${verb}`, input);
  const { access_token, expires_in, user } = answer as GrantBody;
  return {
    accessToken: access_token,
    expiresAtMs: Date.now() + expires_in * 1_000,
    user: toUser(user),
  };
}

/**
 * Ends the log-in of this browser.
 *
 * @throws {Unreachable} no answer, so that it may go on
 */
export async function requestLogOut(audience: Audience): Promise<void> {
  await post(`${audience}/logout`, {});
}

async function post(path: string, body: Readonly<Record<string, string>>): Promise<unknown> {
  const response = await fetch(`/auth/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause) => {
    throw new Unreachable({ cause });
  });
  const answer = await response.json().catch(() => undefined);
  if (!response.ok || answer === undefined) throw ApiError.from(answer, response);
  return answer;
}
