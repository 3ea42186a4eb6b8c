import { createRoute, z } from "@hono/zod-openapi";
import { Unavailable } from "@evently/shared/errors";
import { answers, createRoutes, errors, json } from "@evently/shared/http";
import type { UserDeps } from "../deps.ts";

const SERVICE = "user-service" as const;

const HealthResponse = z.object({
  message: z.string(),
  service: z.literal(SERVICE),
  status: z.enum(["healthy", "ready"]),
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
export function healthRoutes({ sql }: Pick<UserDeps, "sql">) {
  return createRoutes()
    .openapi(healthRoute, (c) => {
      const message = "User service is healthy";
      return c.json({ message, service: SERVICE, status: "healthy" as const }, 200);
    })
    .openapi(readyRoute, async (c) => {
      if (!await answers(async () => await sql`SELECT 1`)) {
        throw new Unavailable("Database not ready");
      }
      const message = "User service is ready";
      return c.json({ message, service: SERVICE, status: "ready" as const }, 200);
    });
}
