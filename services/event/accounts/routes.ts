import {
  type AccountLimits,
  type AdminIdentity,
  LoginRequest,
  LOGOUT_ALL_DESCRIPTION,
  noStore,
  readBearer,
  readRefreshToken,
  REFRESH_TOKEN_BODY,
  type RefreshTokens,
  requestVerification,
  requireAdmin,
} from "@evently/shared/auth";
import type { AccessTokens, PasswordHasher } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import { callerGone } from "../organisations/organiser.ts";
import { logInAdmin } from "./log_in_admin.ts";
import { refreshAdminSession } from "./refresh_admin_session.ts";
import { registerAdmin, type RegisterDeps } from "./register_admin.ts";
import {
  AdminSessionResponse,
  MessageResponse,
  RegisterAdminRequest,
  toAdminSessionResponse,
  TokensResponse,
} from "./wire.ts";

const ACCOUNTS = { tags: ["Admin accounts"] as [string] };

interface AccountDeps extends RegisterDeps {
  passwords: Pick<PasswordHasher, "assertRoom" | "hash" | "verify">;
  tokens: Pick<AccessTokens, "issueForAdmin" | "verifyAdmin">;
  refreshTokens: Pick<RefreshTokens, "issue" | "rotate" | "revoke" | "revokeAll">;
  limits: Pick<AccountLimits, "perAddress" | "limitGuesses" | "limitMails">;
}

/** Routes of admin accounts and their sessions. */
export function adminRoutes(deps: AccountDeps) {
  const registerRoute = route({
    ...ACCOUNTS,
    method: "post",
    path: "/auth/admin/register",
    operationId: "registerAdmin",
    tags: ["Organiser accounts"],
    summary: "Register an organiser",
    description:
      "Without a token the account is an event manager's, unless registration is closed. " +
      "A super admin may register admins of any role. With `invitation`, the token of an invitation, the account of the " +
      "invited address is made even where registration is closed, and belongs to that organisation.",
    security: [{}, { adminToken: [] }],
    middleware: [noStore(), deps.limits.perAddress("register")],
    request: { body: jsonBody(RegisterAdminRequest) },
    responses: { 201: json(AdminSessionResponse), ...errors(400, 401, 403, 409, 413, 429, 503) },
  });
  const loginRoute = route({
    ...ACCOUNTS,
    method: "post",
    path: "/auth/admin/login",
    operationId: "logInAdmin",
    tags: ["Organiser accounts"],
    summary: "Log in as an organiser",
    description: "Wrong passwords are limited by e-mail and address.",
    middleware: [noStore(), deps.limits.perAddress("login")],
    request: { body: jsonBody(LoginRequest) },
    responses: { 200: json(AdminSessionResponse), ...errors(400, 401, 413, 429, 503) },
  });
  const refreshRoute = route({
    ...ACCOUNTS,
    method: "post",
    path: "/auth/admin/refresh",
    operationId: "refreshAdminSession",
    tags: ["Organiser accounts"],
    summary: "Exchange a refresh token for new tokens",
    description:
      "The refresh token is sent in the body or as a Bearer token. It can be used once; using it again " +
      "ends the session.",
    middleware: noStore(),
    request: { body: REFRESH_TOKEN_BODY },
    responses: { 200: json(TokensResponse), ...errors(400, 401, 413, 503) },
  });
  const logoutRoute = route({
    ...ACCOUNTS,
    method: "post",
    path: "/auth/admin/logout",
    operationId: "logOutAdmin",
    tags: ["Organiser accounts"],
    summary: "End a session",
    description: "Revokes the refresh token and its whole family.",
    request: { body: REFRESH_TOKEN_BODY },
    responses: { 200: json(MessageResponse), ...errors(400, 401, 413, 503) },
  });
  const logoutAllRoute = route({
    ...ACCOUNTS,
    method: "post",
    path: "/auth/admin/logout-all",
    operationId: "logOutAdminEverywhere",
    tags: ["Organiser accounts"],
    summary: "End all of your sessions",
    description: LOGOUT_ALL_DESCRIPTION,
    security: [{ adminToken: [] }],
    middleware: requireAdmin(deps),
    responses: { 200: json(MessageResponse), ...errors(401, 503) },
  });
  const sendVerificationRoute = route({
    ...ACCOUNTS,
    method: "post",
    path: "/auth/admin/verify-email/send",
    operationId: "sendVerificationAdmin",
    tags: ["Organiser accounts"],
    summary: "Ask for a mail to verify your address",
    description: "Nothing is sent if it is verified already.",
    security: [{ adminToken: [] }],
    middleware: requireAdmin(deps),
    responses: { 202: json(MessageResponse), ...errors(401, 429, 503) },
  });

  return createRoutes()
    .openapi(registerRoute, async (c) => {
      const caller = await verifiedCaller(deps, readBearer(c));
      const { phone_number: phoneNumber, ...account } = c.req.valid("json");
      const session = await registerAdmin(deps, { caller, ...account, phoneNumber });
      return c.json(toAdminSessionResponse(session), 201);
    })
    .openapi(loginRoute, async (c) => {
      const credentials = c.req.valid("json");
      const session = await deps.limits.limitGuesses(
        c,
        credentials,
        () => logInAdmin(deps, credentials),
      );
      return c.json(toAdminSessionResponse(session), 200);
    })
    .openapi(refreshRoute, async (c) => {
      const token = await readRefreshToken(c);
      if (token === undefined) throw new DomainError("BAD_REFRESH_TOKEN");
      const { accessToken, refreshToken } = await refreshAdminSession(deps, token);
      return c.json({ access_token: accessToken, refresh_token: refreshToken }, 200);
    })
    .openapi(logoutRoute, async (c) => {
      const token = await readRefreshToken(c);
      if (token === undefined) throw new DomainError("BAD_REFRESH_TOKEN");
      if (!await deps.refreshTokens.revoke(token)) throw new DomainError("BAD_REFRESH_TOKEN");
      return c.json({ message: "Admin logged out successfully" }, 200);
    })
    .openapi(logoutAllRoute, async (c) => {
      await deps.refreshTokens.revokeAll(c.get("admin").adminId);
      return c.json({ message: "Admin logged out of all sessions successfully" }, 200);
    })
    .openapi(sendVerificationRoute, async (c) => {
      const { adminId: accountId } = c.get("admin");
      await deps.limits.limitMails(accountId);
      await requestVerification(deps.sql, { accountId, now: deps.clock.now() });
      deps.outbox.nudge();
      return c.json({ message: "A mail is on its way" }, 202);
    });
}

/** The admin of a token; `undefined` without a token. An invalid token is an error. */
async function verifiedCaller(
  { tokens }: Pick<AccountDeps, "tokens">,
  token: string | undefined,
): Promise<AdminIdentity | undefined> {
  if (token === undefined) return undefined;
  const admin = await tokens.verifyAdmin(token);
  if (!admin) throw callerGone();
  return admin;
}
