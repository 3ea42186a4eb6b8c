import { createRoute, z } from "@hono/zod-openapi";
import { Unavailable } from "@evently/shared/errors";
import {
  answers,
  createRoutes,
  errors,
  json,
  REDIS_STATES,
  redisState,
} from "@evently/shared/http";
import type { UserDeps } from "../deps.ts";

const SERVICE = "user-service" as const;

const HealthResponse = z.object({
  message: z.string(),
  service: z.literal(SERVICE),
  status: z.enum(["healthy", "ready", "degraded"]),
  /** Where it cannot be used: log-ins are then limited in this process alone. */
  redis: z.enum(REDIS_STATES).optional(),
});

const healthRoute = createRoute({
  method: "get",
  path: "/healthz",
  hide: true,
  responses: { 200: json(HealthResponse) },
});

const readyRoute = createRoute({
  method: "get",
  path: "/health/ready",
  hide: true,
  responses: { 200: json(HealthResponse), ...errors(503) },
});

/** Whether the process lives, and whether it can serve. Without Redis it can. */
export function healthRoutes({ sql, pingRedis }: Pick<UserDeps, "sql" | "pingRedis">) {
  return createRoutes()
    .openapi(healthRoute, (c) => {
      const message = "User service is healthy";
      return c.json({ message, service: SERVICE, status: "healthy" as const }, 200);
    })
    .openapi(readyRoute, async (c) => {
      const [database, redis] = await Promise.all([
        answers(async () => await sql`SELECT 1`),
        redisState(pingRedis),
      ]);
      if (!database) throw new Unavailable("Database not ready");
      const service = { message: "User service is ready", service: SERVICE };
      if (redis === "connected") return c.json({ ...service, status: "ready" as const }, 200);
      return c.json({ ...service, status: "degraded" as const, redis }, 200);
    });
}
