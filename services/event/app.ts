import { type AdminVariables, requireAdmin } from "@evently/shared/auth";
import { createRoutes, createServiceApp, publishDocument } from "@evently/shared/http";
import { EDITORS } from "./accounts/admin_scope.ts";
import type { EventDeps } from "./deps.ts";
import { adminRoutes } from "./accounts/routes.ts";
import { auditRoutes } from "./inventory/ledger/audit_routes.ts";
import { healthRoutes } from "./health/routes.ts";
import { internalRoutes } from "./internal_routes.ts";
import { managedEventRoutes } from "./events/routes.ts";
import { proofRoutes } from "./inventory/ledger/proof_routes.ts";
import { publicEventRoutes } from "./catalogue/routes.ts";
import { venueRoutes } from "./venues/routes.ts";

/** The event service: venues, events, admin accounts, and the seat inventory. */
export function createEventApp(deps: EventDeps) {
  const app = createServiceApp(deps);
  publishDocument(app, { title: "Evently event service", tokens: ["adminToken"] });
  return app
    .route("/", healthRoutes(deps))
    .route("/", internalRoutes(deps))
    .route("/api/v1", publicEventRoutes(deps))
    .route("/api/v1", proofRoutes(deps))
    .route("/api/v1", adminRoutes(deps))
    .route("/api/v1", managementRoutes(deps));
}

/** WARNING: an analyst reads only. Whose events an admin may see or change each verb decides. */
function managementRoutes(deps: EventDeps) {
  const { tokens } = deps;
  const app = createRoutes<AdminVariables>();
  app.get("/admin/*", requireAdmin({ tokens }));
  app.on(["POST", "PUT", "DELETE"], "/admin/*", requireAdmin({ tokens, roles: EDITORS }));
  return app
    .route("/", managedEventRoutes(deps))
    .route("/", auditRoutes(deps))
    .route("/", venueRoutes(deps));
}
