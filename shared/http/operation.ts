import { createRoute, type RouteConfig } from "@hono/zod-openapi";

/** What the API's document says of every route; clients are generated from it. */
export interface RouteDescription {
  /** Stable name of the operation, camelCase and unique in the platform: `reserveSeats`. */
  operationId: string;
  /** The one heading under which the reference lists the route. */
  tags: [string];
  /** Short and imperative: "Create a draft event". */
  summary: string;
  /** What a caller must know beyond the summary: rules, idempotency, who may call it. */
  description: string;
}

/** Declares a route of a service. Unlike `createRoute`, it does not compile without its description. */
export function route<
  Path extends string,
  Config extends Omit<RouteConfig, "path" | "tags"> & RouteDescription & { path: Path },
>(config: Config) {
  return createRoute<Path, Config>(config);
}
