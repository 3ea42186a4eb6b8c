import { timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { DomainError } from "../errors/mod.ts";
import { sha256 } from "./sha256.ts";

const API_KEY = /^ApiKey +(\S+) *$/i;

/**
 * Admits only the platform's own services: `X-API-Key: k` or `Authorization: ApiKey k`.
 *
 * WARNING: digests are compared in constant time, so that neither content nor length leaks.
 */
export function requireInternalKey({ key }: { key: string }) {
  const expected = sha256(key);
  return createMiddleware(async function requireInternalKey(c, next) {
    const given = readApiKey(c);
    if (given === undefined) throw new DomainError("UNAUTHORIZED", "Missing or invalid API key");
    if (!timingSafeEqual(sha256(given), expected)) {
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
