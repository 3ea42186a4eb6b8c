import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { Secrets } from "@evently/shared/secrets";
import {
  createHookWorld,
  type HookWorld,
  isSignedBy,
  type ReceivedHook,
} from "../testing/hooks.ts";
import { DEFAULT_EVENT_RETENTION } from "../config.ts";
import { MAX_WEBHOOKS } from "./create_webhook.ts";
import { purgeDeliveries } from "./deliveries_sql.ts";
import { SecretsResealing } from "./reseal_secrets.ts";
import { MAX_ATTEMPTS } from "./retries.ts";
import { SecretBox } from "./secret_box.ts";

const DAY_MS = 24 * 3_600_000;
/** Longer than any pause between attempts. */
const LONG_PAUSE_MS = 15 * 3_600_000;
/** Longer than any lease. */
const LEASE_MS = 2 * 60_000;

/** An organiser with a published event and a webhook at `/hook`. */
async function stage(world: HookWorld, fields: Record<string, unknown> = {}) {
  const owner = await world.actor();
  const { event_id } = await world.event({ organiser: owner });
  const hook = await world.hook(owner, fields);
  let renamed = 0;
  /** Changes the event, which is a fact. */
  async function change(): Promise<void> {
    const { status } = await world.send("PUT", `/admin/events/${event_id}`, {
      token: await world.tokenOf(owner),
      body: { name: `Name ${renamed++}` },
    });
    assert.equal(status, 200);
  }
  async function send(method: string, path = "", body?: unknown) {
    const token = await world.tokenOf(owner);
    return await world.send(method, `/admin/webhooks/${hook.webhook_id}${path}`, { token, body });
  }
  return { owner, event_id, hook, change, send, log: () => world.log(owner, hook.webhook_id) };
}

Deno.test("a fact is delivered once, signed so that a library verifies it", async () => {
  await using world = await createHookWorld();
  const { change, hook, event_id, log } = await stage(world);
  await change();
  await world.deliver();
  await world.deliver();
  const [received, ...more] = world.receiver.received;
  assert.ok(received && more.length === 0);
  assert.ok(isSignedBy(hook.secret, received));
  assert.equal(received.headers["content-type"], "application/json");
  assert.deepEqual(Object.keys(received.body), ["id", "topic", "created_at", "data"]);
  assert.equal(received.headers["webhook-id"], received.body.id);
  assert.equal(received.body.topic, "event.changed");
  assert.equal(received.body.data.event_id, event_id);
  const [{ duration_ms, ...delivery }] = await log() as [Record<string, unknown>];
  assert.ok(Number(duration_ms) >= 0);
  const now = world.clock.now().toISOString();
  assert.deepEqual(delivery, {
    delivery_id: received.body.id,
    event_id,
    topic: "event.changed",
    status: "delivered",
    attempts: 1,
    created_at: now,
    attempted_at: now,
    response_status: 204,
    response_start: "",
  });
});

Deno.test("a signature covers id, time and body", async () => {
  await using world = await createHookWorld();
  const { change, hook } = await stage(world);
  await change();
  await world.deliver();
  const received = world.receiver.received[0]!;
  const { headers } = received;
  const at = Number(headers["webhook-timestamp"]);
  const forged: Partial<ReceivedHook>[] = [
    { text: received.text.replace("Name", "Nome") },
    { headers: { ...headers, "webhook-id": newId() } },
    { headers: { ...headers, "webhook-timestamp": String(at - 1) } },
  ];
  for (const change of forged) {
    assert.ok(!isSignedBy(hook.secret, { ...received, ...change }), JSON.stringify(change));
  }
  assert.ok(!isSignedBy("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", received));
});

Deno.test("a failed delivery is tried again with the same id and body, then given up", async () => {
  await using world = await createHookWorld();
  const { change, log, send } = await stage(world);
  world.receiver.answer = () => new Response("out of order", { status: 500 });
  await change();
  const startMs = world.clock.now().getTime();
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    await world.deliver();
    assert.equal(world.receiver.received.length, attempt);
    const [delivery] = await log();
    assert.equal(delivery.attempts, attempt);
    assert.equal(delivery.status, attempt < MAX_ATTEMPTS ? "pending" : "failed");
    assert.deepEqual(
      [delivery.response_status, delivery.response_start, delivery.error],
      [500, "out of order", "answered with status 500"],
    );
    if (attempt === MAX_ATTEMPTS) break;
    const dueMs = Date.parse(delivery.next_attempt_at);
    world.clock.set(new Date(dueMs - 1));
    await world.deliver();
    assert.equal(world.receiver.received.length, attempt, "not before it is due");
    world.clock.set(new Date(dueMs));
  }
  const overMs = world.clock.now().getTime() - startMs;
  assert.ok(overMs > 22 * 3_600_000 && overMs < 28 * 3_600_000, `${overMs} ms`);
  const sent = world.receiver.received;
  assert.equal(new Set(sent.map(({ headers }) => headers["webhook-id"])).size, 1);
  assert.equal(new Set(sent.map(({ text }) => text)).size, 1);
  const times = sent.map(({ headers }) => headers["webhook-timestamp"]);
  assert.equal(new Set(times).size, MAX_ATTEMPTS, "each attempt is signed with its own time");
  world.clock.advance(LONG_PAUSE_MS);
  await world.deliver();
  assert.equal(sent.length, MAX_ATTEMPTS);
  const { body: { failing_since } } = await send("GET");
  assert.equal(failing_since, new Date(startMs).toISOString());
});

Deno.test("an organiser retries a delivery, failed or delivered, with the same id", async () => {
  await using world = await createHookWorld();
  const { change, log, send } = await stage(world);
  await change();
  await world.deliver();
  const [{ delivery_id }] = await log();
  const { status, body } = await send("POST", `/deliveries/${delivery_id}/retry`);
  assert.deepEqual([status, body.status, body.attempts], [202, "pending", 1]);
  await world.deliver();
  const ids = world.receiver.received.map(({ headers }) => headers["webhook-id"]);
  assert.deepEqual(ids, [delivery_id, delivery_id]);
  const [delivery] = await log();
  assert.deepEqual([delivery.status, delivery.attempts], ["delivered", 2]);
});

Deno.test("a redirect is a failure and is not followed", async () => {
  await using world = await createHookWorld();
  const { change, log } = await stage(world);
  for (const code of [301, 302, 303, 307, 308]) {
    world.receiver.answer = ({ path }) =>
      path === "/hook"
        ? new Response(null, { status: code, headers: { location: world.receiver.url("/other") } })
        : new Response(null, { status: 204 });
    await change();
    await world.deliver();
    const [delivery] = await log();
    assert.deepEqual([delivery.status, delivery.response_status], ["pending", code]);
    assert.equal(delivery.error, `answered with status ${code}: redirects are not followed`);
    world.clock.advance(1);
  }
  assert.deepEqual(world.receiver.at("/other"), []);
});

Deno.test("an endpoint that answers 410 is paused at once and says why", async () => {
  await using world = await createHookWorld();
  const { change, log, send } = await stage(world);
  world.receiver.answer = () => new Response(null, { status: 410 });
  await change();
  await world.deliver();
  const { body: webhook } = await send("GET");
  assert.deepEqual([webhook.status, webhook.paused_because], ["paused", "gone"]);
  assert.equal((await log())[0].status, "failed");
  await change();
  world.clock.advance(DAY_MS);
  await world.deliver();
  assert.equal(world.receiver.received.length, 1, "nothing more is sent");
});

Deno.test("an endpoint that has taken nothing for three days is paused and says why", async () => {
  await using world = await createHookWorld();
  const { change, send } = await stage(world);
  world.receiver.answer = () => new Response(null, { status: 503 });
  await change();
  await world.deliver();
  world.clock.advance(3 * DAY_MS - 1);
  await world.deliver();
  assert.equal((await send("GET")).body.status, "active");
  world.clock.advance(LONG_PAUSE_MS);
  await world.deliver();
  const { body: webhook } = await send("GET");
  assert.deepEqual([webhook.status, webhook.paused_because], ["paused", "failing"]);
  assert.equal(webhook.paused_at, world.clock.now().toISOString());

  const { body: resumed } = await send("PUT", "", { status: "active" });
  assert.deepEqual([resumed.paused_because, resumed.failing_since], [undefined, undefined]);
  world.receiver.answer = () => new Response(null, { status: 503 });
  world.clock.advance(LONG_PAUSE_MS);
  await world.deliver();
  assert.equal((await send("GET")).body.status, "active", "its time begins anew");
});

Deno.test("a delivery ends the time of failures", async () => {
  await using world = await createHookWorld();
  const { change, send } = await stage(world);
  world.receiver.answer = () => new Response(null, { status: 500 });
  await change();
  await world.deliver();
  assert.ok((await send("GET")).body.failing_since);
  world.receiver.answer = () => new Response(null, { status: 200 });
  world.clock.advance(LONG_PAUSE_MS);
  await world.deliver();
  assert.equal((await send("GET")).body.failing_since, undefined);
});

Deno.test("facts wait for a paused webhook and are sent when it is resumed", async () => {
  await using world = await createHookWorld();
  const { change, send } = await stage(world);
  await send("PUT", "", { status: "paused" });
  await change();
  await change();
  await world.deliver();
  assert.deepEqual(world.receiver.received, []);
  await send("PUT", "", { status: "active" });
  await world.deliver();
  assert.equal(world.receiver.received.length, 2);
});

Deno.test("after a rotation old and new secret sign for a day, then the new one alone", async () => {
  await using world = await createHookWorld();
  const { change, hook, send } = await stage(world);
  const rotated = await send("POST", "/rotate-secret");
  assert.equal(rotated.headers.get("Cache-Control"), "no-store");
  assert.notEqual(rotated.body.secret, hook.secret);
  const until = new Date(world.clock.now().getTime() + DAY_MS);
  assert.equal(rotated.body.previous_secret_until, until.toISOString());
  await change();
  await world.deliver();
  const [both] = world.receiver.received;
  assert.ok(both && isSignedBy(hook.secret, both) && isSignedBy(rotated.body.secret, both));
  assert.equal(both.headers["webhook-signature"]?.split(" ").length, 2);
  // The library compares with the real time, so a later message is only counted.
  world.clock.set(until);
  await change();
  await world.deliver();
  const later = world.receiver.received[1];
  assert.equal(later?.headers["webhook-signature"]?.split(" ").length, 1);
});

Deno.test("a ping is sent once, signed, and stands in the log", async () => {
  await using world = await createHookWorld();
  const { hook, log, send } = await stage(world);
  world.receiver.answer = () => new Response("no", { status: 500 });
  const { status, body } = await send("POST", "/ping");
  assert.equal(status, 202);
  assert.deepEqual((await send("POST", "/ping")).body, body, "one at a time");
  await world.deliver();
  const [received, ...more] = world.receiver.received;
  assert.ok(received && more.length === 0 && isSignedBy(hook.secret, received));
  assert.equal(received.body.topic, "webhook.ping");
  assert.deepEqual(received.body.data, { webhook_id: hook.webhook_id });
  const [delivery] = await log();
  assert.deepEqual(
    [delivery.delivery_id, delivery.event_id, delivery.status],
    [body.delivery_id, undefined, "failed"],
  );
  assert.notEqual((await send("POST", "/ping")).body.delivery_id, body.delivery_id);
});

Deno.test("a slow endpoint delays no other", async () => {
  await using world = await createHookWorld();
  const { owner, change } = await stage(world, { url: world.receiver.url("/slow") });
  const fast = await world.hook(owner, { url: world.receiver.url("/fast") });
  const held = Promise.withResolvers<Response>();
  world.receiver.answer = ({ path }) =>
    path === "/slow" ? held.promise : new Response(null, { status: 204 });
  world.deliveries.onRoom = () => void world.deliveries.pass();
  for (let i = 0; i < 40; i++) await change();
  await world.deliveries.pass();
  await world.receiver.whenReceived("/fast", 40);
  assert.equal(world.receiver.at("/slow").length, 8, "as many as one endpoint has at once");
  assert.equal((await world.log(owner, fast.webhook_id)).length, 20);
  world.deliveries.onRoom = () => {};
  held.resolve(new Response(null, { status: 204 }));
  await world.deliveries.settled();
});

Deno.test("dead endpoints of one organiser delay nobody else, however many they are", async () => {
  await using world = await createHookWorld();
  const dead = await stage(world, { url: world.receiver.url("/dead") });
  for (let n = 1; n < MAX_WEBHOOKS; n++) {
    await world.hook(dead.owner, { url: world.receiver.url("/dead") });
  }
  const other = await stage(world, { url: world.receiver.url("/other") });
  const silence = Promise.withResolvers<Response>();
  world.receiver.answer = ({ path }) =>
    path === "/dead" ? silence.promise : new Response(null, { status: 204 });
  for (let i = 0; i < 10; i++) await dead.change();
  await world.deliveries.pass();
  await world.receiver.whenReceived("/dead", MAX_WEBHOOKS * 8);

  await other.change();
  await world.deliveries.pass();
  await world.receiver.whenReceived("/other", 1);
  assert.equal(world.receiver.at("/dead").length, MAX_WEBHOOKS * 8, "none has ended");
  silence.resolve(new Response(null, { status: 503 }));
  await world.deliveries.settled();
  const [delivery] = await other.log();
  assert.deepEqual([delivery.status, delivery.attempts], ["delivered", 1]);
});

Deno.test("two processes send each delivery once", async () => {
  await using world = await createHookWorld();
  const { owner, change } = await stage(world);
  await world.hook(owner, { url: world.receiver.url("/other") });
  for (let i = 0; i < 50; i++) await change();
  const senders = [world.deliveries, world.anotherSender({}, world.anotherPool())];
  for (let rounds = 0; rounds < 5; rounds++) {
    await Promise.all(senders.map((sender) => sender.pass()));
    await Promise.all(senders.map((sender) => sender.settled()));
  }
  for (const path of ["/hook", "/other"]) {
    const ids = world.receiver.at(path).map(({ headers }) => headers["webhook-id"]);
    assert.deepEqual([ids.length, new Set(ids).size], [50, 50], path);
  }
});

Deno.test("a delivery whose process died before it was recorded is sent again with its id", async () => {
  await using world = await createHookWorld();
  const { change, log } = await stage(world);
  await change();
  const sent = Promise.withResolvers<void>();
  const dying = world.anotherSender({
    async post({ endpoint, headers, body }) {
      await (await fetch(endpoint.url, { method: "POST", headers, body })).body?.cancel();
      sent.resolve();
      return await new Promise(() => {});
    },
  });
  await dying.pass();
  await sent.promise;
  await world.deliver();
  assert.equal(world.receiver.received.length, 1, "its lease lasts");
  world.clock.advance(LEASE_MS);
  await world.deliver();
  const ids = world.receiver.received.map(({ headers }) => headers["webhook-id"]);
  assert.equal(ids.length, 2);
  assert.equal(ids[0], ids[1]);
  const [delivery] = await log();
  assert.deepEqual([delivery.status, delivery.attempts], ["delivered", 2]);
});

Deno.test("a late failure of a delivery that was taken over changes nothing", async () => {
  await using world = await createHookWorld();
  const { change, log } = await stage(world);
  await change();
  const answer = Promise.withResolvers<{ status: number; start: string }>();
  const slow = world.anotherSender({ post: () => answer.promise });
  await slow.pass();
  world.clock.advance(LEASE_MS);
  world.receiver.answer = () => new Response(null, { status: 500 });
  await world.deliver();
  const [before] = await log();
  answer.resolve({ status: 502, start: "" });
  await slow.settled();
  assert.deepEqual((await log())[0], before);
});

Deno.test("deliveries are kept for seven days, those of deleted webhooks too, and then purged", async () => {
  await using world = await createHookWorld();
  const { change, send } = await stage(world);
  await change();
  await send("DELETE");
  await world.deliver();
  assert.deepEqual(world.receiver.received, [], "a deleted webhook is sent nothing");
  const rows = async () => (await world.sql`SELECT FROM webhook_deliveries`).length;
  const purge = () => {
    const before = new Date(world.clock.now().getTime() - DEFAULT_EVENT_RETENTION.deliveryMs!);
    return purgeDeliveries(world.sql, { before, limit: 10 });
  };
  world.clock.advance(7 * DAY_MS);
  assert.equal(await purge(), 0);
  assert.equal(await rows(), 1);
  world.clock.advance(1);
  assert.equal(await purge(), 1);
  assert.equal(await rows(), 0);
});

Deno.test("a secret that cannot be opened fails the delivery and says what to do", async () => {
  await using world = await createHookWorld();
  const { change, log } = await stage(world);
  await world.sql`UPDATE webhooks SET secret = decode(repeat('00', 60), 'hex')`;
  await change();
  await world.deliver();
  assert.equal((await log())[0].error, "the signing secret cannot be read: rotate it");
  assert.deepEqual(world.receiver.received, []);
});

Deno.test("secrets of webhooks are encrypted anew by the current key, which alone then signs as before", async () => {
  await using world = await createHookWorld();
  const { hook: { secret }, change, send } = await stage(world);
  const rotated = await send("POST", "/rotate-secret");
  const [before] = world.context.refreshTokenRules.secrets;
  const next = "the-next-key-of-webhooks-0123456789";
  const reseal = (...secrets: Secrets) =>
    new SecretsResealing({
      sql: world.sql,
      secrets: new SecretBox(secrets),
      log: world.context.log,
    }).pass();
  const stored = async () => (await world.sql`SELECT secret, previous_secret FROM webhooks`)[0];

  await reseal(next, before);
  const first = await stored();
  await reseal(next, before);
  assert.deepEqual(await stored(), first, "a second pass changes nothing");
  await reseal("a-key-that-opens-nothing-0123456789");
  assert.deepEqual(await stored(), first);

  await change();
  const sender = world.anotherSender({}, world.sql, new SecretBox([next]));
  await sender.pass();
  await sender.settled();
  const [received] = world.receiver.received;
  for (const each of [secret, rotated.body.secret]) assert.ok(isSignedBy(each, received!));
});
