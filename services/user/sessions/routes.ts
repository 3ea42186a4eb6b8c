import { createRoute } from "@hono/zod-openapi";
import {
  LOGOUT_ALL_DESCRIPTION,
  noStore,
  readRefreshToken,
  REFRESH_TOKEN_BODY,
  requireUser,
} from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import { createRoutes, errors, json, jsonBody } from "@evently/shared/http";
import type { UserDeps } from "../deps.ts";
import { LogoutRequest } from "../accounts/requests.ts";
import { MessageResponse, TokensResponse } from "../accounts/responses.ts";
import { refreshSession } from "./refresh_session.ts";

const TAGS = { tags: ["Accounts"] };
const REFRESH_REQUIRED = "Refresh token is required";

const refreshRoute = createRoute({
  ...TAGS,
  method: "post",
  path: "/auth/refresh",
  summary: "Trade a refresh token, in the body or as Bearer, for new tokens",
  middleware: noStore(),
  request: { body: REFRESH_TOKEN_BODY },
  responses: { 200: json(TokensResponse), ...errors(400, 401, 413, 503) },
});

const logoutRoute = createRoute({
  ...TAGS,
  method: "post",
  path: "/auth/logout",
  summary: "End the session of a refresh token",
  request: { body: jsonBody(LogoutRequest) },
  responses: { 200: json(MessageResponse), ...errors(400, 413, 503) },
});

/** How a session goes on, and ends. */
export function sessionRoutes(deps: UserDeps) {
  const logoutAllRoute = createRoute({
    ...TAGS,
    method: "post",
    path: "/auth/logout-all",
    summary: "End all sessions of the caller",
    description: LOGOUT_ALL_DESCRIPTION,
    security: [{ userToken: [] }],
    middleware: requireUser(deps),
    responses: { 200: json(MessageResponse), ...errors(401, 503) },
  });
  return createRoutes()
    .openapi(refreshRoute, async (c) => {
      const token = await readRefreshToken(c);
      if (token === undefined) {
        throw new DomainError("VALIDATION_FAILED", REFRESH_REQUIRED, {
          details: [{ path: "refresh_token", message: REFRESH_REQUIRED }],
        });
      }
      return c.json(await refreshSession(deps, token), 200);
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
