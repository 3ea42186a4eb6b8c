import { createServiceApp, publishDocument } from "@evently/shared/http";
import type { BookingDeps } from "./deps.ts";
import { healthRoutes } from "./health/routes.ts";
import { internalRoutes } from "./orders/internal_routes.ts";
import { publicRoutes, userRoutes } from "./orders/routes.ts";

/** The booking service: reservations, confirmations, cancellations, lists. */
export function createBookingApp(deps: BookingDeps) {
  const app = createServiceApp(deps);
  publishDocument(app, { title: "Evently booking service", tokens: ["userToken"] });
  return app
    .route("/", healthRoutes(deps))
    .route("/internal", internalRoutes(deps))
    .route("/api/v1", publicRoutes(deps))
    .route("/api/v1", userRoutes(deps));
}
