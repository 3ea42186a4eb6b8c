import { createServiceApp, publishDocument } from "@evently/shared/http";
import type { SearchDeps } from "./deps.ts";
import { discoveryRoutes } from "./routes/discovery.ts";
import { healthRoutes } from "./routes/health.ts";
import { internalRoutes } from "./routes/internal.ts";
import { searchRoutes } from "./routes/search.ts";

/** The search service, over the stores and services that it is given. */
export function createSearchApp(deps: SearchDeps) {
  const app = createServiceApp(deps);
  app.route("/", healthRoutes(deps));
  app.route("/api/v1", searchRoutes(deps));
  app.route("/api/v1", discoveryRoutes(deps));
  app.route("/", internalRoutes(deps));
  publishDocument(app, { title: "Evently search service" });
  return app;
}

/** The routes for other services, for typed clients. */
export type SearchInternalApi = ReturnType<typeof internalRoutes>;
