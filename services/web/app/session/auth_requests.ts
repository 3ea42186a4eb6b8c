import { ApiError, Unreachable } from "../api/errors.ts";
import type { SessionUser } from "./session.ts";

/** Longest wait for an answer of the log-in's routes. */
const TIMEOUT_MS = 10_000;

/** What a log-in or a refresh has brought. The refresh token is none of it: no script sees that. */
export interface Grant {
  accessToken: string;
  /** By this machine's clock. */
  expiresAtMs: number;
  user: SessionUser;
}

interface GrantBody {
  access_token: string;
  expires_in: number;
  user: { user_id: string; name: string; email: string };
}

/**
 * Asks for a log-in, an account or a new access token.
 *
 * @throws {ApiError} refused
 * @throws {Unreachable} no answer
 */
export async function requestGrant(
  verb: "login" | "register" | "refresh",
  input: Readonly<Record<string, string>> = {},
): Promise<Grant> {
  const { access_token, expires_in, user } = await post(verb, input) as GrantBody;
  return {
    accessToken: access_token,
    expiresAtMs: Date.now() + expires_in * 1_000,
    user: { userId: user.user_id, name: user.name, email: user.email },
  };
}

/**
 * Ends the log-in of this browser.
 *
 * @throws {Unreachable} no answer, so that it may go on
 */
export async function requestLogOut(): Promise<void> {
  await post("logout", {});
}

async function post(verb: string, body: Readonly<Record<string, string>>): Promise<unknown> {
  const response = await fetch(`/auth/user/${verb}`, {
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
