import assert from "node:assert/strict";
import { adminsToken, createWorld, strangersToken } from "../testing/world.ts";

const PROFILE = "/api/v1/users/profile";
const BOOKINGS = "/api/v1/users/bookings";

Deno.test("the profile is that of the caller, in the order of the contract", async () => {
  await using world = await createWorld();
  const user = await world.register();
  await world.register();
  const { status, body } = await world.send(`GET ${PROFILE}`, { bearer: user.access_token });
  assert.equal(status, 200);
  assert.deepEqual(Object.entries(body), [
    ["user_id", user.user_id],
    ["email", user.email],
    ["name", "Asha Rao"],
    ["phone_number", "+91 98200 10001"],
    ["created_at", world.context.clock.now().toISOString()],
    ["language", "en"],
    ["email_verified", false],
  ]);
});

Deno.test("a profile changes in what is sent, and only of the caller", async () => {
  await using world = await createWorld();
  const { access_token } = await world.register();
  const other = await world.register();
  const put = async (body: unknown) => {
    const answer = await world.send(`PUT ${PROFILE}`, { bearer: access_token, body });
    return [answer.status, answer.body.name, answer.body.phone_number];
  };

  assert.deepEqual(await put({}), [200, "Asha Rao", "+91 98200 10001"]);
  assert.deepEqual(await put({ name: " Asha R. " }), [200, "Asha R.", "+91 98200 10001"]);
  assert.deepEqual(await put({ phone_number: "100" }), [200, "Asha R.", "100"]);
  assert.deepEqual(await put({ name: null, phone_number: null }), [200, "Asha R.", "100"]);
  assert.deepEqual(await put({ phone_number: "" }), [200, "Asha R.", undefined]);

  const { body } = await world.send(`GET ${PROFILE}`, { bearer: other.access_token });
  assert.deepEqual([body.name, body.phone_number], ["Asha Rao", "+91 98200 10001"]);
});

Deno.test("PUT /users/profile with stored values changes nothing; an empty body is refused", async () => {
  await using world = await createWorld();
  const { access_token: bearer } = await world.register();
  const { body } = await world.send(`GET ${PROFILE}`, { bearer });
  world.context.clock.advance(1_000);
  const touched = async () =>
    (await world.sql`SELECT FROM users WHERE updated_at > created_at`).length;

  for (const same of [body, {}, { name: " Asha Rao " }, { phone_number: body.phone_number }]) {
    assert.deepEqual((await world.send(`PUT ${PROFILE}`, { bearer, body: same })).body, body);
  }
  assert.equal(await touched(), 0);
  const nothing = await world.send(`PUT ${PROFILE}`, { bearer });
  assert.deepEqual([nothing.status, nothing.body.error], [
    400,
    "Invalid JSON: the request has no body",
  ]);
  await world.send(`PUT ${PROFILE}`, { bearer, body: { phone_number: "" } });
  assert.equal(await touched(), 1);
});

Deno.test("a profile that breaks a rule is refused, and stays as it is", async () => {
  await using world = await createWorld();
  const { access_token } = await world.register();
  const refusals: [unknown, string][] = [
    [{ name: "" }, "name must not be empty"],
    [{ name: 5 }, "name must be a string"],
    [{ name: "A".repeat(201), phone_number: "" }, "name must have at most 200 characters"],
    [{ name: "B", phone_number: "1".repeat(33) }, "phone_number must have at most 32 characters"],
    [{ phone_number: "\u0000" }, "phone_number must not contain NUL characters"],
    ["{", "Invalid JSON in request body"],
  ];
  for (const [body, error] of refusals) {
    const answer = await world.send(`PUT ${PROFILE}`, { bearer: access_token, body });
    assert.deepEqual([answer.status, answer.body.error], [400, error]);
  }
  const { body } = await world.send(`GET ${PROFILE}`, { bearer: access_token });
  assert.deepEqual([body.name, body.phone_number], ["Asha Rao", "+91 98200 10001"]);
});

Deno.test("no route of users opens without a user's valid token", async () => {
  await using world = await createWorld();
  const { access_token: expired, refresh_token } = await world.register();
  world.context.clock.advance(15 * 60_000);
  const tokens = [undefined, "nonsense", refresh_token, expired, await adminsToken(world)];
  for (const route of [`GET ${PROFILE}`, `PUT ${PROFILE}`, `GET ${BOOKINGS}`]) {
    for (const bearer of tokens) {
      const { status, body } = await world.send(route, {
        ...(bearer === undefined ? {} : { bearer }),
        ...(route.startsWith("PUT") ? { body: { name: "B" } } : {}),
      });
      assert.deepEqual([status, body.error], [
        401,
        bearer === undefined
          ? "Unauthorized: missing or invalid authorization header"
          : "Unauthorized: invalid token",
      ]);
    }
  }
});

Deno.test("the token of a user who is gone opens no profile", async () => {
  await using world = await createWorld();
  const bearer = await strangersToken(world);
  for (const sending of [{ bearer }, { bearer, body: { name: "B" } }]) {
    const { status, body } = await world.send(
      `${sending.body ? "PUT" : "GET"} ${PROFILE}`,
      sending,
    );
    assert.deepEqual([status, body.error], [401, "Unauthorized: invalid token"]);
  }
});

Deno.test("GET /users/bookings returns the booking service's array for the caller", async () => {
  await using world = await createWorld();
  const { user_id, access_token } = await world.register();
  const bookings = [{ booking_id: crypto.randomUUID(), quantity: 2, event: { name: "Diwali" } }];
  const asked: { url: string; authorization: string | null }[] = [];
  world.context.provide("booking", {
    fetch(request) {
      asked.push({ url: request.url, authorization: request.headers.get("Authorization") });
      return Response.json({ bookings, total: 1, page: 3, limit: 100, total_pages: 1 });
    },
  });

  for (const query of ["?page=3&limit=1000", "?limit=5&status=pending", "?status="]) {
    const { status, body } = await world.send(`GET ${BOOKINGS}${query}`, { bearer: access_token });
    assert.deepEqual([status, body], [200, bookings]);
  }

  const queries = asked.map(({ url, authorization }) => {
    const { pathname, search } = new URL(url);
    assert.equal(pathname, `/api/v1/bookings/user/${user_id}`);
    assert.equal(authorization, `Bearer ${access_token}`);
    return search;
  });
  assert.deepEqual(queries, [
    "?page=3&limit=100",
    "?status=pending&page=1&limit=5",
    "?page=1&limit=10",
  ]);
});

Deno.test("bookings of a page that is no number, or of an unknown status, are refused", async () => {
  await using world = await createWorld();
  const { access_token } = await world.register();
  const cases = [
    ["page=one", "page must be a number"],
    ["status=paid", "status must be one of pending, confirmed, cancelled, expired"],
  ];
  for (const [query, error] of cases) {
    const { status, body } = await world.send(`GET ${BOOKINGS}?${query}`, { bearer: access_token });
    assert.deepEqual([status, body.error], [400, error]);
  }
});

Deno.test("GET /users/bookings returns 503 with Retry-After without the booking service", async () => {
  await using world = await createWorld();
  const { access_token } = await world.register();
  const { status, body, headers } = await world.send(`GET ${BOOKINGS}`, { bearer: access_token });
  assert.deepEqual([status, body.code], [503, "UNAVAILABLE"]);
  assert.ok(Number(headers.get("Retry-After")) >= 1);
});
