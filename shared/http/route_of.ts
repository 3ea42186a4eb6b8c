import type { Context } from "hono";
import { matchedRoutes } from "hono/route";
import type { AppEnv } from "./types.ts";

/** What stands for a path that no route matches; the path itself may be a secret with a typing error. */
const NO_ROUTE = "unknown";

/** The pattern of the route that answers a request: `/api/v1/bookings/:id`. */
export function routeOf(c: Context<AppEnv>): string {
  const path = matchedRoutes(c).at(-1)?.path ?? "*";
  return path.endsWith("*") ? NO_ROUTE : path;
}
