import { recoveryRoutes, requireInternalKey } from "@evently/shared/auth";
import { createRoutes, createServiceApp, publishDocument } from "@evently/shared/http";
import { adminPersonalRoutes } from "./accounts/personal_routes.ts";
import { adminRoutes } from "./accounts/routes.ts";
import { bookingRoutes } from "./bookings/routes.ts";
import { internalEventRoutes, publicEventRoutes } from "./catalogue/routes.ts";
import type { EventDeps } from "./deps.ts";
import { managedEventRoutes } from "./events/routes.ts";
import { healthRoutes } from "./health/routes.ts";
import { auditRoutes } from "./inventory/ledger/audit_routes.ts";
import { ledgerRoutes } from "./inventory/ledger/entries_routes.ts";
import { proofRoutes } from "./inventory/ledger/proof_routes.ts";
import { seatRoutes } from "./inventory/routes.ts";
import type { OrganiserVariables } from "./organisations/organiser.ts";
import { OrganisationHeader, requireOrganiser } from "./organisations/guard.ts";
import { invitationRoutes, organisationRoutes } from "./organisations/routes.ts";
import { overviewRoutes } from "./overview/routes.ts";
import { poolRoutes } from "./pools/routes.ts";
import { refundRoutes } from "./refunds/routes.ts";
import { salesRoutes } from "./sales/routes.ts";
import { changeFeedRoutes } from "./search_feed/routes.ts";
import { ticketTypeRoutes } from "./ticket_types/routes.ts";
import { unpaidHoldRoutes } from "./unpaid_holds/routes.ts";
import { venueRoutes } from "./venues/routes.ts";
import { waitlistRoutes } from "./waitlist/routes.ts";
import { webhookFactRoutes } from "./webhooks/fact_routes.ts";
import { webhookRoutes } from "./webhooks/routes.ts";

const RECOVERY = { prefix: "/auth/admin", tag: "Organiser accounts", suffix: "Admin" };

/** The event service: venues, events, admin accounts, and the seat inventory. */
export function createEventApp(deps: EventDeps) {
  const app = createServiceApp(deps, "event");
  publishDocument(app, {
    title: "Evently event service",
    tokens: ["adminToken"],
    parameters: [{ under: "/api/v1/admin/", parameter: OrganisationHeader.parameter }],
  });
  return app
    .route("/", healthRoutes(deps))
    .route("/", internalRoutes(deps))
    .route("/api/v1", publicEventRoutes(deps))
    .route("/api/v1", proofRoutes(deps))
    .route("/api/v1", adminRoutes(deps))
    .route("/api/v1", adminPersonalRoutes(deps))
    .route("/api/v1", invitationRoutes(deps))
    .route("/api/v1", recoveryRoutes(deps, RECOVERY))
    .route("/api/v1", managementRoutes(deps));
}

/** Routes for the platform's own services. */
function internalRoutes(deps: EventDeps) {
  const app = createRoutes();
  app.use("/internal/*", requireInternalKey({ keys: deps.internalApiKeys }));
  return app
    .route("/", seatRoutes(deps))
    .route("/", changeFeedRoutes(deps))
    .route("/", internalEventRoutes(deps))
    .route("/", webhookFactRoutes(deps));
}

/** WARNING: only the platform role is checked here. Each verb checks what of which organisation the admin may see or change. */
function managementRoutes(deps: EventDeps) {
  const app = createRoutes<OrganiserVariables>();
  app.on(["GET", "POST", "PUT", "DELETE"], "/admin/*", requireOrganiser(deps));
  return app
    .route("/", managedEventRoutes(deps))
    .route("/", poolRoutes(deps))
    .route("/", ticketTypeRoutes(deps))
    .route("/", overviewRoutes(deps))
    .route("/", salesRoutes(deps))
    .route("/", bookingRoutes(deps))
    .route("/", refundRoutes(deps))
    .route("/", waitlistRoutes(deps))
    .route("/", unpaidHoldRoutes(deps))
    .route("/", auditRoutes(deps))
    .route("/", ledgerRoutes(deps))
    .route("/", venueRoutes(deps))
    .route("/", webhookRoutes(deps))
    .route("/", organisationRoutes(deps));
}
