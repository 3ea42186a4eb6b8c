import assert from "node:assert/strict";
import { createWorld } from "./testing/world.ts";

Deno.test("health routes return healthy and ready without Redis", async () => {
  await using world = await createWorld();
  world.context.redis.attempt = () => Promise.resolve(undefined);
  const healthy = await world.send("GET /healthz");
  const ready = await world.send("GET /health/ready");
  assert.deepEqual([healthy.status, Object.entries(healthy.body)], [200, [
    ["message", "User service is healthy"],
    ["service", "user-service"],
    ["status", "healthy"],
  ]]);
  assert.deepEqual([ready.status, ready.body.status], [200, "ready"]);
});

Deno.test("without its database the service returns 503 and is not ready", async () => {
  const world = await createWorld();
  await world[Symbol.asyncDispose]();
  for (const route of ["GET /health/ready", "POST /api/v1/auth/login"]) {
    const body = { email: "a@b.example", password: "11111111" };
    const answer = await world.send(route, route.startsWith("POST") ? { body } : {});
    assert.deepEqual([answer.status, answer.body.code], [503, "UNAVAILABLE"]);
    assert.ok(answer.headers.has("Retry-After"));
  }
});

Deno.test("GET /openapi.json describes the public and the internal routes", async () => {
  await using world = await createWorld();
  const { body } = await world.send("GET /openapi.json");
  assert.equal(at(body, "openapi"), "3.1.0");
  assert.deepEqual(Object.keys(at(body, "paths") as object), [
    "/healthz",
    "/health/ready",
    "/internal/auth/verify",
    "/internal/users/batch",
    "/internal/users/search",
    "/internal/users/{id}",
    "/api/v1/auth/register",
    "/api/v1/auth/forgot-password",
    "/api/v1/auth/reset-password",
    "/api/v1/auth/verify-email",
    "/api/v1/auth/login",
    "/api/v1/auth/refresh",
    "/api/v1/auth/logout",
    "/api/v1/auth/logout-all",
    "/api/v1/users/profile",
    "/api/v1/auth/verify-email/send",
    "/api/v1/users/bookings",
    "/api/v1/users/export",
    "/api/v1/users/account",
  ]);
  const profile = at(body, "paths", "/api/v1/users/profile", "get");
  assert.deepEqual(at(profile, "security"), [{ userToken: [] }]);
  assert.equal(at(body, "components", "securitySchemes", "userToken", "scheme"), "bearer");
  const register = at(body, "paths", "/api/v1/auth/register", "post", "requestBody");
  const { properties } = at(register, "content", "application/json", "schema") as {
    properties: Record<string, unknown>;
  };
  assert.deepEqual(properties["password"], { type: "string", minLength: 8, maxLength: 128 });
});

Deno.test("an unknown route is 404, and a wrong method 405 with Allow", async () => {
  await using world = await createWorld();
  assert.equal((await world.send("GET /api/v1/nothing")).status, 404);
  const { status, headers } = await world.send("GET /api/v1/auth/login");
  assert.deepEqual([status, headers.get("Allow")], [405, "OPTIONS, POST"]);
});

/** What is at a path of nested objects. */
function at(value: unknown, ...path: string[]): unknown {
  return path.reduce((inner, key) => (inner as Record<string, unknown>)[key], value);
}
