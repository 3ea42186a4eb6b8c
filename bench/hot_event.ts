/**
 * `deno task bench`: reservations a second on one hot event, at rising numbers in flight, through the gateway
 * with authentication, counted in the database; beside, in the same run, a version lock and the best
 * single-request SQL behind the same HTTP path. Needs `DATABASE_URL` and `REDIS_URL`.
 */
import { exactlyOne, type Pool } from "@evently/shared/postgres";
import { percentile, postBytes, runLoad } from "./lib/http_load.ts";
import { startServer } from "./lib/server.ts";
import { createBenchDatabases, createEvent, required } from "./lib/stores.ts";
import { BENCH_JWT_SECRET, issueTokens } from "./lib/tokens.ts";

const IN_FLIGHT = [1, 8, 64, 256];
const DURATION_MS = Number(Deno.env.get("BENCH_DURATION_MS") ?? 5_000);
/** Before anything is measured each contender runs hot, as a lone request at a time would never get it compiled. */
const HEAT_UP = { in_flight: 64, duration_ms: 4_000 };
const WARM_UP_MS = 1_000;
const CAPACITY = 50_000_000;
const USERS = 2_000;

/** One way to reserve, on a server that runs. */
interface Contender {
  name: string;
  port: number;
  count: () => Promise<number>;
}

interface Measured {
  name: string;
  in_flight: number;
  /** Durable reservations a second. */
  rate: number;
  p50_ms: number;
  p99_ms: number;
  /** Answers that were no reservation. */
  refused: number;
}

await using databases = await createBenchDatabases();
const bookings = databases.pool("bookings_db");
const eventId = await createEvent(databases.pool("events_db"), CAPACITY);
await prepareOldTables(bookings, eventId);
const tokens = await issueTokens(USERS);

await using platform = await startServer("services/gateway/main.ts", {
  ENVIRONMENT: "development",
  USER_SERVICE_DB_URL: databases.url("users_db"),
  EVENT_SERVICE_DB_URL: databases.url("events_db"),
  BOOKING_SERVICE_DB_URL: databases.url("bookings_db"),
  REDIS_URL: required("REDIS_URL"),
  JWT_SECRET: BENCH_JWT_SECRET,
  BOOKING_RATE_LIMIT_PER_MINUTE: "0",
  GATEWAY_RATE_LIMIT_PER_MINUTE: "0",
});
await using versionLock = await startVariant("version_lock", 10);
await using singleStatement = await startVariant("single_statement", 8);

const contenders: Contender[] = [
  { name: "evently", port: platform.port, count: () => count(bookings, "bookings") },
  { name: "version lock", port: versionLock.port, count: () => count(bookings, "old_bookings") },
  { name: "single SQL", port: singleStatement.port, count: () => count(bookings, "old_bookings") },
];

for (const contender of contenders) {
  await load(contender, HEAT_UP.in_flight, HEAT_UP.duration_ms);
}
const results: Measured[] = [];
for (const in_flight of IN_FLIGHT) {
  for (const contender of contenders) {
    await load(contender, in_flight, WARM_UP_MS);
    const measured = await measure(contender, in_flight);
    results.push(measured);
    print(line(measured));
  }
}
print("");
for (const in_flight of IN_FLIGHT) {
  const [evently, version, single] = results.filter((result) => result.in_flight === in_flight);
  print(
    `at ${in_flight} in flight: ${ratio(evently, version)} x the version lock, ` +
      `${ratio(evently, single)} x the single SQL`,
  );
}

function startVariant(variant: string, connections: number) {
  return startServer("bench/variants/server.ts", {
    BENCH_VARIANT: variant,
    BENCH_DATABASE_URL: databases.url("bookings_db"),
    BENCH_CONNECTIONS: String(connections),
  });
}

async function measure(contender: Contender, in_flight: number): Promise<Measured> {
  const before = await contender.count();
  const { answers, elapsed_ms, latencies_ms } = await load(contender, in_flight, DURATION_MS);
  const durable = await contender.count() - before;
  const total = [...answers.values()].reduce((sum, n) => sum + n, 0);
  const accepted = answers.get(200) ?? 0;
  if (durable < accepted) throw new Error(`${accepted} accepted, but only ${durable} are durable`);
  return {
    name: contender.name,
    in_flight,
    rate: durable / elapsed_ms * 1_000,
    p50_ms: percentile(latencies_ms, 0.5),
    p99_ms: percentile(latencies_ms, 0.99),
    refused: total - accepted,
  };
}

function load({ port }: Contender, in_flight: number, duration_ms: number) {
  const run = crypto.randomUUID();
  return runLoad({
    port,
    in_flight,
    duration_ms,
    request: (n) =>
      postBytes("/api/booking/bookings/reserve", tokens[n % tokens.length]!, {
        event_id: eventId,
        quantity: 1,
        idempotency_key: `${run}-${n}`,
      }),
  });
}

async function prepareOldTables(pool: Pool, eventId: string): Promise<void> {
  await pool.unsafe(await Deno.readTextFile(new URL("./variants/schema.sql", import.meta.url)));
  await pool`INSERT INTO old_events VALUES (${eventId}, ${CAPACITY}, 150000, 1)`;
}

function count(pool: Pool, table: "bookings" | "old_bookings"): Promise<number> {
  return exactlyOne(
    pool<{ count: number }[]>`SELECT count(*) FROM ${pool(table)}`,
    ({ count }) => count,
  );
}

function line({ name, in_flight, rate, p50_ms, p99_ms, refused }: Measured): string {
  return `${name.padEnd(13)} ${String(in_flight).padStart(4)} in flight: ` +
    `${rate.toFixed(0).padStart(6)} reservations/s, p50 ${p50_ms.toFixed(1)} ms, ` +
    `p99 ${p99_ms.toFixed(1)} ms${refused > 0 ? `, ${refused} refused` : ""}`;
}

function ratio(a: Measured | undefined, b: Measured | undefined): string {
  return ((a?.rate ?? NaN) / (b?.rate ?? NaN)).toFixed(1);
}

function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}
