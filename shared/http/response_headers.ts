import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./types.ts";

type HeaderList = readonly (readonly [name: string, value: string])[];

/** What tells browsers to take our answers for nothing but what they are (OWASP, REST security). */
const SECURE_HEADERS: HeaderList = [
  ["Cross-Origin-Resource-Policy", "cross-origin"],
  ["Referrer-Policy", "no-referrer"],
  ["Strict-Transport-Security", "max-age=15552000; includeSubDomains"],
  ["X-Content-Type-Options", "nosniff"],
  ["X-Frame-Options", "SAMEORIGIN"],
];

/** What besides concerns pages alone; each header costs an answer a microsecond on either side. */
const PAGE_HEADERS: HeaderList = [
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Origin-Agent-Cluster", "?1"],
  ["X-DNS-Prefetch-Control", "off"],
  ["X-Download-Options", "noopen"],
  ["X-Permitted-Cross-Domain-Policies", "none"],
  ["X-XSS-Protection", "0"],
];

const EXPOSED = [
  "X-Request-ID",
  "Retry-After",
  "RateLimit-Limit",
  "RateLimit-Remaining",
  "RateLimit-Reset",
].join(",");

/**
 * Gives every answer, also a refusal, the headers that all have: those against misuse by browsers, and those
 * of CORS. They are set on the finished answer: set before it, the framework would copy all of them twice.
 */
export function responseHeaders({ origins }: { origins: readonly string[] | "any" }) {
  const anyOrigin = origins === "any";
  return createMiddleware<AppEnv>(async function responseHeaders(c, next) {
    await next();
    const { headers } = c.res;
    for (const [name, value] of SECURE_HEADERS) headers.set(name, value);
    if (headers.get("Content-Type") !== "application/json") {
      for (const [name, value] of PAGE_HEADERS) headers.set(name, value);
    }
    headers.set("Access-Control-Expose-Headers", EXPOSED);
    if (anyOrigin) {
      headers.set("Access-Control-Allow-Origin", "*");
      return;
    }
    const origin = c.req.header("Origin");
    if (origin !== undefined && origins.includes(origin)) {
      headers.set("Access-Control-Allow-Origin", origin);
    }
    headers.set("Access-Control-Allow-Credentials", "true");
    headers.append("Vary", "Origin");
  });
}
