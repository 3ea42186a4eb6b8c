import { createServiceApp } from "@evently/shared/http";
import type { EventDeps } from "./deps.ts";
import { internalRoutes } from "./routes/internal.ts";

/** The event service: venues, events, admin accounts, and the seat inventory. */
export function createEventApp(deps: EventDeps) {
  const app = createServiceApp(deps);
  app.route("/", internalRoutes(deps));
  return app;
}
