import {
  type AccessTokens,
  type AccountLimits,
  type AdminVariables,
  noStore,
  passwordText,
  requireAdmin,
  toWrongPassword,
} from "@evently/shared/auth";
import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import { z } from "@hono/zod-openapi";
import { callerGone } from "../organisations/organiser.ts";
import { markOrganisationChanged } from "../search_feed/changed_events_sql.ts";
import { closeAdminAccount, type CloseAdminDeps } from "./close_admin_account.ts";
import { exportAdminAccount } from "./export_admin_account.ts";
import { findAdminProfile } from "./export_admin_sql.ts";
import { AdminExportResponse, toAdminExport } from "./export_wire.ts";
import { MessageResponse } from "./wire.ts";

const ABOUT_ORGANISERS = {
  tags: ["Organiser accounts"] as [string],
  security: [{ adminToken: [] }],
};

/** The password is asked for again, as an open browser is not its owner. */
const CloseRequest = z.object({ password: passwordText("password is required") })
  .openapi("CloseOrganiserRequest");

interface PersonalDeps extends Omit<CloseAdminDeps, "eventsChanged"> {
  tokens: Pick<AccessTokens, "verifyAdmin">;
  limits: Pick<AccountLimits, "limitGuesses">;
}

/** Routes of an organiser's data as a whole: the copy and the end of it. */
export function adminPersonalRoutes(deps: PersonalDeps) {
  const { sql, clock } = deps;
  const exportRoute = route({
    ...ABOUT_ORGANISERS,
    method: "get",
    path: "/auth/admin/export",
    operationId: "exportAdminAccount",
    summary: "Download all that we have of you as an organiser",
    description:
      "A file of JSON: the profile, organisations, the latest 1,000 invitations that you sent or got, and the latest 5,000 " +
      "changes that you made.",
    middleware: noStore(),
    responses: { 200: json(AdminExportResponse), ...errors(401, 503) },
  });
  const closeRoute = route({
    ...ABOUT_ORGANISERS,
    method: "delete",
    path: "/auth/admin/account",
    operationId: "closeAdminAccount",
    summary: "Delete your account as an organiser",
    description:
      "Asks for the password again. Name, address, phone number, sessions and invitations are gone at once, as is your name " +
      "in logs of changes. It is 409 while nobody else belongs to an organisation with events that are published and have " +
      "not ended, while others belong to one that you alone own, and for the last super admin.",
    request: { body: jsonBody(CloseRequest) },
    responses: { 200: json(MessageResponse), ...errors(400, 401, 403, 409, 413, 429, 503) },
  });
  const app = createRoutes<AdminVariables>();
  app.use("/auth/admin/export", requireAdmin(deps));
  app.use("/auth/admin/account", requireAdmin(deps));
  return app
    .openapi(exportRoute, async (c) => {
      const { adminId } = c.get("admin");
      const exported = await exportAdminAccount(deps, adminId);
      c.header("Content-Disposition", 'attachment; filename="evently-organiser.json"');
      return c.json(toAdminExport(exported, clock.now()), 200);
    })
    .openapi(closeRoute, async (c) => {
      const { password } = c.req.valid("json");
      const admin = c.get("admin");
      const profile = await findAdminProfile(sql, admin.adminId);
      if (!profile) throw callerGone();
      const eventsChanged = markOrganisationChanged;
      await deps.limits.limitGuesses(
        c,
        { email: profile.email, password },
        () => closeAdminAccount({ ...deps, eventsChanged }, { admin, password }),
      ).catch(toWrongPassword);
      return c.json({ message: "Your account is deleted" }, 200);
    });
}
