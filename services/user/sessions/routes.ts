import {
  LoginRequest,
  LOGOUT_ALL_DESCRIPTION,
  noStore,
  readRefreshToken,
  REFRESH_TOKEN_BODY,
  requireUser,
} from "@evently/shared/auth";
import { invalidInput } from "@evently/shared/errors";
import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import type { UserDeps } from "../deps.ts";
import { logIn } from "./log_in.ts";
import { refreshSession } from "./refresh_session.ts";
import {
  LogoutRequest,
  MessageResponse,
  SessionResponse,
  TokensResponse,
  toSessionResponse,
  toTokensResponse,
} from "./wire.ts";

const REFRESH_REQUIRED = "Refresh token is required";

const refreshRoute = route({
  method: "post",
  path: "/auth/refresh",
  operationId: "refreshSession",
  tags: ["Accounts"],
  summary: "Exchange a refresh token for new tokens",
  description: "The token is read from the body, else from the Authorization header. " +
    "Each token can be used once; a later use ends the session.",
  middleware: noStore(),
  request: { body: REFRESH_TOKEN_BODY },
  responses: { 200: json(TokensResponse), ...errors(400, 401, 413, 503) },
});

const logoutRoute = route({
  method: "post",
  path: "/auth/logout",
  operationId: "logOutUser",
  tags: ["Accounts"],
  summary: "End a session",
  description: "Revokes the refresh token and its whole family.",
  request: { body: jsonBody(LogoutRequest) },
  responses: { 200: json(MessageResponse), ...errors(400, 413, 503) },
});

/** Routes that start, refresh and end sessions. */
export function sessionRoutes(deps: UserDeps) {
  const loginRoute = route({
    method: "post",
    path: "/auth/login",
    operationId: "logInUser",
    tags: ["Accounts"],
    summary: "Log in",
    description: "Wrong passwords are limited by e-mail and address.",
    middleware: [noStore(), deps.limits.perAddress("login")],
    request: { body: jsonBody(LoginRequest) },
    responses: { 200: json(SessionResponse), ...errors(400, 401, 413, 429, 503) },
  });
  const logoutAllRoute = route({
    method: "post",
    path: "/auth/logout-all",
    operationId: "logOutUserEverywhere",
    tags: ["Accounts"],
    summary: "End all of your sessions",
    description: LOGOUT_ALL_DESCRIPTION,
    security: [{ userToken: [] }],
    middleware: requireUser(deps),
    responses: { 200: json(MessageResponse), ...errors(401, 503) },
  });
  return createRoutes()
    .openapi(loginRoute, async (c) => {
      const credentials = c.req.valid("json");
      const session = await deps.limits.limitGuesses(
        c,
        credentials,
        () => logIn(deps, credentials),
      );
      return c.json(toSessionResponse(session), 200);
    })
    .openapi(refreshRoute, async (c) => {
      const token = await readRefreshToken(c);
      if (token === undefined) {
        throw invalidInput("refresh_token", REFRESH_REQUIRED);
      }
      return c.json(toTokensResponse(await refreshSession(deps, token)), 200);
    })
    .openapi(logoutRoute, async (c) => {
      await deps.refreshTokens.revoke(c.req.valid("json").refresh_token);
      return c.json({ message: "success" }, 200);
    })
    .openapi(logoutAllRoute, async (c) => {
      await deps.refreshTokens.revokeAll(c.get("userId"));
      return c.json({ message: "success" }, 200);
    });
}
