import { createRoute, z } from "@hono/zod-openapi";
import { answers, createRoutes, json } from "@evently/shared/http";
import type { SearchDeps } from "../deps.ts";

const SERVICE = "search-service";

const livenessRoute = createRoute({
  method: "get",
  path: "/healthz",
  tags: ["health"],
  summary: "Whether the process is alive",
  responses: { 200: json(z.object({ status: z.string(), service: z.string() })) },
});

const Readiness = z.object({
  status: z.enum(["ready", "filling"]),
  /** The engine that stands in Elasticsearch's place. */
  elasticsearch: z.string(),
  redis: z.enum(["connected", "disconnected"]),
  service: z.string(),
});

const readinessRoute = createRoute({
  method: "get",
  path: "/health/ready",
  tags: ["health"],
  summary: "Whether the index is filled",
  responses: {
    200: json(Readiness),
    503: json(Readiness, "The index has not been filled yet: an answer may lack events"),
  },
});

/** Liveness and readiness. Redis is told, but searching goes on without it. */
export function healthRoutes(
  { index, filler, pingRedis }: Pick<SearchDeps, "index" | "filler" | "pingRedis">,
) {
  return createRoutes()
    .openapi(livenessRoute, (c) => c.json({ status: "healthy", service: SERVICE }, 200))
    .openapi(readinessRoute, async function readiness(c) {
      const redis = await answers(pingRedis) ? "connected" as const : "disconnected" as const;
      const stores = { elasticsearch: index.engine, redis, service: SERVICE };
      return filler.filled
        ? c.json({ status: "ready" as const, ...stores }, 200)
        : c.json({ status: "filling" as const, ...stores }, 503);
    });
}
