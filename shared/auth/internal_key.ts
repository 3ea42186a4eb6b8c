import { timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { DomainError } from "../errors/mod.ts";
import type { Secrets } from "../secrets.ts";
import { sha256 } from "./sha256.ts";

const API_KEY = /^ApiKey +(\S+) *$/i;

/**
 * Admits only the platform's own services: `X-API-Key: k` or `Authorization: ApiKey k`, with any of the keys.
 *
 * WARNING: digests are compared in constant time, so that neither content nor length leaks.
 */
export function requireInternalKey({ keys }: { keys: Secrets }) {
  const expected = keys.map(sha256);
  return createMiddleware(async function requireInternalKey(c, next) {
    const given = readApiKey(c);
    if (given === undefined) throw new DomainError("UNAUTHORIZED", "Missing or invalid API key");
    const digest = sha256(given);
    if (!expected.some((one) => timingSafeEqual(digest, one))) {
      throw new DomainError("INVALID_API_KEY");
    }
    await next();
  });
}

/** Headers of a call to another service. */
export function internalKeyHeaders(key: string): Record<string, string> {
  return { "X-API-Key": key };
}

function readApiKey(c: Context): string | undefined {
  return c.req.header("X-API-Key") || API_KEY.exec(c.req.header("Authorization") ?? "")?.[1];
}
