/**
 * `deno task bench:floods`: measures how floods of log-ins, of searches and of reads change bookings on one process.
 * Bookings arrive at a steady rate, alone, beside each flood, beside all three, and beside all three sent to another
 * program, which shows what their clients alone cost on this machine. In turns; latency counts from the planned
 * arrival. Log-ins, searches and reads have no rate limits, as if each came from an address of its own. Needs
 * `DATABASE_URL` and `REDIS_URL`; search is embedded.
 */
import { SYSTEM_PAUSE } from "@evently/shared/clock";
import { countBookings, mustAddUp } from "./lib/exact.ts";
import { type Flood, type FloodKind, type FloodResult, FLOODS, spread } from "./lib/flood.ts";
import { type LoadResult, percentile } from "./lib/http_load.ts";
import { runOpenLoad } from "./lib/open_load.ts";
import { startPlatform } from "./lib/platform.ts";
import { mustHold, print, setting, statuses } from "./lib/report.ts";
import { reserveRequest } from "./lib/requests.ts";
import { startServer } from "./lib/server.ts";
import { createBenchDatabases, createEvent, createNamedEvents } from "./lib/stores.ts";
import { issueUsers } from "./lib/tokens.ts";
import { generateCatalogue } from "./search/catalogue.ts";

const ROUNDS = setting("BENCH_ROUNDS", 6);
const DURATION_MS = setting("BENCH_DURATION_MS", 2_500);
const BOOKINGS_PER_S = setting("BENCH_BOOKINGS_PER_S", 500);
const CONNECTIONS = 256;
/** Each is more than the process can answer beside the bookings. */
const PER_S: Record<FloodKind, number> = {
  "log-ins": setting("BENCH_LOGINS_PER_S", 500),
  searches: setting("BENCH_SEARCHES_PER_S", 1_000),
  reads: setting("BENCH_READS_PER_S", 5_000),
};
const FLOOD_CONNECTIONS = 512;
/** How long a flood runs before the bookings begin. */
const LEAD_MS = 500;
const CAPACITY = 10_000_000;
const EVENTS = setting("BENCH_EVENTS", 1_000);
const USERS = 1_000;
const LOWEST_PRIORITY = 19;

/** Floods of each phase; `elsewhere`: another program answers them. */
const PHASES: Record<string, { floods: readonly FloodKind[]; elsewhere?: boolean }> = {
  "alone": { floods: [] },
  "all elsewhere": { floods: FLOODS, elsewhere: true },
  "log-ins": { floods: ["log-ins"] },
  "searches": { floods: ["searches"] },
  "reads": { floods: ["reads"] },
  "all three": { floods: FLOODS },
};

await using databases = await createBenchDatabases();
const events = databases.pool("events_db");
const hotEventId = await createEvent(events, CAPACITY);
const eventIds = await createNamedEvents(
  events,
  generateCatalogue(EVENTS, { now: new Date() })
    .map(({ name, eventType, venueCity: city }) => ({ name, eventType, city })),
  1_000,
);
const users = await issueUsers(USERS);
await using platform = await startPlatform(databases, {
  ELASTICSEARCH_URL: "",
  LOG_LEVEL: "error", // otherwise each refusal logs a warning
  LOGIN_GUESSES_PER_MINUTE: "0",
  LOGIN_RATE_LIMIT_PER_MINUTE: "0",
}, { ready: "/health/ready" });
await using clients = await startServer("bench/lib/flood_clients.ts", {}, {
  niceness: LOWEST_PRIORITY,
});
await using elsewhere = await startServer("bench/variants/refuse_all.ts", {});

const booked = new Map<string, LoadResult[]>();
const flooded = new Map<string, FloodResult[]>();
let durable = await countBookings(databases);
for (let round = 0; round <= ROUNDS; round++) {
  for (const [phase, { floods, elsewhere: isElsewhere = false }] of Object.entries(PHASES)) {
    const flooding = Promise.all(floods.map((kind) => flood(kind, isElsewhere)));
    if (floods.length > 0) await SYSTEM_PAUSE(LEAD_MS);
    const bookings = await book();
    const results = await flooding;
    if (round === 0) continue; // the code is compiled
    push(booked, phase, bookings);
    if (!isElsewhere) {
      floods.forEach((kind, i) => push(flooded, `${phase}: ${kind}`, results[i]!));
    }
  }
}
await mustAddUp(databases);

const alone = booked.get("alone")!;
print(`${BOOKINGS_PER_S} bookings a second, ${ROUNDS} rounds of ${DURATION_MS / 1_000} s:`);
for (const [phase, results] of booked) {
  const all = results.flatMap(({ latenciesMs }) => [...latenciesMs]).sort((a, b) => a - b);
  print(
    `${phase.padEnd(14)} p50 / p99 ${spread(all)}; of alone, median of the rounds: p50 ${
      ratiosOf(results, 0.5)
    }, p99 ${ratiosOf(results, 0.99)}`,
  );
}
for (const [name, results] of flooded) {
  const answers = new Map<number, number>();
  for (const result of results) {
    for (const [status, n] of result.answers) answers.set(status, (answers.get(status) ?? 0) + n);
  }
  const [refused, served] = (["refusalsMs", "servedMs"] as const).map((key) =>
    Float64Array.from(results.flatMap((result) => [...result[key]])).sort()
  ) as [Float64Array, Float64Array];
  print(
    `${name}: ${statuses(answers)}; refused after ${spread(refused)}, served after ${
      spread(served)
    }`,
  );
  const silent = results.reduce((sum, result) => sum + result.silent, 0);
  mustHold(silent === 0, `${silent} refusals without Retry-After`);
}

/** Median of the rounds, with quartiles. */
function ratiosOf(results: LoadResult[], share: number): string {
  const ratios = results.map((result, i) =>
    percentile(result.latenciesMs, share) / percentile(alone[i]!.latenciesMs, share)
  ).sort((a, b) => a - b);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => percentile(ratios, part).toFixed(2));
  return `${middle} (${low} to ${high})`;
}

async function sendFlood(flood: Flood): Promise<FloodResult> {
  const response = await fetch(`http://127.0.0.1:${clients.port}`, {
    method: "POST",
    body: JSON.stringify(flood),
  });
  return await response.json();
}

function flood(kind: FloodKind, isElsewhere: boolean): Promise<FloodResult> {
  return sendFlood({
    kind,
    port: isElsewhere ? elsewhere.port : platform.port,
    aSecond: PER_S[kind],
    arrivalsMs: LEAD_MS + DURATION_MS,
    connections: FLOOD_CONNECTIONS,
    eventIds,
  });
}

/** Books, and checks that each booking is acknowledged and durable. */
async function book(): Promise<LoadResult> {
  const run = crypto.randomUUID();
  const result = await runOpenLoad({
    port: platform.port,
    requests: BOOKINGS_PER_S * DURATION_MS / 1_000,
    arrivalsMs: DURATION_MS,
    connections: CONNECTIONS,
    request: (n) => reserveRequest(users[n % USERS]!, { eventId: hotEventId, key: `${run}-${n}` }),
  });
  const before = durable;
  durable = await countBookings(databases);
  mustHold(
    result.answers.size === 1 && result.answers.get(200) === durable - before,
    `${durable - before} bookings are durable, answers ${statuses(result.answers)}`,
  );
  return result;
}

function push<T>(lists: Map<string, T[]>, name: string, value: T): void {
  lists.set(name, [...lists.get(name) ?? [], value]);
}
