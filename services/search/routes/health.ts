import { createRoute, z } from "@hono/zod-openapi";
import { answers, createRoutes, json } from "@evently/shared/http";
import { within } from "@evently/shared/within";
import type { SearchDeps } from "../deps.ts";
import { SearchUnavailable } from "../index/errors.ts";
import type { SearchIndex } from "../index/search_index.ts";

const SERVICE = "search-service";
/** The longest that readiness waits for the engine. */
const CHECK_TIMEOUT_MS = 2_000;

const livenessRoute = createRoute({
  method: "get",
  path: "/healthz",
  tags: ["health"],
  summary: "Whether the process is alive",
  responses: { 200: json(z.object({ status: z.string(), service: z.string() })) },
});

const Readiness = z.object({
  /** `degraded`: another engine answers in the place of the one that is meant to. */
  status: z.enum(["ready", "degraded", "filling", "unavailable"]),
  /** `embedded` where another engine stands in Elasticsearch's place by choice. */
  elasticsearch: z.enum(["connected", "disconnected", "embedded"]),
  redis: z.enum(["connected", "disconnected"]),
  service: z.string(),
  /** What is wrong with the engine. */
  reason: z.string().optional(),
});

const readinessRoute = createRoute({
  method: "get",
  path: "/health/ready",
  tags: ["health"],
  summary: "Whether searches are answered from a whole index",
  responses: {
    200: json(Readiness),
    503: json(Readiness, "The index is being filled, or its engine does not answer"),
  },
});

/** Liveness and readiness. Redis is told, but searching goes on without it. */
export function healthRoutes({ keepers, pingRedis }: Pick<SearchDeps, "keepers" | "pingRedis">) {
  const [primary, ...standby] = keepers;
  return createRoutes()
    .openapi(livenessRoute, (c) => c.json({ status: "healthy", service: SERVICE }, 200))
    .openapi(readinessRoute, async function readiness(c) {
      const [redisAnswers, reason] = await Promise.all([
        answers(pingRedis),
        troubleOf(primary.index),
      ]);
      const stores = {
        elasticsearch: reason !== undefined
          ? "disconnected" as const
          : primary.index.engine === "embedded"
          ? "embedded" as const
          : "connected" as const,
        redis: redisAnswers ? "connected" as const : "disconnected" as const,
        service: SERVICE,
        ...(reason === undefined ? {} : { reason }),
      };
      if (reason === undefined && primary.filled) {
        return c.json({ status: "ready" as const, ...stores }, 200);
      }
      if (standby.some(({ filled }) => filled)) {
        return c.json({ status: "degraded" as const, ...stores }, 200);
      }
      const status = reason === undefined ? "filling" as const : "unavailable" as const;
      return c.json({ status, ...stores }, 503);
    });
}

/** What is wrong with an engine, in bounded time; `undefined`: nothing. */
function troubleOf(index: SearchIndex): Promise<string | undefined> {
  const checked = index.check().then(() => undefined, reasonOf);
  return within(CHECK_TIMEOUT_MS, checked, () => "The engine does not answer in time");
}

function reasonOf(error: unknown): string {
  return error instanceof SearchUnavailable ? error.reason : "The engine cannot be used";
}
