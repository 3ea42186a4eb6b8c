import { createRoute } from "@hono/zod-openapi";
import { requireInternalKey } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import { createRoutes, errors, json, jsonBody } from "@evently/shared/http";
import type { UserDeps } from "../deps.ts";
import { UserIdParams, VerifyTokenRequest } from "./requests.ts";
import { ProfileResponse, toProfileResponse, VerifiedResponse } from "./responses.ts";
import { findUser } from "./users_sql.ts";
import { verifyToken } from "../sessions/verify_token.ts";

const verifyRoute = createRoute({
  method: "post",
  path: "/internal/auth/verify",
  hide: true,
  request: { body: jsonBody(VerifyTokenRequest) },
  responses: { 200: json(VerifiedResponse), ...errors(400, 401, 403) },
});

const userRoute = createRoute({
  method: "get",
  path: "/internal/users/{id}",
  hide: true,
  request: { params: UserIdParams },
  responses: { 200: json(ProfileResponse), ...errors(400, 401, 403, 404) },
});

/** What only the platform's own services may ask. */
export function internalRoutes(deps: UserDeps) {
  const app = createRoutes();
  app.use("/internal/*", requireInternalKey({ key: deps.internalApiKey }));
  return app
    .openapi(verifyRoute, async (c) => {
      const { user_id, email } = await verifyToken(deps, c.req.valid("json").token);
      return c.json({ user_id, email, valid: true as const }, 200);
    })
    .openapi(userRoute, async (c) => {
      const user = await findUser(deps.sql, c.req.valid("param").id);
      if (!user) throw new DomainError("USER_NOT_FOUND");
      return c.json(toProfileResponse(user), 200);
    });
}
