import { route } from "./operation.ts";
import { z } from "@hono/zod-openapi";
import { RedisRefusing } from "../redis/mod.ts";
import { within } from "../within.ts";
import { json } from "./schemas.ts";

/** Whether the process lives: `{"status":"healthy"}`, whatever its stores do. */
export const healthzRoute = route({
  method: "get",
  path: "/healthz",
  operationId: "checkLiveness",
  tags: ["Health"],
  summary: "Check that the process is alive",
  description: "Answers without asking any store.",
  hide: true,
  responses: { 200: json(z.object({ status: z.literal("healthy") })) },
});

/** Waits this long for a store to say that it is there. */
const PROBE_TIMEOUT_MS = 2_000;

/** How Redis is: `refusing` where it answers and takes no writes, so that the platform goes on without it. */
export const REDIS_STATES = ["connected", "refusing", "disconnected"] as const;

/** How Redis is, in bounded time. */
export async function redisState(
  ping: () => Promise<unknown>,
): Promise<(typeof REDIS_STATES)[number]> {
  const state = ping().then(
    () => "connected" as const,
    (error) => error instanceof RedisRefusing ? "refusing" as const : "disconnected" as const,
  );
  return await within(PROBE_TIMEOUT_MS, state, () => "disconnected" as const);
}

/** Whether a store answers, in bounded time. */
export async function answers(probe: () => Promise<unknown>): Promise<boolean> {
  return await within(PROBE_TIMEOUT_MS, probe().then(() => true, () => false), () => false);
}
