import { createRoute, z } from "@hono/zod-openapi";
import { Unavailable } from "@evently/shared/errors";
import { answers, createRoutes, errors, healthzRoute, json } from "@evently/shared/http";
import type { EventDeps } from "../deps.ts";

const readyRoute = createRoute({
  method: "get",
  path: "/health/ready",
  hide: true,
  responses: {
    200: json(z.object({
      database: z.literal("connected"),
      service: z.literal("event-service"),
      status: z.literal("ready"),
    })),
    ...errors(503),
  },
});

/** Whether the process lives, and whether it can serve. Without search, booking and Redis it can. */
export function healthRoutes({ sql }: Pick<EventDeps, "sql">) {
  return createRoutes()
    .openapi(healthzRoute, (c) => c.json({ status: "healthy" as const }, 200))
    .openapi(readyRoute, async (c) => {
      if (!await answers(async () => await sql`SELECT 1`)) {
        throw new Unavailable("Database not ready");
      }
      return c.json(
        { database: "connected", service: "event-service", status: "ready" } as const,
        200,
      );
    });
}
