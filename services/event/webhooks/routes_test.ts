import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createHookWorld } from "../testing/hooks.ts";
import { createEventWorld } from "../testing/world.ts";
import { TOPICS } from "./topics.ts";

const NOT_FOUND = "Webhook not found";

Deno.test("POST /admin/webhooks creates a webhook and shows its secret once", async () => {
  await using world = await createHookWorld();
  const owner = await world.actor();
  const { token } = owner;
  const url = world.receiver.url("/a");
  const body = {
    url,
    topics: ["event.changed", "booking.confirmed", "event.changed"],
    description: "CRM",
  };
  const { status, body: created, headers } = await world.send("POST", "/admin/webhooks", {
    token,
    body,
  });
  assert.equal(status, 201);
  assert.equal(headers.get("Cache-Control"), "no-store");
  assert.match(created.secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
  const { secret, ...webhook } = created;
  const now = world.clock.now().toISOString();
  assert.deepEqual(webhook, {
    webhook_id: created.webhook_id,
    url,
    topics: ["booking.confirmed", "event.changed"],
    description: "CRM",
    status: "active",
    created_by: owner.admin_id,
    organisation_id: owner.admin_id,
    created_at: now,
    updated_at: now,
  });
  const path = `/admin/webhooks/${created.webhook_id}`;
  assert.deepEqual((await world.send("GET", path, { token })).body, webhook);
  const { body: list } = await world.send("GET", "/admin/webhooks", { token });
  assert.deepEqual(list, { webhooks: [webhook], total: 1, page: 1, limit: 20, has_more: false });
  const [row] = await world.sql`SELECT * FROM webhooks`;
  const stored = JSON.stringify(row) + new TextDecoder().decode(row?.secret);
  assert.ok(!stored.includes(secret.slice("whsec_".length)), "the secret is stored encrypted");
});

Deno.test("POST /admin/webhooks refuses what is malformed with 400", async () => {
  await using world = await createHookWorld();
  const { token } = await world.actor();
  const topicsRule = `topics must be a list of some of ${TOPICS.join(", ")}`;
  const cases: [Record<string, unknown>, string][] = [
    [{ url: undefined }, "url is required"],
    [{ url: 5 }, "url must be a string"],
    [{ url: "nonsense" }, "url must be a URL that begins with https://"],
    [{ url: `https://x.test/${"x".repeat(2_000)}` }, "url must have at most 2000 characters"],
    [{ url: "https://10.0.0.1/" }, "url must name its host, not an address"],
    [{ topics: undefined }, "topics is required"],
    [{ topics: [] }, topicsRule],
    [{ topics: ["event.exploded"] }, topicsRule],
    [{ topics: "event.changed" }, topicsRule],
    [{ status: "asleep" }, "status must be one of active, paused"],
    [{ description: "x".repeat(201) }, "description must have at most 200 characters"],
  ];
  for (const [fields, error] of cases) {
    const body = { url: world.receiver.url(), topics: ["event.changed"], ...fields };
    const answer = await world.send("POST", "/admin/webhooks", { token, body });
    assert.deepEqual([answer.status, answer.body.error], [400, error], JSON.stringify(fields));
  }
  const { body } = await world.send("GET", "/admin/webhooks", { token });
  assert.equal(body.total, 0);
});

Deno.test("an organiser has at most ten webhooks, however many are created at once", async () => {
  await using world = await createHookWorld();
  const { token } = await world.actor();
  const body = { url: world.receiver.url(), topics: ["event.changed"] };
  const answers = await Promise.all(
    Array.from({ length: 14 }, () => world.send("POST", "/admin/webhooks", { token, body })),
  );
  const statuses = answers.map(({ status }) => status).toSorted();
  assert.deepEqual(statuses, [...Array(10).fill(201), ...Array(4).fill(409)]);
  const refused = answers.find(({ status }) => status === 409);
  assert.equal(refused?.body.code, "WEBHOOK_LIMIT_REACHED");
  const another = await world.actor();
  await world.hook(another);
});

Deno.test("PUT /admin/webhooks/{id} changes what is given; what is sent back is no change", async () => {
  await using world = await createHookWorld();
  const owner = await world.actor();
  const { webhook_id, secret: _, ...webhook } = await world.hook(owner, { description: "Old" });
  const put = (body: unknown) =>
    world.send("PUT", `/admin/webhooks/${webhook_id}`, { token: owner.token, body });
  world.clock.advance(1_000);
  const same = await put(webhook);
  assert.deepEqual([same.status, same.body], [200, { webhook_id, ...webhook }]);
  const url = world.receiver.url("/other");
  const changed = await put({ url, topics: ["event.sold_out"], description: null });
  assert.equal(changed.status, 200);
  const { description: __, ...kept } = webhook;
  assert.deepEqual(changed.body, {
    webhook_id,
    ...kept,
    url,
    topics: ["event.sold_out"],
    updated_at: world.clock.now().toISOString(),
  });
  const refused = await put({ url: "https://localhost/" });
  assert.equal(refused.status, 400);
});

Deno.test("PUT /admin/webhooks/{id} pauses and resumes", async () => {
  await using world = await createHookWorld();
  const owner = await world.actor();
  const { webhook_id } = await world.hook(owner);
  const put = (status: string) =>
    world.send("PUT", `/admin/webhooks/${webhook_id}`, { token: owner.token, body: { status } });
  const { body: paused } = await put("paused");
  assert.deepEqual(
    [paused.status, paused.paused_at, paused.paused_because],
    ["paused", world.clock.now().toISOString(), undefined],
  );
  const { body: resumed } = await put("active");
  assert.deepEqual([resumed.status, resumed.paused_at], ["active", undefined]);
});

Deno.test("DELETE /admin/webhooks/{id} deletes it", async () => {
  await using world = await createHookWorld();
  const owner = await world.actor();
  const { token } = owner;
  const { webhook_id } = await world.hook(owner);
  const path = `/admin/webhooks/${webhook_id}`;
  const { status, body } = await world.send("DELETE", path, { token });
  assert.deepEqual([status, body], [200, { message: "Webhook deleted successfully" }]);
  assert.equal((await world.send("DELETE", path, { token })).status, 404);
});

Deno.test("pings and retries of a paused webhook are refused with 409", async () => {
  await using world = await createHookWorld();
  const owner = await world.actor();
  const { token } = owner;
  const { webhook_id } = await world.hook(owner, { status: "paused" });
  for (const path of ["ping", `deliveries/${newId()}/retry`]) {
    const { status, body } = await world.send("POST", `/admin/webhooks/${webhook_id}/${path}`, {
      token,
    });
    assert.deepEqual([status, body.code], [409, "WEBHOOK_PAUSED"], path);
  }
});

Deno.test("a delivery that does not exist is 404", async () => {
  await using world = await createHookWorld();
  const owner = await world.actor();
  const { webhook_id } = await world.hook(owner);
  const path = `/admin/webhooks/${webhook_id}/deliveries/${newId()}/retry`;
  const { status, body } = await world.send("POST", path, { token: owner.token });
  assert.deepEqual([status, body.error], [404, "Delivery not found"]);
});

const SUCCESS = { GET: 200, PUT: 200, DELETE: 200 } as const;
const ROUTES = [
  ["GET", "", SUCCESS.GET],
  ["PUT", "", SUCCESS.PUT],
  ["POST", "/rotate-secret", 200],
  ["POST", "/ping", 202],
  ["GET", "/deliveries", SUCCESS.GET],
  ["DELETE", "", SUCCESS.DELETE],
] as const;

for (const [method, path, success] of ROUTES) {
  Deno.test(`${method} /admin/webhooks/{id}${path} answers ${success}, 400, 401, 403 and 404`, async () => {
    await using world = await createHookWorld();
    const owner = await world.actor();
    const { webhook_id } = await world.hook(owner);
    const send = async (id: string, token?: string) => {
      const { status, body } = await world.send(method, `/admin/webhooks/${id}${path}`, {
        ...(token ? { token } : {}),
        ...(method === "PUT" ? { body: { description: "New" } } : {}),
      });
      return [status, body.error];
    };
    assert.deepEqual(await send("x", owner.token), [400, "Invalid webhook ID"]);
    assert.equal((await send(webhook_id))[0], 401);
    const user = await world.context.tokens.issueForUser(newId());
    assert.equal((await send(webhook_id, user))[0], 401, "of a buyer");
    const stranger = await world.actor();
    assert.deepEqual(await send(webhook_id, stranger.token), [404, NOT_FOUND], "of others");
    assert.deepEqual(await send(newId(), owner.token), [404, NOT_FOUND]);
    const analyst = await world.actor("analyst");
    const forAnalysts = method === "GET" ? 200 : 403;
    assert.equal((await send(webhook_id, analyst.token))[0], forAnalysts, "analysts read only");
    const superAdmin = await world.actor("super_admin");
    assert.equal((await send(webhook_id, superAdmin.token))[0], success, "of all");
    if (method !== "DELETE") assert.equal((await send(webhook_id, owner.token))[0], success);
  });
}

Deno.test("lists show webhooks of their owner, and all to super admins and analysts", async () => {
  await using world = await createHookWorld();
  const [one, another] = [await world.actor(), await world.actor()];
  await world.hook(one);
  await world.hook(another);
  const total = async (token: string) =>
    (await world.send("GET", "/admin/webhooks?limit=1", { token })).body.total;
  assert.equal(await total(one.token), 1);
  assert.equal(await total((await world.actor("super_admin")).token), 2);
  assert.equal(await total((await world.actor("analyst")).token), 2);
  assert.equal((await world.send("GET", "/admin/webhooks")).status, 401);
  const { token } = await world.actor("analyst");
  const body = { url: world.receiver.url(), topics: ["event.changed"] };
  assert.equal((await world.send("POST", "/admin/webhooks", { token, body })).status, 403);
});

Deno.test("webhooks on this machine are refused where the configuration does not allow them", async () => {
  await using world = await createEventWorld();
  const { token } = await world.actor();
  for (const url of ["http://127.0.0.1:9/", "https://127.0.0.1/", "https://localhost/"]) {
    const body = { url, topics: ["event.changed"] };
    const answer = await world.send("POST", "/admin/webhooks", { token, body });
    assert.equal(answer.status, 400, url);
    assert.match(answer.body.error, /^url must /);
  }
});
