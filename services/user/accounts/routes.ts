import { createRoute } from "@hono/zod-openapi";
import { LoginRequest, noStore, RegisterRequest } from "@evently/shared/auth";
import { createRoutes, errors, json, jsonBody } from "@evently/shared/http";
import type { UserDeps } from "../deps.ts";
import { SessionResponse, toSessionResponse } from "./responses.ts";
import { logIn } from "../sessions/log_in.ts";
import { register } from "./register.ts";

/** How a user gets in. */
export function accountRoutes(deps: UserDeps) {
  const registerRoute = createRoute({
    method: "post",
    path: "/auth/register",
    tags: ["Accounts"],
    summary: "Make an account and log in",
    middleware: [noStore(), deps.limits.perAddress("register")],
    request: { body: jsonBody(RegisterRequest) },
    responses: { 201: json(SessionResponse), ...errors(400, 409, 413, 429, 503) },
  });
  const loginRoute = createRoute({
    method: "post",
    path: "/auth/login",
    tags: ["Accounts"],
    summary: "Log in",
    middleware: [noStore(), deps.limits.perAddress("login")],
    request: { body: jsonBody(LoginRequest) },
    responses: { 200: json(SessionResponse), ...errors(400, 401, 413, 429, 503) },
  });
  return createRoutes()
    .openapi(registerRoute, async (c) => {
      const session = await register(deps, c.req.valid("json"));
      return c.json(toSessionResponse(session), 201);
    })
    .openapi(loginRoute, async (c) => {
      const credentials = c.req.valid("json");
      const session = await deps.limits.limitGuesses(
        c,
        credentials,
        () => logIn(deps, credentials),
      );
      return c.json(toSessionResponse(session), 200);
    });
}
