import assert from "node:assert/strict";
import { openArgon2 } from "@evently/shared/auth";
import { createEventWorld, type EventWorld, type Json } from "../testing/world.ts";

const PASSWORD = "correct horse";
const INVALID_REFRESH = "Invalid or expired refresh token";

function register(world: EventWorld, fields: Record<string, unknown> = {}, token?: string) {
  const body = { email: "asha@example.com", password: PASSWORD, name: "Asha", ...fields };
  return world.send("POST", "/auth/admin/register", { body, ...(token ? { token } : {}) });
}

function login(world: EventWorld, fields: Record<string, unknown> = {}) {
  const body = { email: "asha@example.com", password: PASSWORD, ...fields };
  return world.send("POST", "/auth/admin/login", { body });
}

function bearer(token: string) {
  return { headers: { Authorization: `Bearer ${token}` } };
}

/** Asserts that a session has its keys in the contract's order and that its tokens work. */
async function assertSession(world: EventWorld, body: Json, role: string): Promise<void> {
  assert.deepEqual(Object.keys(body), [
    "admin_id",
    "email",
    "name",
    "role",
    "permissions",
    "access_token",
    "refresh_token",
  ]);
  assert.equal(body.role, role);
  assert.equal(body.permissions, "{}");
  assert.equal(
    (await world.send("GET", "/admin/events", { token: body.access_token })).status,
    200,
  );
}

Deno.test("a registered admin is an event manager and logs in with the e-mail in any case", async () => {
  await using world = await createEventWorld();
  const registered = await register(world, { phone_number: "+91 98200 10001" });
  assert.equal(registered.status, 201);
  await assertSession(world, registered.body, "event_manager");

  const loggedIn = await login(world, { email: "ASHA@example.com" });
  assert.equal(loggedIn.status, 200);
  await assertSession(world, loggedIn.body, "event_manager");
  assert.equal(loggedIn.body.admin_id, registered.body.admin_id);
});

Deno.test("registration names missing and malformed fields", async () => {
  await using world = await createEventWorld();
  const required = "Email, password, and name are required";
  const cases: [Record<string, unknown>, string | undefined][] = [
    [{ email: undefined }, required],
    [{ password: "" }, required],
    [{ name: null }, required],
    [{ email: "asha" }, "Invalid email format"],
    [{ password: "short" }, undefined],
    [{ password: "x".repeat(129) }, undefined],
    [{ role: "owner" }, undefined],
    [{ name: "a\u0000b" }, undefined],
    [{ name: "x".repeat(300) }, undefined],
  ];
  for (const [fields, error] of cases) {
    const answer = await register(world, fields);
    assert.equal(answer.status, 400, JSON.stringify(fields));
    if (error !== undefined) assert.equal(answer.body.error, error);
  }
  assert.equal((await world.sql`SELECT FROM admins`).length, 0);
});

Deno.test("one of several concurrent registrations of an e-mail succeeds", async () => {
  await using world = await createEventWorld();
  const emails = ["asha@example.com", "Asha@example.com", "ASHA@EXAMPLE.COM"];
  const answers = await Promise.all(emails.map((email) => register(world, { email })));
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409, 409]);
  const loser = answers.find(({ status }) => status === 409);
  assert.equal(loser?.body.error, "Email already exists");
});

Deno.test("an international address is one account in every form of its domain", async () => {
  await using world = await createEventWorld();
  const { body } = await register(world, { email: "Info@münchen.de" });
  assert.equal(body.email, "Info@münchen.de");
  const email = "info@xn--mnchen-3ya.de";
  assert.equal((await register(world, { email })).status, 409);
  assert.equal((await login(world, { email })).body.admin_id, body.admin_id);
});

Deno.test("only a super admin registers admins of other roles", async () => {
  await using world = await createEventWorld();
  const manager = await world.actor();
  const superAdmin = await world.actor("super_admin");
  for (const role of ["analyst", "super_admin"]) {
    for (const token of [undefined, manager.token]) {
      const refused = await register(world, { role }, token);
      assert.equal(refused.status, 403);
      assert.match(refused.body.error, /^Forbidden: /);
    }
    const email = `${role}@example.com`;
    const made = await register(world, { role, email }, superAdmin.token);
    assert.equal(made.status, 201);
    await assertSession(world, made.body, role);
  }
  assert.equal((await register(world, {}, "nonsense")).status, 401);
});

Deno.test("with closed registration only a super admin registers admins", async () => {
  await using world = await createEventWorld({ adminRegistration: "closed" });
  const manager = await world.actor();
  const superAdmin = await world.actor("super_admin");
  for (const token of [undefined, manager.token]) {
    const refused = await register(world, {}, token);
    assert.equal(refused.status, 403);
    assert.equal(refused.body.code, "REGISTRATION_CLOSED");
  }
  assert.equal((await register(world, {}, superAdmin.token)).status, 201);
});

Deno.test("a wrong password and an unknown e-mail get the same refusal", async () => {
  await using world = await createEventWorld();
  await register(world);
  for (const fields of [{ password: "wrong horse" }, { email: "nobody@example.com" }]) {
    const refused = await login(world, fields);
    assert.equal(refused.status, 401);
    assert.equal(refused.body.error, "Incorrect email or password");
  }
  for (const fields of [{ password: undefined }, { email: "" }]) {
    const refused = await login(world, fields);
    assert.equal(refused.status, 400);
    assert.equal(refused.body.error, "Email and password are required");
  }
});

Deno.test("password guesses are limited without locking the owner out", async () => {
  const limits = { guessesPerEmail: 2, requestsPerAddress: 0, mailsPerHour: 0 };
  await using world = await createEventWorld({ limits });
  await register(world);
  const statuses = [];
  for (const password of ["guess one", "guess two", "guess three"]) {
    statuses.push((await login(world, { password })).status);
  }
  assert.deepEqual(statuses, [401, 401, 429]);
  const refused = await login(world, { password: "guess four" });
  assert.ok(Number(refused.headers.get("Retry-After")) > 0);
  assert.equal((await login(world)).status, 200);
});

Deno.test("a hash of the old text form still verifies and is replaced", async () => {
  await using world = await createEventWorld();
  const composed = "Amélie pass";
  const decomposed = composed.normalize("NFD");
  await register(world);
  const hash = await (await openArgon2()).hash(new TextEncoder().encode(decomposed));
  await world.sql`UPDATE admins SET password_hash = ${hash}`;
  const statuses = [];
  for (const password of [composed, decomposed, composed]) {
    statuses.push((await login(world, { password })).status);
  }
  assert.deepEqual(statuses, [401, 200, 200]);
});

Deno.test("registrations are limited per address", async () => {
  const limits = { guessesPerEmail: 0, requestsPerAddress: 1, mailsPerHour: 0 };
  await using world = await createEventWorld({ limits });
  assert.equal((await register(world)).status, 201);
  assert.equal((await register(world, { email: "b@example.com" })).status, 429);
});

Deno.test("a refresh token works once, as Bearer or in the body; reuse ends the session", async () => {
  await using world = await createEventWorld();
  const { body: { refresh_token } } = await register(world);
  const refresh = (sent: Record<string, unknown>) =>
    world.send("POST", "/auth/admin/refresh", sent);

  const first = await refresh(bearer(refresh_token));
  assert.equal(first.status, 200);
  assert.deepEqual(Object.keys(first.body), ["access_token", "refresh_token"]);
  const second = await refresh({ body: { refresh_token: first.body.refresh_token } });
  assert.equal(second.status, 200);
  const { access_token } = second.body;
  assert.equal((await world.send("GET", "/admin/events", { token: access_token })).status, 200);

  world.clock.advance(world.context.refreshTokenRules.reuseGraceMs);
  const reused = await refresh(bearer(refresh_token));
  assert.equal(reused.status, 401);
  assert.equal(reused.body.error, INVALID_REFRESH);
  const ended = await refresh(bearer(second.body.refresh_token));
  assert.equal(ended.status, 401, "reuse ends the whole session");
});

Deno.test("a refresh issues the admin's current role", async () => {
  await using world = await createEventWorld();
  const { body: { admin_id, refresh_token } } = await register(world);
  await world.sql`UPDATE admins SET role = 'analyst' WHERE admin_id = ${admin_id}`;
  const { body } = await world.send("POST", "/auth/admin/refresh", bearer(refresh_token));
  const admin = await world.context.tokens.verifyAdmin(body.access_token);
  assert.equal(admin?.role, "analyst");
});

Deno.test("refresh and logout without a token answer 401", async () => {
  await using world = await createEventWorld();
  for (const path of ["/auth/admin/refresh", "/auth/admin/logout"]) {
    for (const sent of [{}, { body: {} }]) {
      assert.equal((await world.send("POST", path, sent)).status, 401);
    }
  }
});

Deno.test("logout ends the session, with the token as Bearer or in the body", async () => {
  await using world = await createEventWorld();
  await register(world);
  const ways = [bearer, (refreshToken: string) => ({ body: { refresh_token: refreshToken } })];
  for (const way of ways) {
    const { body: { refresh_token } } = await login(world);
    const out = await world.send("POST", "/auth/admin/logout", way(refresh_token));
    assert.equal(out.status, 200);
    assert.deepEqual(out.body, { message: "Admin logged out successfully" });
    const refused = await world.send("POST", "/auth/admin/refresh", bearer(refresh_token));
    assert.equal(refused.status, 401);
  }
});

Deno.test("logout refuses unknown and expired tokens", async () => {
  await using world = await createEventWorld();
  const { body: { access_token, refresh_token } } = await register(world);
  const logout = (sent: Record<string, unknown>) => world.send("POST", "/auth/admin/logout", sent);
  const foreign = "A".repeat(refresh_token.length);
  for (const token of ["nonsense", foreign, access_token]) {
    for (const sent of [bearer(token), { body: { refresh_token: token } }]) {
      const refused = await logout(sent);
      assert.deepEqual([refused.status, refused.body.error], [401, INVALID_REFRESH]);
    }
  }
  assert.equal((await logout(bearer(refresh_token))).status, 200);
  assert.equal((await logout(bearer(refresh_token))).status, 200, "a retry is no error");
  world.clock.advance(world.context.refreshTokenRules.ttlMs);
  assert.equal((await logout(bearer(refresh_token))).status, 401);
});

Deno.test("concurrent refreshes of one session all succeed", async () => {
  await using world = await createEventWorld();
  const { body: { refresh_token } } = await register(world);
  const refresh = (token: string) => world.send("POST", "/auth/admin/refresh", bearer(token));
  const tabs = await Promise.all(Array.from({ length: 5 }, () => refresh(refresh_token)));
  tabs.push(await refresh(refresh_token));
  for (const { status, body } of tabs) {
    assert.equal(status, 200);
    const { access_token } = body;
    assert.equal((await world.send("GET", "/admin/events", { token: access_token })).status, 200);
    assert.equal((await refresh(body.refresh_token)).status, 200);
  }
});

Deno.test("logout-all ends all sessions of the admin and of no other", async () => {
  await using world = await createEventWorld();
  const { body: registered } = await register(world);
  const { body: loggedIn } = await login(world);
  const { body: other } = await register(world, { email: "kabir@example.com" });
  const refresh = async (token: string) =>
    (await world.send("POST", "/auth/admin/refresh", bearer(token))).status;
  const logOutAll = (sent: Record<string, unknown>) =>
    world.send("POST", "/auth/admin/logout-all", sent);

  const userId = registered.admin_id;
  const usersToken = await world.context.tokens.issueForUser(userId);
  for (const token of [registered.refresh_token, usersToken, "nonsense"]) {
    assert.equal((await logOutAll({ token })).status, 401);
  }
  assert.equal((await logOutAll({})).status, 401);

  const out = await logOutAll({ token: registered.access_token });
  assert.deepEqual([out.status, out.body], [200, {
    message: "Admin logged out of all sessions successfully",
  }]);
  assert.equal(await refresh(registered.refresh_token), 401);
  assert.equal(await refresh(loggedIn.refresh_token), 401);
  assert.equal(await refresh(other.refresh_token), 200);
});

Deno.test("answers with an organiser's tokens forbid caches to keep them", async () => {
  await using world = await createEventWorld();
  const registered = await register(world);
  const { refresh_token } = registered.body;
  const refreshed = await world.send("POST", "/auth/admin/refresh", bearer(refresh_token));
  for (const { headers } of [registered, await login(world), refreshed]) {
    assert.equal(headers.get("Cache-Control"), "no-store");
  }
});
