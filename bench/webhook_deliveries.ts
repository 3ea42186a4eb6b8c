/**
 * `deno task bench:webhook-deliveries`: facts for webhooks are sent to a receiver of this process, over http on this
 * machine: to one endpoint, to fifty, and to forty-nine beside one that holds every request until its time limit.
 * Deliveries a second are counted at the receiver, and every id is compared with the database's log. Needs
 * `DATABASE_URL` and `REDIS_URL`.
 */
import { AccessTokens } from "@evently/shared/auth";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { exactlyOne } from "@evently/shared/postgres";
import { mustHold, print, setting } from "./lib/report.ts";
import { startServer } from "./lib/server.ts";
import { createBenchDatabases, createEvent, required } from "./lib/stores.ts";
import { BENCH_JWT_SECRET } from "./lib/tokens.ts";

const FACTS = setting("BENCH_FACTS", 10_000);
const ENDPOINTS = setting("BENCH_ENDPOINTS", 50);
const INTERNAL_KEY = "bench-only-internal-key";
/** The most facts of one request. */
const BATCH = 100;
const TIMEOUT_MS = 300_000;

/** Answers at once, but for `/slow`, and counts distinct ids by path. */
const received = new Map<string, Set<string>>();
const held = Promise.withResolvers<Response>();
let whenAll: { count: number; resolve: () => void } | undefined;
const receiver = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: () => {} },
  async (request) => {
    const path = new URL(request.url).pathname;
    await request.body?.cancel();
    if (path.startsWith("/slow")) return await held.promise;
    const id = request.headers.get("webhook-id") ?? "";
    received.set(path, (received.get(path) ?? new Set()).add(id));
    if (whenAll && fastCount() >= whenAll.count) whenAll.resolve();
    return new Response(null, { status: 204 });
  },
);

await using databases = await createBenchDatabases();
const events = databases.pool("events_db");
await using server = await startServer("services/event/main.ts", {
  ENVIRONMENT: "development",
  EVENT_SERVICE_DB_URL: databases.url("events_db"),
  REDIS_URL: required("REDIS_URL"),
  JWT_SECRET: BENCH_JWT_SECRET,
  INTERNAL_API_KEY: INTERNAL_KEY,
}, { ready: "/healthz" });
const tokens = new AccessTokens({
  secrets: [BENCH_JWT_SECRET],
  ttlMs: 3_600_000,
  clock: SYSTEM_CLOCK,
});

await measure("warm-up", { paths: ["/warm"], facts: 2_000 });
await measure("one endpoint", { paths: ["/one"], facts: FACTS });
const many = Array.from({ length: ENDPOINTS }, (_, n) => `/many${n}`);
await measure(`${ENDPOINTS} endpoints`, { paths: many, facts: FACTS });
const beside = Array.from({ length: ENDPOINTS - 1 }, (_, n) => `/beside${n}`);
await measure(`${ENDPOINTS - 1} endpoints beside a slow one`, {
  paths: [...beside, "/slow"],
  facts: FACTS,
});
held.resolve(new Response());
await receiver.shutdown();

/** Sends so many facts, spread over the endpoints, each of an organiser of its own. */
async function measure(
  what: string,
  { paths, facts }: { paths: string[]; facts: number },
): Promise<void> {
  const eventIds = await Promise.all(paths.map(createEndpoint));
  const queue = Array.from({ length: facts }, (_, n) => ({
    message_id: newId(),
    topic: "booking.confirmed",
    event_id: eventIds[n % eventIds.length]!,
    created_at: new Date().toISOString(),
    data: {
      booking_id: newId(),
      booking_reference: "EVT-ABC234",
      quantity: 2,
      total_amount: 2_999,
    },
  }));
  const slow = eventIds[paths.indexOf("/slow")];
  const expected = queue.filter(({ event_id }) => event_id !== slow).length;
  received.clear();
  const all = Promise.withResolvers<void>();
  whenAll = { count: expected, resolve: all.resolve };
  const begunMs = performance.now();
  for (let i = 0; i < queue.length; i += BATCH) await post(queue.slice(i, i + BATCH));
  const recordedMs = performance.now() - begunMs;
  const timer = setTimeout(() => all.resolve(), TIMEOUT_MS);
  await all.promise;
  clearTimeout(timer);
  const elapsedMs = performance.now() - begunMs;
  mustHold(fastCount() === expected, `${expected} were due, but ${fastCount()} were received`);
  await mustBeRecorded(eventIds.filter((id) => id !== slow), expected);
  print(
    `${what}: ${expected} deliveries, ${(expected / elapsedMs * 1_000).toFixed(0)} a second ` +
      `(${(facts / recordedMs * 1_000).toFixed(0)} facts a second taken)`,
  );
}

/** The log says `delivered`, after one attempt, once the last records are written. */
async function mustBeRecorded(eventIds: string[], expected: number): Promise<void> {
  const untilMs = performance.now() + 10_000;
  let delivered = 0;
  while (delivered !== expected && performance.now() < untilMs) {
    delivered = await exactlyOne(
      events<{ delivered: number }[]>`
        SELECT count(*) AS delivered FROM webhook_deliveries
         WHERE event_id = ANY (${eventIds}::uuid[]) AND status = 'delivered' AND attempts = 1`,
      (row) => row.delivered,
    );
  }
  mustHold(delivered === expected, `${expected} were sent, but ${delivered} are recorded so`);
}

/** A webhook at a path, of a new organiser; returns the id of an event of theirs. */
async function createEndpoint(path: string): Promise<string> {
  const eventId = await createEvent(events, 10);
  const adminId = await exactlyOne(
    events<{ id: string }[]>`SELECT created_by AS id FROM events WHERE event_id = ${eventId}`,
    ({ id }) => id,
  );
  const token = await tokens.issueForAdmin({ adminId, role: "super_admin", permissions: "{}" });
  const response = await fetch(`http://127.0.0.1:${server.port}/api/v1/admin/webhooks`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify({
      url: `http://127.0.0.1:${receiver.addr.port}${path}`,
      topics: ["booking.confirmed"],
    }),
  });
  mustHold(response.status === 201, `a webhook was not created: ${await response.text()}`);
  return eventId;
}

async function post(facts: unknown[]): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${server.port}/internal/webhooks/facts`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-API-Key": INTERNAL_KEY },
    body: JSON.stringify({ facts }),
  });
  mustHold(response.status === 200, `facts were not taken: ${await response.text()}`);
}

function fastCount(): number {
  let count = 0;
  for (const ids of received.values()) count += ids.size;
  return count;
}
