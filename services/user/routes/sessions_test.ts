import assert from "node:assert/strict";
import { createWorld, type World } from "../testing/world.ts";

const REFRESH = "POST /api/v1/auth/refresh";
const LOGOUT = "POST /api/v1/auth/logout";
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

Deno.test("a refresh token works once: used again, it ends the session", async () => {
  await using world = await createWorld();
  const { refresh_token } = await world.register();
  const second = await refresh(world, refresh_token);
  const reuse = await refresh(world, refresh_token);
  assert.deepEqual([reuse.status, reuse.body.error], [401, "Invalid or expired refresh token"]);
  assert.equal((await refresh(world, second.body.refresh_token)).status, 401);
});

Deno.test("a refresh token of a week ago is refused, as are an access token and nonsense", async () => {
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

function refresh(world: World, refresh_token: string) {
  return world.send(REFRESH, { body: { refresh_token } });
}
