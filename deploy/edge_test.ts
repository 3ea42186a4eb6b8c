import assert from "node:assert/strict";
import { MemoryRedis } from "@evently/embedded/redis";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import {
  createTestDatabase,
  ensureWebBuilt,
  startProgram,
  startRestFront,
} from "@evently/shared/testing";
import { seedDatabases } from "../services/gateway/prepare_databases.ts";
import { requesterOver } from "../shared/redis/requester.ts";

const EDGE = new URL("./edge.ts", import.meta.url);
const MAX_QUESTIONS = 500;

/** Sends and receives JSON; fails the test unless the request succeeds. */
async function call(url: string, { token, body }: { token?: string; body?: unknown } = {}) {
  const response = await fetch(url, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      "Content-Type": "application/json",
      ...(token === undefined ? {} : { "Authorization": `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  assert.ok(response.ok, `${url}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

/** Waits until the search index is filled, as the platform is not ready before. */
async function untilReady(origin: string): Promise<void> {
  let answer = "";
  for (let question = 0; question < MAX_QUESTIONS; question++) {
    const response = await fetch(`${origin}/health/ready`);
    answer = await response.text();
    if (response.ok) return;
  }
  throw new Error(`not ready: ${answer}`);
}

Deno.test(
  "edge.ts sells a ticket on PostgreSQL and Redis over HTTP, shows pages, and stops cleanly",
  async () => {
    await using users = await createTestDatabase("users_db");
    await using events = await createTestDatabase("events_db");
    await using bookings = await createTestDatabase("bookings_db");
    const databases = {
      USER_SERVICE_DB_URL: users.url,
      EVENT_SERVICE_DB_URL: events.url,
      BOOKING_SERVICE_DB_URL: bookings.url,
    };
    await seedDatabases(databases, SYSTEM_CLOCK);
    await ensureWebBuilt();
    const redis = startRestFront({ requester: requesterOver(new MemoryRedis(() => new Date())) });
    await using _closing = { [Symbol.asyncDispose]: () => redis.close() };
    await using edge = startProgram(EDGE, {
      ...databases,
      ENVIRONMENT: "production",
      SEARCH_FALLBACK: "embedded",
      JWT_SECRET: "a-secret-of-this-test-0123456789abcdef",
      INTERNAL_API_KEY: "an-internal-key-of-this-test",
      UPSTASH_REDIS_REST_URL: redis.url,
      UPSTASH_REDIS_REST_TOKEN: redis.token,
    });
    const origin = await edge.listening();

    assert.equal(await (await fetch(`${origin}/health`)).text(), "healthy\n");
    await untilReady(origin);
    const { access_token: token } = await call(`${origin}/api/user/auth/login`, {
      body: { email: "user1@example.com", password: "11111111" },
    });
    const { results } = await call(`${origin}/api/search/search?q=diwali`);
    const [{ event_id }] = results;
    const { reservation_id } = await call(`${origin}/api/booking/reserve`, {
      token,
      body: { event_id, quantity: 2, idempotency_key: crypto.randomUUID() },
    });
    const { status } = await call(`${origin}/api/booking/confirm`, {
      token,
      body: { reservation_id, payment_token: "tok_visa", payment_method: "card" },
    });
    assert.equal(status, "confirmed");
    assert.ok(redis.requests > 0, "Redis is used over HTTP");
    const page = await fetch(`${origin}/`, { headers: { Accept: "text/html" } });
    assert.match(await page.text(), /<h3>Diwali Festival of Lights<\/h3>/);

    edge.signal("SIGTERM");
    const { code, output } = await edge.ended;
    assert.equal(code, 0, output);
  },
);
