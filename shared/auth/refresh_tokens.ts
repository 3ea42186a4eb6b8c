import { createHash, randomBytes } from "node:crypto";

const REFRESH_TOKEN_BYTES = 32;

/** A new opaque refresh token: 256 random bits, safe in a header. */
export function newRefreshToken(): string {
  return randomBytes(REFRESH_TOKEN_BYTES).toString("base64url");
}

/** What is stored of a refresh token. It is random, so a plain digest is as good as a slow hash. */
export function hashRefreshToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
