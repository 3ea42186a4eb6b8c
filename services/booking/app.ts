import { createServiceApp, publishDocument } from "@evently/shared/http";
import type { BookingServiceDeps } from "./deps.ts";
import { healthRoutes } from "./health/routes.ts";
import { type LiveDeps, liveRoutes } from "./live/routes.ts";
import { internalMailRoutes } from "./mails/routes.ts";
import { internalRoutes } from "./orders/internal_routes.ts";
import { publicRoutes, userRoutes } from "./orders/routes.ts";
import { internalPeopleRoutes } from "./people/internal_routes.ts";
import { internalRefundRoutes } from "./refunds/routes.ts";
import { internalSalesRoutes } from "./sales/routes.ts";
import { internalUnpaidHoldRoutes } from "./unpaid_holds/internal_routes.ts";
import { internalWaitlistRoutes } from "./waitlist/internal_routes.ts";
import { mockPaymentRoutes } from "./payments/mock_routes.ts";
import { webhookRoutes } from "./payments/webhook_routes.ts";
import { waitlistRoutes } from "./waitlist/routes.ts";

/** The booking service: reservations, confirmations, cancellations, lists, waitlists. */
export function createBookingApp(deps: BookingServiceDeps & LiveDeps) {
  const app = createServiceApp(deps, "booking");
  publishDocument(app, { title: "Evently booking service", tokens: ["userToken"] });
  if (deps.mockBank) app.route("/api/v1", mockPaymentRoutes({ ...deps, bank: deps.mockBank }));
  return app
    .route("/", healthRoutes(deps))
    .route("/internal", internalRoutes(deps))
    .route("/internal", internalRefundRoutes(deps))
    .route("/internal", internalSalesRoutes(deps))
    .route("/internal", internalWaitlistRoutes(deps))
    .route("/internal", internalUnpaidHoldRoutes(deps))
    .route("/internal", internalMailRoutes(deps))
    .route("/internal", internalPeopleRoutes(deps))
    .route("/api/v1", webhookRoutes(deps))
    .route("/api/v1", publicRoutes(deps))
    .route("/api/v1", userRoutes(deps))
    .route("/api/v1", waitlistRoutes(deps))
    .route("/api/v1", liveRoutes(deps));
}
