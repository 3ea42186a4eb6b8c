import type { Context } from "hono";
import { matchedRoutes } from "hono/route";
import type { AppEnv } from "./types.ts";

/** Stands for a path without a route; the path itself may be a mistyped secret. */
const NO_ROUTE = "unknown";

/** Returns the pattern of the route that answers a request: `/api/v1/bookings/:id`. */
export function routeOf(c: Context<AppEnv>): string {
  const path = matchedRoutes(c).at(-1)?.path ?? "*";
  return path.endsWith("*") ? NO_ROUTE : path;
}
