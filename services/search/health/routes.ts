import { z } from "@hono/zod-openapi";
import { createRoutes, json, REDIS_STATES, redisState, route } from "@evently/shared/http";
import { within } from "@evently/shared/within";
import type { SearchDeps } from "../deps.ts";
import type { SearchSource } from "../discovery/sources.ts";
import type { IndexKeeper } from "../feed/index_keeper.ts";
import { SearchUnavailable } from "../index/errors.ts";
import { type Engine, ENGINES, type SearchIndex } from "../index/search_index.ts";

const SERVICE = "search-service";
const WITHOUT_REDIS = "Redis cannot be used: views of events are not counted";
/** Timeout of the engine's check. */
const CHECK_TIMEOUT_MS = 2_000;

const livenessRoute = route({
  method: "get",
  path: "/healthz",
  operationId: "checkLiveness",
  tags: ["Health"],
  summary: "Check that the process is alive",
  description: "Answers without asking any store.",
  responses: { 200: json(z.object({ status: z.string(), service: z.string() })) },
});

const Readiness = z.object({
  /** `degraded`: the fallback engine answers, some events are not found, or Redis is down. */
  status: z.enum(["ready", "degraded", "filling", "unavailable"]),
  /** `embedded` if the service is configured without Elasticsearch. */
  elasticsearch: z.enum(["connected", "disconnected", "embedded"]),
  redis: z.enum(REDIS_STATES),
  service: z.string(),
  /** The engine that answers searches now; absent if none does. */
  answered_by: z.enum(ENGINES).optional(),
  /** Why the service is not `ready`. */
  reason: z.string().optional(),
});

const readinessRoute = route({
  method: "get",
  path: "/health/ready",
  operationId: "checkSearchReadiness",
  tags: ["Health"],
  summary: "Check that searches are answered from a whole index",
  description: "503 while the index is built or its engine does not answer.",
  responses: {
    200: json(Readiness),
    503: json(Readiness, "The index is being filled, or its engine does not answer"),
  },
});

/** Liveness and readiness. The service stays ready without Redis, as searches do not need it. */
export function healthRoutes(
  { keepers: [primary], sources, pingRedis }: Pick<
    SearchDeps,
    "keepers" | "sources" | "pingRedis"
  >,
) {
  return createRoutes()
    .openapi(livenessRoute, (c) => c.json({ status: "healthy", service: SERVICE }, 200))
    .openapi(readinessRoute, async function readiness(c) {
      const [redis, engine] = await Promise.all([redisState(pingRedis), stateOf(primary, sources)]);
      const { status, elasticsearch, answeredBy, reason } =
        engine.status === "ready" && redis !== "connected"
          ? { ...engine, status: "degraded" as const, reason: WITHOUT_REDIS }
          : engine;
      const answer = {
        status,
        elasticsearch,
        redis,
        service: SERVICE,
        ...(answeredBy === undefined ? {} : { answered_by: answeredBy }),
        ...(reason === undefined ? {} : { reason }),
      };
      return c.json(answer, status === "ready" || status === "degraded" ? 200 : 503);
    });
}

interface EngineState extends Pick<z.infer<typeof Readiness>, "status" | "elasticsearch"> {
  answeredBy: Engine | undefined;
  reason?: string;
}

/** State of the engines. */
async function stateOf(
  primary: IndexKeeper,
  sources: readonly SearchSource[],
): Promise<EngineState> {
  const { trouble, refused } = await inspect(primary.index);
  const answering = sources.find(({ index, filled }) =>
    filled && (trouble === undefined || index !== primary.index)
  )?.index;
  const answeredBy = answering?.engine;
  const elasticsearch = trouble !== undefined
    ? "disconnected"
    : primary.index.engine === "embedded"
    ? "embedded"
    : "connected";
  if (trouble === undefined && primary.filled) {
    if (refused === 0) return { status: "ready", elasticsearch, answeredBy };
    return {
      status: "degraded",
      elasticsearch,
      answeredBy,
      reason: `Events that the engine does not take: ${refused}`,
    };
  }
  const reason = trouble ?? "The index is being filled";
  if (answeredBy !== undefined) {
    return {
      status: "degraded",
      elasticsearch,
      answeredBy,
      reason: `${reason}; the ${answeredBy} engine answers in its place`,
    };
  }
  const status = trouble === undefined ? "filling" : "unavailable";
  return { status, elasticsearch, answeredBy, reason };
}

/** Checks an engine within {@link CHECK_TIMEOUT_MS}, and counts the events that it rejected. */
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
