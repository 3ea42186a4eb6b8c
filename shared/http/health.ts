import { createRoute, z } from "@hono/zod-openapi";
import { within } from "../within.ts";
import { json } from "./schemas.ts";

/** Whether the process lives: `{"status":"healthy"}`, whatever its stores do. */
export const healthzRoute = createRoute({
  method: "get",
  path: "/healthz",
  hide: true,
  responses: { 200: json(z.object({ status: z.literal("healthy") })) },
});

/** Waits this long for a store to say that it is there. */
const PROBE_TIMEOUT_MS = 2_000;

/** Whether a store answers, in bounded time. */
export async function answers(probe: () => Promise<unknown>): Promise<boolean> {
  return await within(PROBE_TIMEOUT_MS, probe().then(() => true, () => false), () => false);
}
