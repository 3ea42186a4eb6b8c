import { createRoute, z } from "@hono/zod-openapi";
import { createRoutes, json, REDIS_STATES, redisState } from "@evently/shared/http";
import { within } from "@evently/shared/within";
import type { SearchDeps } from "../deps.ts";
import { SearchUnavailable } from "../index/errors.ts";
import type { SearchIndex } from "../index/search_index.ts";

const SERVICE = "search-service";
const WITHOUT_REDIS = "Redis cannot be used: views of events are not counted";
/** The longest that readiness waits for the engine. */
const CHECK_TIMEOUT_MS = 2_000;

const livenessRoute = createRoute({
  method: "get",
  path: "/healthz",
  tags: ["Health"],
  summary: "Whether the process is alive",
  responses: { 200: json(z.object({ status: z.string(), service: z.string() })) },
});

const Readiness = z.object({
  /** `degraded`: another engine answers in the place of the one that is meant to, or some events are not found. */
  status: z.enum(["ready", "degraded", "filling", "unavailable"]),
  /** `embedded` where another engine stands in Elasticsearch's place by choice. */
  elasticsearch: z.enum(["connected", "disconnected", "embedded"]),
  redis: z.enum(REDIS_STATES),
  service: z.string(),
  /** What is wrong with the engine, with what it holds, or with Redis. */
  reason: z.string().optional(),
});

const readinessRoute = createRoute({
  method: "get",
  path: "/health/ready",
  tags: ["Health"],
  summary: "Whether searches are answered from a whole index",
  responses: {
    200: json(Readiness),
    503: json(Readiness, "The index is being filled, or its engine does not answer"),
  },
});

/** Liveness and readiness. Redis is told, but searching goes on without it. */
export function healthRoutes({ keepers, pingRedis }: Pick<SearchDeps, "keepers" | "pingRedis">) {
  return createRoutes()
    .openapi(livenessRoute, (c) => c.json({ status: "healthy", service: SERVICE }, 200))
    .openapi(readinessRoute, async function readiness(c) {
      const [redis, engine] = await Promise.all([redisState(pingRedis), stateOf(keepers)]);
      const { status, elasticsearch, reason } = engine.status === "ready" && redis !== "connected"
        ? { ...engine, status: "degraded" as const, reason: WITHOUT_REDIS }
        : engine;
      const answer = {
        status,
        elasticsearch,
        redis,
        service: SERVICE,
        ...(reason === undefined ? {} : { reason }),
      };
      return c.json(answer, status === "ready" || status === "degraded" ? 200 : 503);
    });
}

/** How searches are answered, and what is wrong with that. */
async function stateOf(
  [primary, ...standby]: SearchDeps["keepers"],
): Promise<Pick<z.infer<typeof Readiness>, "status" | "elasticsearch" | "reason">> {
  const { trouble, refused } = await inspect(primary.index);
  const elasticsearch = trouble !== undefined
    ? "disconnected"
    : primary.index.engine === "embedded"
    ? "embedded"
    : "connected";
  if (trouble === undefined && primary.filled) {
    if (refused === 0) return { status: "ready", elasticsearch };
    return {
      status: "degraded",
      elasticsearch,
      reason: `Events that the engine does not take: ${refused}`,
    };
  }
  const reason = trouble ?? "The index is being filled";
  const inItsPlace = standby.find(({ filled }) => filled);
  if (inItsPlace !== undefined) {
    const { engine } = inItsPlace.index;
    return {
      status: "degraded",
      elasticsearch,
      reason: `${reason}; the ${engine} engine answers in its place`,
    };
  }
  return { status: trouble === undefined ? "filling" : "unavailable", elasticsearch, reason };
}

/** What is wrong with an engine, in bounded time, and how many events it did not take. */
async function inspect(index: SearchIndex): Promise<{ trouble?: string; refused: number }> {
  const inspected = (async () => {
    try {
      await index.check();
      return { refused: (await index.refused()).total };
    } catch (error) {
      return { trouble: reasonOf(error), refused: 0 };
    }
  })();
  const tooLate = () => ({ trouble: "The engine does not answer in time", refused: 0 });
  return await within(CHECK_TIMEOUT_MS, inspected, tooLate);
}

function reasonOf(error: unknown): string {
  return error instanceof SearchUnavailable ? error.reason : "The engine cannot be used";
}
