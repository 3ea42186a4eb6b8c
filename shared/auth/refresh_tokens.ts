import { createHmac, randomBytes } from "node:crypto";
import type { Secrets } from "../secrets.ts";
import { sha256 } from "./sha256.ts";

const REFRESH_TOKEN_BYTES = 32;
const REFRESH_TOKEN = /^[\w-]{43}$/;

/** Creates an opaque refresh token: 256 random bits, safe in a header. */
export function newRefreshToken(): string {
  return randomBytes(REFRESH_TOKEN_BYTES).toString("base64url");
}

/** Whether a text has the form of a refresh token; others are not looked up. */
export function isRefreshToken(text: string): boolean {
  return REFRESH_TOKEN.test(text);
}

/** Hash of a refresh token as it is stored. The token is random, so a plain digest is as safe as a slow hash. */
export function hashRefreshToken(token: string): string {
  return sha256(token).toString("hex");
}

/**
 * Returns a function that derives the successors of a token: the one of the current secret first, and those that
 * processes with another secret derive while it is replaced. Every use of a token derives the same ones, so a retry can
 * be answered again although tokens are stored only as hashes.
 *
 * @param secrets secrets of the platform, from which keys for this purpose are derived
 */
export function refreshTokenSuccession(
  secrets: Secrets,
): (token: string) => [current: string, ...others: string[]] {
  const [current, ...others] = secrets;
  const successorBy = (secret: string) => {
    const key = createHmac("sha256", secret).update("evently refresh token succession").digest();
    return (token: string) => createHmac("sha256", key).update(token).digest("base64url");
  };
  const [first, rest] = [successorBy(current), others.map(successorBy)];
  return (token) => [first(token), ...rest.map((successor) => successor(token))];
}
