import { createRoute } from "@hono/zod-openapi";
import { readRefreshToken, REFRESH_TOKEN_BODY } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import { createRoutes, errors, json, jsonBody } from "@evently/shared/http";
import type { UserDeps } from "../deps.ts";
import { LogoutRequest } from "../schemas/requests.ts";
import { MessageResponse, TokensResponse } from "../schemas/responses.ts";
import { refreshSession } from "../verbs/refresh_session.ts";

const refreshRoute = createRoute({
  method: "post",
  path: "/auth/refresh",
  tags: ["Accounts"],
  summary: "Trade a refresh token, in the body or as Bearer, for new tokens",
  request: { body: REFRESH_TOKEN_BODY },
  responses: { 200: json(TokensResponse), ...errors(400, 401, 413, 503) },
});

const logoutRoute = createRoute({
  method: "post",
  path: "/auth/logout",
  tags: ["Accounts"],
  summary: "End the session of a refresh token",
  request: { body: jsonBody(LogoutRequest) },
  responses: { 200: json(MessageResponse), ...errors(400, 413, 503) },
});

/** How a session goes on, and ends. */
export function sessionRoutes(deps: UserDeps) {
  return createRoutes()
    .openapi(refreshRoute, async (c) => {
      const token = await readRefreshToken(c);
      if (token === undefined) {
        throw new DomainError("VALIDATION_FAILED", "Refresh token is required");
      }
      return c.json(await refreshSession(deps, token), 200);
    })
    .openapi(logoutRoute, async (c) => {
      await deps.refreshTokens.revoke(c.req.valid("json").refresh_token);
      return c.json({ message: "success" }, 200);
    });
}
