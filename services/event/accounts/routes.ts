import { createRoute } from "@hono/zod-openapi";
import {
  type AdminIdentity,
  LoginRequest,
  LOGOUT_ALL_DESCRIPTION,
  noStore,
  readBearer,
  readRefreshToken,
  REFRESH_TOKEN_BODY,
  requireAdmin,
} from "@evently/shared/auth";
import { createRoutes, errors, json, jsonBody } from "@evently/shared/http";
import type { EventDeps } from "../deps.ts";
import { BadRefreshToken, CallerGone } from "../errors.ts";
import {
  AdminSessionResponse,
  MessageResponse,
  RegisterAdminRequest,
  TokensResponse,
} from "./wire.ts";
import { logInAdmin } from "./log_in_admin.ts";
import { refreshAdminSession } from "./refresh_admin_session.ts";
import { registerAdmin } from "./register_admin.ts";

const ACCOUNTS = { tags: ["Admin accounts"] };

/** How an admin gets in, stays, and leaves. */
export function adminRoutes(deps: EventDeps) {
  const registerRoute = createRoute({
    ...ACCOUNTS,
    method: "post",
    path: "/auth/admin/register",
    summary: "Make an admin account and log in",
    description: "Anybody becomes an event manager, unless registration is closed; " +
      "a super admin registers admins of any role.",
    security: [{}, { adminToken: [] }],
    middleware: [noStore(), deps.limits.perAddress("register")],
    request: { body: jsonBody(RegisterAdminRequest) },
    responses: { 201: json(AdminSessionResponse), ...errors(400, 401, 403, 409, 413, 429, 503) },
  });
  const loginRoute = createRoute({
    ...ACCOUNTS,
    method: "post",
    path: "/auth/admin/login",
    summary: "Log in as an admin",
    middleware: [noStore(), deps.limits.perAddress("login")],
    request: { body: jsonBody(LoginRequest) },
    responses: { 200: json(AdminSessionResponse), ...errors(400, 401, 413, 429, 503) },
  });
  const refreshRoute = createRoute({
    ...ACCOUNTS,
    method: "post",
    path: "/auth/admin/refresh",
    summary: "Trade a refresh token, in the body or as Bearer, for new tokens",
    middleware: noStore(),
    request: { body: REFRESH_TOKEN_BODY },
    responses: { 200: json(TokensResponse), ...errors(400, 401, 413, 503) },
  });
  const logoutRoute = createRoute({
    ...ACCOUNTS,
    method: "post",
    path: "/auth/admin/logout",
    summary: "End the session of a refresh token, in the body or as Bearer",
    request: { body: REFRESH_TOKEN_BODY },
    responses: { 200: json(MessageResponse), ...errors(400, 401, 413, 503) },
  });
  const logoutAllRoute = createRoute({
    ...ACCOUNTS,
    method: "post",
    path: "/auth/admin/logout-all",
    summary: "End all sessions of the caller",
    description: LOGOUT_ALL_DESCRIPTION,
    security: [{ adminToken: [] }],
    middleware: requireAdmin(deps),
    responses: { 200: json(MessageResponse), ...errors(401, 503) },
  });

  return createRoutes()
    .openapi(registerRoute, async (c) => {
      const caller = await verifiedCaller(deps, readBearer(c));
      return c.json(await registerAdmin(deps, { caller, ...c.req.valid("json") }), 201);
    })
    .openapi(loginRoute, async (c) => {
      const credentials = c.req.valid("json");
      const session = await deps.limits.limitGuesses(
        c,
        credentials,
        () => logInAdmin(deps, credentials),
      );
      return c.json(session, 200);
    })
    .openapi(refreshRoute, async (c) => {
      const token = await readRefreshToken(c);
      if (token === undefined) throw new BadRefreshToken();
      return c.json(await refreshAdminSession(deps, token), 200);
    })
    .openapi(logoutRoute, async (c) => {
      const token = await readRefreshToken(c);
      if (token === undefined) throw new BadRefreshToken();
      if (!await deps.refreshTokens.revoke(token)) throw new BadRefreshToken();
      return c.json({ message: "Admin logged out successfully" }, 200);
    })
    .openapi(logoutAllRoute, async (c) => {
      await deps.refreshTokens.revokeAll(c.get("admin").admin_id);
      return c.json({ message: "Admin logged out of all sessions successfully" }, 200);
    });
}

/** The admin of a token, if there is one; a token that does not verify is an error, never nobody. */
async function verifiedCaller(
  { tokens }: Pick<EventDeps, "tokens">,
  token: string | undefined,
): Promise<AdminIdentity | undefined> {
  if (token === undefined) return undefined;
  const admin = await tokens.verifyAdmin(token);
  if (!admin) throw new CallerGone();
  return admin;
}
