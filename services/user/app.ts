import { createServiceApp, publishDocument } from "@evently/shared/http";
import type { UserDeps } from "./deps.ts";
import { accountRoutes } from "./routes/accounts.ts";
import { healthRoutes } from "./routes/health.ts";
import { internalRoutes } from "./routes/internal.ts";
import { sessionRoutes } from "./routes/sessions.ts";
import { userRoutes } from "./routes/users.ts";

/** The user service: accounts, sessions, profiles. */
export function createUserApp(deps: UserDeps) {
  const app = createServiceApp(deps);
  publishDocument(app, { title: "Evently user service", tokens: ["userToken"] });
  return app
    .route("/", healthRoutes(deps))
    .route("/", internalRoutes(deps))
    .route("/api/v1", accountRoutes(deps))
    .route("/api/v1", sessionRoutes(deps))
    .route("/api/v1", userRoutes(deps));
}
