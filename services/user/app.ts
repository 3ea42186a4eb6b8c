import { recoveryRoutes } from "@evently/shared/auth";
import { createServiceApp, publishDocument } from "@evently/shared/http";
import type { UserDeps } from "./deps.ts";
import { accountRoutes } from "./accounts/routes.ts";
import { healthRoutes } from "./health/routes.ts";
import { internalRoutes } from "./accounts/internal_routes.ts";
import { personalRoutes } from "./accounts/personal_routes.ts";
import { sessionRoutes } from "./sessions/routes.ts";
import { userRoutes } from "./accounts/profile_routes.ts";

const RECOVERY = { prefix: "/auth", tag: "Accounts", suffix: "" };

/** Creates the user service's app. */
export function createUserApp(deps: UserDeps) {
  const app = createServiceApp(deps, "user");
  publishDocument(app, { title: "Evently user service", tokens: ["userToken"] });
  return app
    .route("/", healthRoutes(deps))
    .route("/", internalRoutes(deps))
    .route("/api/v1", accountRoutes(deps))
    .route("/api/v1", recoveryRoutes(deps, RECOVERY))
    .route("/api/v1", sessionRoutes(deps))
    .route("/api/v1", userRoutes(deps))
    .route("/api/v1", personalRoutes(deps));
}
