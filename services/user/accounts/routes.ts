import { noStore, RegisterRequest } from "@evently/shared/auth";
import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import type { UserDeps } from "../deps.ts";
import { SessionResponse, toSessionResponse } from "../sessions/wire.ts";
import { register } from "./register.ts";

/** Public route that creates accounts. */
export function accountRoutes(deps: UserDeps) {
  const registerRoute = route({
    method: "post",
    path: "/auth/register",
    operationId: "registerUser",
    tags: ["Accounts"],
    summary: "Register an account",
    description: "Logs the new user in.",
    middleware: [noStore(), deps.limits.perAddress("register")],
    request: { body: jsonBody(RegisterRequest) },
    responses: { 201: json(SessionResponse), ...errors(400, 409, 413, 429, 503) },
  });
  return createRoutes().openapi(registerRoute, async (c) => {
    const { phone_number: phoneNumber, language, ...account } = c.req.valid("json");
    const session = await register(deps, { ...account, phoneNumber, language });
    return c.json(toSessionResponse(session), 201);
  });
}
