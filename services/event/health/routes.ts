import { z } from "@hono/zod-openapi";
import { Unavailable } from "@evently/shared/errors";
import {
  answers,
  createRoutes,
  errors,
  healthzRoute,
  json,
  REDIS_STATES,
  redisState,
  route,
} from "@evently/shared/http";
import type { Sql } from "@evently/shared/postgres";

const readyRoute = route({
  method: "get",
  path: "/health/ready",
  operationId: "checkEventReadiness",
  tags: ["Health"],
  summary: "Check that the event service can serve",
  description: "503 while its database does not answer.",
  responses: {
    200: json(z.object({
      database: z.literal("connected"),
      service: z.literal("event-service"),
      status: z.enum(["ready", "degraded"]),
      /** Present if Redis cannot be used; log-ins are then limited per process. */
      redis: z.enum(REDIS_STATES).optional(),
    })),
    ...errors(503),
  },
});

export function healthRoutes(
  { sql, pingRedis }: { sql: Sql; pingRedis: () => Promise<unknown> },
) {
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
