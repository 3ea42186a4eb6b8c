import { createHash, createHmac, randomBytes } from "node:crypto";

const REFRESH_TOKEN_BYTES = 32;
const REFRESH_TOKEN = /^[\w-]{43}$/;

/** A new opaque refresh token: 256 random bits, safe in a header. */
export function newRefreshToken(): string {
  return randomBytes(REFRESH_TOKEN_BYTES).toString("base64url");
}

/** Whether a text can be a refresh token at all; nothing else is hashed or looked up. */
export function isRefreshToken(text: string): boolean {
  return REFRESH_TOKEN.test(text);
}

/** What is stored of a refresh token. It is random, so a plain digest is as good as a slow hash. */
export function hashRefreshToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/**
 * Derives the token that replaces each token. Every use of one token derives the same successor, so a second
 * answer can repeat the first although tokens are stored hashed only. Without the key nobody can.
 *
 * @param secret of the platform; the key is derived from it, for this purpose alone
 */
export function refreshTokenSuccession(secret: string): (token: string) => string {
  const key = createHmac("sha256", secret).update("evently refresh token succession").digest();
  return (token) => createHmac("sha256", key).update(token).digest("base64url");
}
