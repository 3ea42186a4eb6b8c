import { schemeOf } from "./client_address.ts";
import type { Hop } from "./types.ts";

type HeaderList = readonly (readonly [name: string, value: string])[];

/** Headers that forbid browsers to interpret answers as another type (OWASP, REST security). */
const SECURE_HEADERS: HeaderList = [
  ["X-Content-Type-Options", "nosniff"],
  ["X-Frame-Options", "SAMEORIGIN"],
];

/** Further headers for pages and files only; each header costs an answer more than a microsecond. */
const PAGE_HEADERS: HeaderList = [
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Cross-Origin-Resource-Policy", "cross-origin"],
  ["Origin-Agent-Cluster", "?1"],
  ["Referrer-Policy", "no-referrer"],
  ["X-DNS-Prefetch-Control", "off"],
  ["X-Download-Options", "noopen"],
  ["X-Permitted-Cross-Domain-Policies", "none"],
  ["X-XSS-Protection", "0"],
];

const HSTS = "max-age=15552000; includeSubDomains";

const EXPOSED = [
  "X-Request-ID",
  "Retry-After",
  "RateLimit-Limit",
  "RateLimit-Remaining",
  "RateLimit-Reset",
].join(",");

/**
 * Sets the common headers of every answer, also of refusals: security headers and CORS. They are set on the finished
 * answer; set earlier, Hono would copy all of them twice.
 */
export function setResponseHeaders(
  headers: Headers,
  { request, hop, origins }: {
    request: Request;
    hop: Hop | undefined;
    origins: readonly string[] | "any";
  },
): void {
  for (const [name, value] of SECURE_HEADERS) headers.set(name, value);
  if (headers.get("Content-Type") !== "application/json") {
    for (const [name, value] of PAGE_HEADERS) headers.set(name, value);
  }
  const { method } = request;
  const isRead = method === "GET" || method === "HEAD";
  // Answers to a token are its owner's; of anything but a read no cache keeps an answer anyway.
  const isPrivate = isRead && request.headers.has("Authorization");
  if (isPrivate && !headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  // Over anything else the header has no meaning, and must not be sent (RFC 6797, 7.2).
  if (schemeOf(request, hop) === "https") headers.set("Strict-Transport-Security", HSTS);
  const origin = request.headers.get("Origin") ?? undefined;
  if (isRead || origin !== undefined) allowOrigins(headers, origin, origins);
}

/**
 * Headers of the Fetch standard's CORS protocol. Browsers send the origin with every request that is not a read; the
 * answer to a read may be cached for a later page, so it always varies by origin.
 */
function allowOrigins(
  headers: Headers,
  origin: string | undefined,
  origins: readonly string[] | "any",
): void {
  headers.set("Access-Control-Expose-Headers", EXPOSED);
  if (origins === "any") {
    headers.set("Access-Control-Allow-Origin", "*");
    return;
  }
  if (origin !== undefined && origins.includes(origin)) {
    headers.set("Access-Control-Allow-Origin", origin);
  }
  headers.set("Access-Control-Allow-Credentials", "true");
  // A service in another process has said it already.
  if (!/\bOrigin\b/i.test(headers.get("Vary") ?? "")) headers.append("Vary", "Origin");
}
