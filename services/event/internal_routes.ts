import { requireInternalKey } from "@evently/shared/auth";
import { createRoutes } from "@evently/shared/http";
import type { EventDeps } from "./deps.ts";
import { internalEventRoutes } from "./events/internal_routes.ts";
import { seatRoutes } from "./inventory/routes.ts";

/** What only the platform's own services may ask. */
export function internalRoutes(deps: EventDeps) {
  const app = createRoutes();
  app.use("/internal/*", requireInternalKey({ key: deps.internalApiKey }));
  return app
    .route("/", seatRoutes(deps))
    .route("/", internalEventRoutes(deps));
}
