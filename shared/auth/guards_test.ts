import assert from "node:assert/strict";
import { ManualClock } from "../clock.ts";
import { createServiceApp } from "../http/mod.ts";
import { newId } from "../ids.ts";
import { SILENT_LOGGER } from "../log.ts";
import { internalKeyHeaders, requireInternalKey } from "./internal_key.ts";
import { AccessTokens, type AdminRole } from "./jwt.ts";
import { type AdminVariables, requireAdmin } from "./require_admin.ts";
import { requireUser, type UserVariables } from "./require_user.ts";

const KEY = "the-internal-key";
const NO_TOKEN = "Unauthorized: missing or invalid authorization header";
const clock = new ManualClock();
const tokens = new AccessTokens({ secrets: ["s".repeat(32)], ttlMs: 60_000, clock });

/** An app with one route behind each guard. */
const app = createServiceApp<UserVariables & AdminVariables>(
  { log: SILENT_LOGGER, corsOrigins: "any" },
  "test",
);
app.get("/internal", requireInternalKey({ keys: [KEY] }), (c) => c.text("in"));
app.get("/user", requireUser({ tokens }), (c) => c.text(c.get("userId")));
app.get("/admin", requireAdmin({ tokens }), (c) => c.text(c.get("admin").adminId));
app.get("/managers", requireAdmin({ tokens, roles: ["event_manager"] }), (c) => c.text("in"));

Deno.test("the internal key opens, in either header", async () => {
  for (const headers of [internalKeyHeaders(KEY), { Authorization: `ApiKey ${KEY}` }]) {
    assert.deepEqual(await get("/internal", headers), [200, "in"]);
  }
});

Deno.test("no internal key is 401, another one is 403", async () => {
  const none = [{}, { Authorization: `Bearer ${KEY}` }, { Authorization: "ApiKey" }, {
    "X-API-Key": "",
  }];
  for (const headers of none) {
    assert.deepEqual(await get("/internal", headers), [401, "Missing or invalid API key"]);
  }
  for (const key of [`${KEY}x`, KEY.slice(1), KEY.toUpperCase(), "*"]) {
    assert.deepEqual(await get("/internal", { "X-API-Key": key }), [403, "Invalid API key"]);
  }
});

Deno.test("each of two internal keys opens while one replaces the other", async () => {
  const both = createServiceApp({ log: SILENT_LOGGER, corsOrigins: "any" });
  both.get("/internal", requireInternalKey({ keys: [KEY, "the-former-key"] }), (c) => c.text("in"));
  const statusOf = async (key: string) =>
    (await both.request("/internal", { headers: internalKeyHeaders(key) })).status;
  assert.deepEqual(
    [await statusOf(KEY), await statusOf("the-former-key"), await statusOf("the-former")],
    [200, 200, 403],
  );
});

Deno.test("a user's token opens a user's route, and no admin's", async () => {
  const userId = newId();
  const headers = bearer(await tokens.issueForUser(userId));
  assert.deepEqual(await get("/user", headers), [200, userId]);
  assert.deepEqual(await get("/admin", headers), [401, "Unauthorized: invalid admin token"]);
});

Deno.test("an admin's token opens an admin's route of their role, and no user's", async () => {
  const analyst = bearer(await adminToken("analyst"));
  assert.equal((await get("/admin", analyst))[0], 200);
  assert.deepEqual(await get("/managers", analyst), [
    403,
    "Forbidden: role analyst may not do this",
  ]);
  assert.deepEqual(await get("/user", analyst), [401, "Unauthorized: invalid token"]);
  assert.equal((await get("/managers", bearer(await adminToken("event_manager"))))[0], 200);
});

Deno.test("an Authorization header that is no Bearer token is 401", async () => {
  const token = await tokens.issueForUser(newId());
  const headers = [
    "",
    "Bearer",
    "Bearer ",
    token,
    `Basic ${token}`,
    `Bearer ${token} x`,
    "Bearer a,b",
  ];
  for (const path of ["/user", "/admin"]) {
    assert.deepEqual(await get(path, {}), [401, NO_TOKEN]);
    for (const Authorization of headers) {
      assert.deepEqual(await get(path, { Authorization }), [401, NO_TOKEN], Authorization);
    }
  }
});

Deno.test("the word Bearer may be written in any case", async () => {
  const token = await tokens.issueForUser(newId());
  assert.equal((await get("/user", { Authorization: `bEARER  ${token}` }))[0], 200);
});

function adminToken(role: AdminRole): Promise<string> {
  return tokens.issueForAdmin({ adminId: newId(), role, permissions: "{}" });
}

function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

/** The status, and the error's or the route's text. */
async function get(path: string, headers: Record<string, string>): Promise<[number, string]> {
  const response = await app.request(path, { headers });
  if (response.ok) return [response.status, await response.text()];
  return [response.status, (await response.json()).error];
}
