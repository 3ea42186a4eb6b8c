import assert from "node:assert/strict";
import { internalKeyHeaders } from "@evently/shared/auth";
import { TEST_INTERNAL_KEY } from "@evently/shared/testing";
import { adminsToken, createWorld, strangersToken } from "../testing/world.ts";

const VERIFY = "POST /internal/auth/verify";
const HEADERS = { headers: internalKeyHeaders(TEST_INTERNAL_KEY) };

Deno.test("verify says for which user a token speaks", async () => {
  await using world = await createWorld();
  const { user_id, email, access_token } = await world.register();
  const { status, body } = await world.send(VERIFY, { ...HEADERS, body: { token: access_token } });
  assert.deepEqual([status, body], [200, { user_id, email, valid: true }]);
});

Deno.test("verify refuses what is no token of a user who exists", async () => {
  await using world = await createWorld();
  const { refresh_token } = await world.register();
  const refusals: [unknown, number, string][] = [
    [{}, 400, "Token is required"],
    [{ token: "" }, 400, "Token is required"],
    [{ token: "nonsense" }, 401, "Invalid token"],
    [{ token: refresh_token }, 401, "Invalid token"],
    [{ token: await adminsToken(world) }, 401, "Invalid token"],
    [{ token: await strangersToken(world) }, 401, "User not found"],
  ];
  for (const [body, status, error] of refusals) {
    const answer = await world.send(VERIFY, { ...HEADERS, body });
    assert.deepEqual([answer.status, answer.body.error], [status, error]);
  }
});

Deno.test("a user is found by id", async () => {
  await using world = await createWorld();
  const { user_id, email } = await world.register();
  const { status, body } = await world.send(
    `GET /internal/users/${user_id.toUpperCase()}`,
    HEADERS,
  );
  assert.deepEqual([status, body], [200, {
    user_id,
    email,
    name: "Asha Rao",
    phone_number: "+91 98200 10001",
    created_at: world.context.clock.now().toISOString(),
    language: "en",
    email_verified: false,
  }]);
});

Deno.test("several users are found at once; unknown ids are left out", async () => {
  await using world = await createWorld();
  const users = [await world.register(), await world.register()];
  const ids = users.map(({ user_id }) => user_id);
  const ask = (userIds: unknown) =>
    world.send("POST /internal/users/batch", { ...HEADERS, body: { user_ids: userIds } });
  const { status, body } = await ask([...ids, crypto.randomUUID()]);
  assert.equal(status, 200);
  assert.deepEqual(body.users.map(({ user_id }) => user_id).sort(), ids.sort());
  assert.equal((await ask(["1"])).status, 400);
  assert.equal((await ask(Array.from({ length: 101 }, () => ids[0]))).status, 400);
  assert.equal((await world.send("POST /internal/users/batch", { body: {} })).status, 401);
});

Deno.test("users among some are found by name or e-mail, whatever the case and accents", async () => {
  await using world = await createWorld();
  const [asha, rene, outside] = [
    await world.register(),
    await world.register(),
    await world.register(),
  ];
  for (const [{ user_id }, name] of [[asha, "Asha Rao"], [rene, "René Rao"]] as const) {
    await world.sql`UPDATE users SET name = ${name} WHERE user_id = ${user_id}`;
  }
  const ids = [asha.user_id, rene.user_id];
  async function found(text: string): Promise<string[]> {
    const body = { text, user_ids: [...ids, crypto.randomUUID()] };
    const answer = await world.send("POST /internal/users/search", { ...HEADERS, body });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.user_ids.sort();
  }
  assert.deepEqual(await found("RENE"), [rene.user_id]);
  assert.deepEqual(await found("rao"), ids.toSorted());
  assert.deepEqual(await found(rene.email.toUpperCase()), [rene.user_id]);
  assert.deepEqual(await found(outside.email), [], "not among those");
  assert.deepEqual(await found("nobody"), []);
  const send = (body: unknown) => world.send("POST /internal/users/search", { ...HEADERS, body });
  const none = await send({ text: "", user_ids: ids });
  assert.deepEqual([none.status, none.body.error], [400, "text is required"]);
  assert.equal((await send({ text: "a", user_ids: Array(5_001).fill(ids[0]) })).status, 400);
  assert.equal((await world.send("POST /internal/users/search", { body: {} })).status, 401);
});

Deno.test("an unknown user is 404, and what is no id is 400", async () => {
  await using world = await createWorld();
  for (const id of [crypto.randomUUID(), "00000000-0000-0000-0000-000000000000"]) {
    const { status, body } = await world.send(`GET /internal/users/${id}`, HEADERS);
    assert.deepEqual([status, body.error], [404, "User not found"]);
  }
  for (const id of ["1", "%00", "a".repeat(5_000)]) {
    const { status, body } = await world.send(`GET /internal/users/${id}`, HEADERS);
    assert.deepEqual([status, body.error], [400, "Invalid user ID format"]);
  }
});

Deno.test("no internal route opens without the internal key", async () => {
  await using world = await createWorld();
  const { user_id, access_token } = await world.register();
  for (const route of [VERIFY, `GET /internal/users/${user_id}`]) {
    const body = route === VERIFY ? { body: { token: access_token } } : {};
    const none = await world.send(route, { ...body, bearer: access_token });
    assert.deepEqual([none.status, none.body.error], [401, "Missing or invalid API key"]);
    const wrong = await world.send(route, { ...body, headers: internalKeyHeaders("wrong") });
    assert.deepEqual([wrong.status, wrong.body.error], [403, "Invalid API key"]);
  }
});
