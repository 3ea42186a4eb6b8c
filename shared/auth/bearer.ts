import type { Context } from "hono";

const BEARER = /^Bearer +([\w\-.~+/]+=*) *$/i;

/** Returns the token of `Authorization: Bearer <token>` (RFC 6750, 2.1), if there is one. */
export function readBearer(c: Context): string | undefined {
  const header = c.req.header("Authorization");
  return header === undefined ? undefined : BEARER.exec(header)?.[1];
}
