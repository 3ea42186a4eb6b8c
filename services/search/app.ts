import { requireInternalKey } from "@evently/shared/auth";
import { createRoutes, createServiceApp, publishDocument } from "@evently/shared/http";
import type { SearchDeps } from "./deps.ts";
import { discoveryRoutes } from "./discovery/routes.ts";
import { feedRoutes } from "./feed/routes.ts";
import { healthRoutes } from "./health/routes.ts";
import { trendingRoutes, viewRoutes } from "./trending/routes.ts";

/** Creates the search service's app. */
export function createSearchApp(deps: SearchDeps) {
  const app = createServiceApp(deps, "search");
  app.route("/", healthRoutes(deps));
  app.route("/api/v1", discoveryRoutes(deps));
  app.route("/api/v1", trendingRoutes(deps));
  app.route("/", internalRoutes(deps));
  publishDocument(app, { title: "Evently search service" });
  return app;
}

/** Routes for other services only. */
function internalRoutes(deps: SearchDeps) {
  const routes = createRoutes();
  routes.use("/internal/*", requireInternalKey({ keys: deps.internalApiKeys }));
  return routes.route("/", feedRoutes(deps)).route("/", viewRoutes(deps));
}
