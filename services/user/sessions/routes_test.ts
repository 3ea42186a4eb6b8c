import assert from "node:assert/strict";
import { adminsToken, createWorld, type World } from "../testing/world.ts";

const REFRESH = "POST /api/v1/auth/refresh";
const LOGOUT = "POST /api/v1/auth/logout";
const LOGOUT_ALL = "POST /api/v1/auth/logout-all";
const PROFILE = "GET /api/v1/users/profile";
const WEEK_MS = 168 * 3_600_000;

Deno.test("a refresh token in the body gives new tokens for its user", async () => {
  await using world = await createWorld();
  const user = await world.register();
  const { status, body } = await refresh(world, user.refresh_token);
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body), ["access_token", "refresh_token"]);
  assert.equal(await world.context.tokens.verifyUser(body.access_token), user.user_id);
  assert.equal((await refresh(world, body.refresh_token)).status, 200);
});

Deno.test("a refresh token as Bearer does the same, whatever the body is", async () => {
  await using world = await createWorld();
  for (const body of [undefined, "", "{", "[]", "null", {}, { refresh_token: 5 }]) {
    const { refresh_token } = await world.register();
    assert.equal((await world.send(REFRESH, { bearer: refresh_token, body })).status, 200);
  }
});

Deno.test("the body's refresh token comes before the Bearer token", async () => {
  await using world = await createWorld();
  const { refresh_token, access_token } = await world.register();
  const { status } = await world.send(REFRESH, { body: { refresh_token }, bearer: access_token });
  assert.equal(status, 200);
});

Deno.test("refresh() ends the session when a token is reused after the grace", async () => {
  await using world = await createWorld();
  const { refresh_token } = await world.register();
  const second = await refresh(world, refresh_token);
  world.context.clock.advance(world.context.refreshTokenRules.reuseGraceMs);
  const reuse = await refresh(world, refresh_token);
  assert.deepEqual([reuse.status, reuse.body.error], [401, "Invalid or expired refresh token"]);
  assert.equal((await refresh(world, second.body.refresh_token)).status, 401);
});

Deno.test("refresh() keeps concurrent tabs and retries logged in", async () => {
  await using world = await createWorld();
  for (let round = 0; round < 10; round++) {
    const { refresh_token } = await world.register();
    const tabs = await Promise.all(Array.from({ length: 5 }, () => refresh(world, refresh_token)));
    tabs.push(await refresh(world, refresh_token));
    for (const { status, body } of tabs) {
      assert.equal(status, 200);
      const profile = await world.send(PROFILE, { bearer: body.access_token });
      assert.equal(profile.status, 200);
      assert.equal((await refresh(world, body.refresh_token)).status, 200);
    }
  }
});

Deno.test("answers with tokens forbid caches to keep them, refusals too", async () => {
  await using world = await createWorld();
  const { email, password, refresh_token } = await world.register();
  const answers = [
    await world.send("POST /api/v1/auth/register", {
      body: { email: `${crypto.randomUUID()}@mail.example`, password, name: "Asha" },
    }),
    await world.send("POST /api/v1/auth/login", { body: { email, password } }),
    await refresh(world, refresh_token),
    await refresh(world, "nonsense"),
  ];
  assert.deepEqual(answers.map(({ status }) => status), [201, 200, 200, 401]);
  for (const { headers } of answers) assert.equal(headers.get("Cache-Control"), "no-store");
});

Deno.test("refresh() refuses expired tokens, access tokens and malformed ones", async () => {
  await using world = await createWorld();
  const { refresh_token, access_token } = await world.register();
  world.context.clock.advance(WEEK_MS);
  for (const token of [refresh_token, access_token, "nonsense", "nul\u0000"]) {
    const { status, body } = await refresh(world, token);
    assert.deepEqual([status, body.error], [401, "Invalid or expired refresh token"]);
  }
});

Deno.test("a refresh without a token says what is wrong with it", async () => {
  await using world = await createWorld();
  const refusals: [unknown, string][] = [
    [undefined, "Refresh token is required"],
    [{}, "Refresh token is required"],
    [[], "Refresh token is required"],
    [{ refresh_token: "" }, "Refresh token is required"],
    [{ refresh_token: 5 }, "refresh_token must be a string"],
    ["{", "Invalid JSON in request body"],
  ];
  for (const [body, error] of refusals) {
    const answer = await world.send(REFRESH, { body });
    assert.deepEqual([answer.status, answer.body.error], [400, error]);
  }
});

Deno.test("logging out ends that session, and no other of the user", async () => {
  await using world = await createWorld();
  const { email, password, refresh_token } = await world.register();
  const other = await world.send("POST /api/v1/auth/login", { body: { email, password } });

  const { status, body } = await world.send(LOGOUT, { body: { refresh_token } });

  assert.deepEqual([status, body], [200, { message: "success" }]);
  assert.equal((await refresh(world, refresh_token)).status, 401);
  assert.equal((await refresh(world, other.body.refresh_token)).status, 200);
});

Deno.test("logging out twice is no error, without a token it is", async () => {
  await using world = await createWorld();
  const { refresh_token } = await world.register();
  for (const token of [refresh_token, refresh_token, "unknown"]) {
    assert.equal((await world.send(LOGOUT, { body: { refresh_token: token } })).status, 200);
  }
  const { status, body } = await world.send(LOGOUT, { body: {} });
  assert.deepEqual([status, body.error], [400, "Refresh token is required"]);
});

Deno.test("logout-all ends all sessions of the caller and of nobody else", async () => {
  await using world = await createWorld();
  const { email, password, access_token, refresh_token } = await world.register();
  const other = await world.register();
  const login = await world.send("POST /api/v1/auth/login", { body: { email, password } });

  const { status, body } = await world.send(LOGOUT_ALL, { bearer: access_token });

  assert.deepEqual([status, body], [200, { message: "success" }]);
  for (const token of [refresh_token, login.body.refresh_token]) {
    assert.equal((await refresh(world, token)).status, 401);
  }
  assert.equal((await refresh(world, other.refresh_token)).status, 200);
  const until = await world.send(PROFILE, { bearer: access_token });
  assert.equal(until.status, 200, "access tokens live out their time");
});

Deno.test("logging out everywhere needs a user's access token", async () => {
  await using world = await createWorld();
  const { refresh_token } = await world.register();
  for (const bearer of [undefined, refresh_token, "nonsense", await adminsToken(world)]) {
    const { status } = await world.send(LOGOUT_ALL, bearer === undefined ? {} : { bearer });
    assert.equal(status, 401);
  }
  assert.equal((await refresh(world, refresh_token)).status, 200);
});

function refresh(world: World, refreshToken: string) {
  return world.send(REFRESH, { body: { refresh_token: refreshToken } });
}
