import { createRoutes } from "@evently/shared/http";
import type { GatewayDeps } from "../deps.ts";
import { mergedDocument } from "./merge.ts";
import type { OpenApiDocument } from "./rewrite.ts";

/** How long a merged document is good; also the longest that a service is said to be missing. */
const CACHE_TTL_MS = 10_000;

/** `/openapi.json`: what the whole platform offers, through the gateway. */
export function openApiRoutes({ bindings, clock }: Pick<GatewayDeps, "bindings" | "clock">) {
  let cached: { document: Promise<OpenApiDocument>; until_ms: number } | undefined;

  const routes = createRoutes();
  routes.get("/openapi.json", async (c) => {
    const now_ms = clock.now().getTime();
    if (!cached || now_ms >= cached.until_ms) {
      cached = { document: mergedDocument(bindings), until_ms: now_ms + CACHE_TTL_MS };
    }
    return c.json(await cached.document, 200);
  });
  return routes;
}
