import assert from "node:assert/strict";
import { MemoryRedis } from "@evently/embedded/redis";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { DATABASE_VARIABLES, DATABASES } from "@evently/shared/postgres";
import {
  createTestDatabase,
  freePort,
  type Program,
  readEventStream,
  startProgram,
  startRestFront,
} from "@evently/shared/testing";
import { requesterOver } from "../../shared/redis/requester.ts";
import { seedDatabases } from "../../services/gateway/prepare_databases.ts";
import { callAt, eventually } from "./platform.ts";

const SECRETS = {
  ENVIRONMENT: "production",
  SEARCH_FALLBACK: "embedded",
  JWT_SECRET: "a-secret-of-this-test-0123456789abcdef",
  INTERNAL_API_KEY: "an-internal-key-of-this-test",
  // Longer than the test waits: nothing may stop at its end alone.
  STOP_GRACE: "10m",
};
/** Longest wait for five processes to stop, however busy the machine. */
const STOP_LIMIT_MS = 60_000;
const SERVICES = ["user", "event", "search", "booking"] as const;

/** Starts the five programs of the platform, each in its own process, as containers do. */
async function startProcesses(stores: Record<string, string>) {
  const urls: Record<string, string> = {};
  for (const name of SERVICES) {
    urls[`${name.toUpperCase()}_SERVICE_URL`] = `http://127.0.0.1:${await freePort()}`;
  }
  const start = (name: typeof SERVICES[number]) =>
    startProgram(new URL(`../../services/${name}/main.ts`, import.meta.url), {
      ...SECRETS,
      ...stores,
      ...urls,
      PORT: new URL(urls[`${name.toUpperCase()}_SERVICE_URL`]!).port,
    });
  const services = new Map(SERVICES.map((name) => [name, start(name)]));
  const gateway = startProgram(new URL("../../services/gateway/main.ts", import.meta.url), {
    ...SECRETS,
    ...urls,
  });
  const all = (): Program[] => [...services.values(), gateway];
  await Promise.all(all().map((program) => program.listening()));
  const origin = await gateway.listening();
  return {
    origin,
    call: callAt(origin),
    services,
    all,
    async restart(name: typeof SERVICES[number]) {
      services.set(name, start(name));
      await services.get(name)!.listening();
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(all().map((program) => program[Symbol.asyncDispose]()));
    },
  };
}

Deno.test("five processes sell, survive the loss of a service, and run without Redis", async () => {
  const databases = await Promise.all(DATABASES.map(createTestDatabase));
  await using _databases = {
    [Symbol.asyncDispose]: async () => {
      await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()));
    },
  };
  const urls = Object.fromEntries(
    DATABASES.map((name, i) => [DATABASE_VARIABLES[name], databases[i]!.url]),
  );
  await seedDatabases(urls, SYSTEM_CLOCK);
  const redis = startRestFront({ requester: requesterOver(new MemoryRedis(() => new Date())) });
  await using processes = await startProcesses({
    ...urls,
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: redis.token,
  });
  const { call, origin } = processes;

  const found = await eventually("search has filled its index over the network", async () => {
    const { status, body } = await call("GET", "/api/search/search?q=diwalli");
    return status === 200 && body.results[0];
  });
  const { body: session } = await call("POST", "/api/user/auth/login", {
    body: { email: "user1@example.com", password: "11111111" },
  });
  const token = session.access_token;
  const reserve = (key: string) =>
    call("POST", "/api/booking/bookings/reserve", {
      token,
      body: { event_id: found.event_id, quantity: 2, idempotency_key: key },
    });
  const confirm = (reservationId: string) =>
    call("POST", "/api/booking/bookings/confirm", {
      token,
      body: { reservation_id: reservationId, payment_token: "tok_visa", payment_method: "card" },
    });
  const path = `/api/event/events/${found.event_id}/live`;
  const watched = await openStream(origin + path);
  const own = await openStream(`${origin}/api/booking/live`, token);
  await own.message();
  const { data: before } = await watched.message();
  const first = await reserve(newId());
  assert.equal(first.status, 200, JSON.stringify(first.body));
  const { data: after } = await watched.message();
  assert.equal(after.available_seats, before.available_seats - 2, "the stream tells what was held");
  const { data: { bookings: [held] } } = await own.message();
  assert.deepEqual([held.booking_id, held.payment], [first.body.reservation_id, "pending"]);
  const confirmed = await confirm(first.body.reservation_id);
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));

  processes.services.get("event")!.signal("SIGKILL");
  await processes.services.get("event")!.ended;
  await watched.end();
  const key = newId();
  const unavailable = await reserve(key);
  assert.deepEqual([unavailable.status, unavailable.headers.get("Retry-After")], [503, "1"]);
  const events = await call("GET", "/api/event/events");
  assert.deepEqual([events.status, events.headers.get("Retry-After")], [503, "1"]);
  assert.equal((await call("GET", "/api/user/users/profile", { token })).status, 200);

  await processes.restart("event");
  const recovered = await reserve(key);
  assert.equal(recovered.status, 200, JSON.stringify(recovered.body));

  await redis.close();
  const withoutRedis = await reserve(newId());
  assert.equal(withoutRedis.status, 200, JSON.stringify(withoutRedis.body));
  assert.equal((await confirm(withoutRedis.body.reservation_id)).status, 200);
  const { body: mine } = await call("GET", "/api/user/users/bookings", { token });
  assert.deepEqual(
    mine.slice(0, 3).map(({ status }: { status: string }) => status),
    ["confirmed", "pending", "confirmed"],
    "the latest are first",
  );

  const open = await openStream(origin + path);
  await open.message();
  let ends: Awaited<Program["ended"]>[] | undefined;
  void Promise.all(processes.all().map(({ ended }) => ended)).then((all) => ends = all);
  for (const program of processes.all()) program.signal("SIGTERM");
  await eventually("all processes have stopped", () => Promise.resolve(ends), STOP_LIMIT_MS);
  await open.end();
  await own.end();
  for (const { code, output } of ends!) assert.equal(code, 0, output);
  assert.match(ends![3]!.output, /Redis does not answer/, "the log must report the Redis outage");
});

/** Opens a stream. */
async function openStream(url: string, token?: string) {
  const headers: HeadersInit = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers });
  assert.equal(response.status, 200);
  return readEventStream(response.body!);
}
