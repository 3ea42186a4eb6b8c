import { createHmac, randomBytes } from "node:crypto";
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
 * Returns a function that derives the successor of a token. Every use of a token derives the same successor, so a
 * retry can be answered again although tokens are stored only as hashes.
 *
 * @param secret secret of the platform, from which a key for this purpose is derived
 */
export function refreshTokenSuccession(secret: string): (token: string) => string {
  const key = createHmac("sha256", secret).update("evently refresh token succession").digest();
  return (token) => createHmac("sha256", key).update(token).digest("base64url");
}
