/**
 * `deno task bench`: reservations a second on one hot event, at rising numbers in flight, through the gateway
 * with authentication, counted in the database. Beside, in the same run: a version lock and the best
 * single-request SQL behind the same HTTP path, our own HTTP path without a database, and the batch function
 * alone by pgbench. Needs `DATABASE_URL` and `REDIS_URL`.
 */
import { exactlyOne, type Pool } from "@evently/shared/postgres";
import { percentile, postBytes, runLoad } from "./lib/http_load.ts";
import { runPgbench } from "./lib/pgbench.ts";
import { startPlatform } from "./lib/platform.ts";
import { startServer } from "./lib/server.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { issueTokens } from "./lib/tokens.ts";
import { prepareOldEvent, startVariant } from "./lib/variants.ts";

const IN_FLIGHT = [1, 8, 64, 256];
const DURATION_MS = Number(Deno.env.get("BENCH_DURATION_MS") ?? 5_000);
/** Before anything is measured each contender runs hot, as a lone request at a time would never get it compiled. */
const HEAT_UP = { in_flight: 64, duration_ms: 4_000 };
const WARM_UP_MS = 1_000;
const CAPACITY = 50_000_000;
const USERS = 2_000;
/** Seats of a batch of pgbench's, one each. */
const BATCH = 250;

/** One way to reserve, on a server that runs. */
interface Contender {
  name: string;
  port: number;
  /** Durable reservations so far; without one, answers count. */
  count?: () => Promise<number>;
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
await prepareOldEvent(bookings, { eventId, seats: CAPACITY });
const tokens = await issueTokens(USERS);

await using platform = await startPlatform(databases);
await using versionLock = await startVariant(databases, { name: "version_lock", connections: 10 });
await using single = await startVariant(databases, { name: "single_statement", connections: 8 });
await using noDatabase = await startServer("bench/variants/no_database.ts", {});

const contenders: Contender[] = [
  { name: "evently", port: platform.port, count: () => count(bookings, "bookings") },
  { name: "version lock", port: versionLock.port, count: () => count(bookings, "old_bookings") },
  { name: "single SQL", port: single.port, count: () => count(bookings, "old_bookings") },
  { name: "no database", port: noDatabase.port },
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
const engine_rate = await measureEngine();
print("");
for (const in_flight of IN_FLIGHT) {
  const [evently, ...others] = results.filter((result) => result.in_flight === in_flight);
  const ratios = others.map(({ name, rate }) => `${ratio(evently?.rate, rate)} x ${name}`);
  if (engine_rate) ratios.push(`${ratio(evently?.rate, engine_rate)} x the engine's own limit`);
  print(`at ${in_flight} in flight: ${ratios.join(", ")}`);
}

/** Seats a second by the batch function alone, one batch after the other; `undefined` without pgbench. */
async function measureEngine(): Promise<number | undefined> {
  const hotEvent = await createEvent(databases.pool("events_db"), CAPACITY);
  const batches = await runPgbench({
    url: databases.url("events_db"),
    duration_s: DURATION_MS / 1_000,
    script: `SELECT seq FROM hold_seats(
      '${hotEvent}', ARRAY(SELECT gen_random_uuid() FROM generate_series(1, ${BATCH})),
      array_fill(1, ARRAY[${BATCH}]), array_fill(now() + interval '5 minutes', ARRAY[${BATCH}]),
      'public', false, now());`.replaceAll("\n", " "),
  });
  if (batches === undefined) {
    print("pgbench is not installed: the engine's own limit is not known");
    return undefined;
  }
  const rate = batches * BATCH;
  print(`hold_seats by pgbench, batches of ${BATCH}: ${rate.toFixed(0)} seats/s`);
  return rate;
}

async function measure(contender: Contender, in_flight: number): Promise<Measured> {
  const before = await contender.count?.() ?? 0;
  const { answers, elapsed_ms, latencies_ms } = await load(contender, in_flight, DURATION_MS);
  const total = [...answers.values()].reduce((sum, n) => sum + n, 0);
  const accepted = answers.get(200) ?? 0;
  const durable = contender.count ? await contender.count() - before : accepted;
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

function ratio(a: number | undefined, b: number): string {
  return ((a ?? NaN) / b).toFixed(2);
}

function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}
