import { route } from "./operation.ts";
import { z } from "@hono/zod-openapi";
import { RedisRefusing } from "../redis/mod.ts";
import { within } from "../within.ts";
import { json } from "./schemas.ts";

/** The liveness route: `{"status":"healthy"}`, without asking any store. */
export const healthzRoute = route({
  method: "get",
  path: "/healthz",
  operationId: "checkLiveness",
  tags: ["Health"],
  summary: "Check that the process is alive",
  description: "Answers without asking any store.",
  responses: { 200: json(z.object({ status: z.literal("healthy") })) },
});

/** How long to wait for a store's answer. */
const PROBE_TIMEOUT_MS = 2_000;

/** States of Redis. `refusing`: it answers but takes no writes, and the platform continues without it. */
export const REDIS_STATES = ["connected", "refusing", "disconnected"] as const;

/** Returns the state of Redis within a bounded time. */
export async function redisState(
  ping: () => Promise<unknown>,
): Promise<(typeof REDIS_STATES)[number]> {
  const state = ping().then(
    () => "connected" as const,
    (error) => error instanceof RedisRefusing ? "refusing" as const : "disconnected" as const,
  );
  return await within(PROBE_TIMEOUT_MS, state, () => "disconnected" as const);
}

/** Returns whether a store answers within a bounded time. */
export async function answers(probe: () => Promise<unknown>): Promise<boolean> {
  return await within(PROBE_TIMEOUT_MS, probe().then(() => true, () => false), () => false);
}
