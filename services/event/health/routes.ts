import { createRoute, z } from "@hono/zod-openapi";
import { Unavailable } from "@evently/shared/errors";
import {
  answers,
  createRoutes,
  errors,
  healthzRoute,
  json,
  REDIS_STATES,
  redisState,
} from "@evently/shared/http";
import type { EventDeps } from "../deps.ts";

const readyRoute = createRoute({
  method: "get",
  path: "/health/ready",
  hide: true,
  responses: {
    200: json(z.object({
      database: z.literal("connected"),
      service: z.literal("event-service"),
      status: z.enum(["ready", "degraded"]),
      /** Where it cannot be used: log-ins are then limited in this process alone. */
      redis: z.enum(REDIS_STATES).optional(),
    })),
    ...errors(503),
  },
});

/** Whether the process lives, and whether it can serve. Without search, booking and Redis it can. */
export function healthRoutes({ sql, pingRedis }: Pick<EventDeps, "sql" | "pingRedis">) {
  return createRoutes()
    .openapi(healthzRoute, (c) => c.json({ status: "healthy" as const }, 200))
    .openapi(readyRoute, async (c) => {
      const [database, redis] = await Promise.all([
        answers(async () => await sql`SELECT 1`),
        redisState(pingRedis),
      ]);
      if (!database) throw new Unavailable("Database not ready");
      const stores = { database: "connected", service: "event-service" } as const;
      if (redis === "connected") return c.json({ ...stores, status: "ready" as const }, 200);
      return c.json({ ...stores, status: "degraded" as const, redis }, 200);
    });
}
