import { createRoutes } from "@evently/shared/http";
import type { GatewayDeps } from "../deps.ts";
import { mergedDocument } from "./merge.ts";
import type { OpenApiDocument } from "./rewrite.ts";

/** How long a merged document is good; also the longest that a service is said to be missing. */
const CACHE_TTL_MS = 10_000;

/** `/openapi.json`: what the whole platform offers, through the gateway. */
export function openApiRoutes({ bindings, clock }: Pick<GatewayDeps, "bindings" | "clock">) {
  let cached: { document: Promise<OpenApiDocument>; untilMs: number } | undefined;

  const routes = createRoutes();
  routes.get("/openapi.json", async (c) => {
    const nowMs = clock.now().getTime();
    if (!cached || nowMs >= cached.untilMs) {
      cached = { document: mergedDocument(bindings), untilMs: nowMs + CACHE_TTL_MS };
    }
    return c.json(await cached.document, 200);
  });
  return routes;
}
