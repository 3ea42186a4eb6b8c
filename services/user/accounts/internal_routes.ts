import { requireInternalKey } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import type { UserDeps } from "../deps.ts";
import { toVerifiedResponse, VerifiedResponse, VerifyTokenRequest } from "../sessions/wire.ts";
import { searchUsers } from "./search_users.ts";
import {
  FoundUsersResponse,
  ProfileResponse,
  SearchUsersRequest,
  toContact,
  toProfileResponse,
  UserIdParams,
  UsersRequest,
  UsersResponse,
} from "./wire.ts";
import { findUser, findUsers } from "./users_sql.ts";
import { verifyToken } from "../sessions/verify_token.ts";

const verifyRoute = route({
  method: "post",
  path: "/internal/auth/verify",
  operationId: "verifyToken",
  tags: ["Internal"],
  summary: "Verify an access token",
  description: "Answers the user that it belongs to.",
  request: { body: jsonBody(VerifyTokenRequest) },
  responses: { 200: json(VerifiedResponse), ...errors(400, 401, 403) },
});

const userRoute = route({
  method: "get",
  path: "/internal/users/{id}",
  operationId: "getUser",
  tags: ["Internal"],
  summary: "Get a user",
  description: "For other services.",
  request: { params: UserIdParams },
  responses: { 200: json(ProfileResponse), ...errors(400, 401, 403, 404) },
});

const batchRoute = route({
  method: "post",
  path: "/internal/users/batch",
  operationId: "getUsers",
  tags: ["Internal"],
  summary: "Get several users by id",
  description: "To write to them; unknown ids are left out.",
  request: { body: jsonBody(UsersRequest) },
  responses: { 200: json(UsersResponse), ...errors(400, 401, 403) },
});

const searchRoute = route({
  method: "post",
  path: "/internal/users/search",
  operationId: "searchUsers",
  tags: ["Internal"],
  summary: "Find users among some by name or e-mail",
  description: "The text is looked for anywhere, regardless of case and accents.",
  request: { body: jsonBody(SearchUsersRequest) },
  responses: { 200: json(FoundUsersResponse), ...errors(400, 401, 403, 413) },
});

/** Routes for other services only. */
export function internalRoutes(deps: UserDeps) {
  const app = createRoutes();
  app.use("/internal/*", requireInternalKey({ keys: deps.internalApiKeys }));
  return app
    .openapi(verifyRoute, async (c) => {
      const user = await verifyToken(deps, c.req.valid("json").token);
      return c.json(toVerifiedResponse(user), 200);
    })
    .openapi(batchRoute, async (c) => {
      const users = await findUsers(deps.sql, c.req.valid("json").user_ids);
      return c.json({ users: users.map(toContact) }, 200);
    })
    .openapi(searchRoute, async (c) => {
      const { text, user_ids: userIds } = c.req.valid("json");
      return c.json({ user_ids: await searchUsers(deps, { text, userIds }) }, 200);
    })
    .openapi(userRoute, async (c) => {
      const user = await findUser(deps.sql, c.req.valid("param").id);
      if (!user) throw new DomainError("USER_NOT_FOUND");
      return c.json(toProfileResponse(user), 200);
    });
}
