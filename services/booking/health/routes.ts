import { z } from "@hono/zod-openapi";
import { Unavailable } from "@evently/shared/errors";
import {
  answers,
  createRoutes,
  errors,
  healthzRoute,
  json,
  redisState,
  route,
} from "@evently/shared/http";
import type { BookingDeps } from "../deps.ts";

const readyRoute = route({
  method: "get",
  path: "/health/ready",
  operationId: "checkBookingReadiness",
  tags: ["Health"],
  summary: "Check that the booking service can serve",
  description: "503 while its database does not answer; `degraded` while Redis refuses commands.",
  responses: {
    200: json(z.object({
      status: z.enum(["ready", "degraded"]),
      database: z.literal("connected"),
      redis: z.enum(["connected", "refusing"]),
    })),
    ...errors(503),
  },
});

export function healthRoutes(deps: Pick<BookingDeps, "pingDatabase" | "pingRedis">) {
  return createRoutes()
    .openapi(healthzRoute, (c) => c.json({ status: "healthy" } as const, 200))
    .openapi(readyRoute, async (c) => {
      const [database, redis] = await Promise.all([
        answers(deps.pingDatabase),
        redisState(deps.pingRedis),
      ]);
      if (!database) throw new Unavailable("Database not ready");
      if (redis === "disconnected") throw new Unavailable("Redis not ready");
      const status = redis === "connected" ? "ready" : "degraded";
      return c.json({ status, database: "connected", redis } as const, 200);
    });
}
