import { z } from "@hono/zod-openapi";
import { Unavailable } from "@evently/shared/errors";
import {
  answers,
  createRoutes,
  errors,
  json,
  REDIS_STATES,
  redisState,
  route,
} from "@evently/shared/http";
import type { UserDeps } from "../deps.ts";

const SERVICE = "user-service" as const;

const HealthResponse = z.object({
  message: z.string(),
  service: z.literal(SERVICE),
  status: z.enum(["healthy", "ready", "degraded"]),
  /** Present if Redis cannot be used; log-ins are then limited per process. */
  redis: z.enum(REDIS_STATES).optional(),
});

const healthRoute = route({
  method: "get",
  path: "/healthz",
  operationId: "checkLiveness",
  tags: ["Health"],
  summary: "Check that the process is alive",
  description: "Answers without asking any store.",
  responses: { 200: json(HealthResponse) },
});

const readyRoute = route({
  method: "get",
  path: "/health/ready",
  operationId: "checkUserReadiness",
  tags: ["Health"],
  summary: "Check that the user service can serve",
  description: "503 while its database does not answer.",
  responses: { 200: json(HealthResponse), ...errors(503) },
});

/** Liveness and readiness. The service stays ready without Redis. */
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
