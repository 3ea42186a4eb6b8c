import { createServiceApp, publishDocument } from "@evently/shared/http";
import type { SearchDeps } from "./deps.ts";
import { discoveryRoutes } from "./discovery/routes.ts";
import { healthRoutes } from "./health/routes.ts";
import { internalRoutes } from "./feed/routes.ts";
import { searchRoutes } from "./discovery/search_route.ts";

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
