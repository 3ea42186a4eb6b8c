/**
 * `deno task bench`: measures durable reservations per second on one hot event through the gateway, with authentication,
 * at rising numbers in flight, and the processor time of each part. For comparison in the same run: a version lock, the
 * best SQL without batches (a statement for the seats and one for the booking, each in its database), the platform
 * without a database, and the batch statements alone (pgbench). Needs `DATABASE_URL` and `REDIS_URL`; wrk, if installed,
 * leaves more of the cores to the platform.
 */
import { exactlyOne, type Pool } from "@evently/shared/postgres";
import { MAX_BATCH } from "../services/booking/peers/seats.ts";
import { type CpuSources, readCpuTimes, spentEach } from "./lib/cpu.ts";
import { runPgbench } from "./lib/pgbench.ts";
import { startPlatform } from "./lib/platform.ts";
import { print } from "./lib/report.ts";
import { runReservations } from "./lib/requests.ts";
import { type BenchServer, startServer } from "./lib/server.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { issueTokens } from "./lib/tokens.ts";
import { prepareOldEvent, startVariant } from "./lib/variants.ts";

const IN_FLIGHT = [1, 8, 64, 256];
const DURATION_MS = Number(Deno.env.get("BENCH_DURATION_MS") ?? 5_000);
/** Warm-up of each contender; a single request at a time would not get the code compiled. */
const HEAT_UP = { inFlight: 64, durationMs: 4_000 };
const WARM_UP_MS = 1_000;
const CAPACITY = 50_000_000;
const USERS = 2_000;
/** Reservations in a batch of pgbench: the platform's maximum. */
const BATCH = MAX_BATCH;

const INSERT_SCRIPT = `
  INSERT INTO bookings
    (booking_id, user_id, event_id, reference, quantity, unit_price_minor, total_minor, currency,
     booked_at, expires_at, sold_with_start, refund_policy, status, payment_status)
  SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
         upper(substr(md5(random()::text), 1, 6)), 1, 150000, 150000, 'INR', now(),
         now() + interval '5 minutes', now() + interval '30 days',
         '[{"hours_before":24,"percent":100},{"hours_before":2,"percent":50}]', 'pending', 'pending'
    FROM generate_series(1, ${BATCH})
  ON CONFLICT DO NOTHING;`;

/** One implementation of reserve on a running server. */
interface Contender {
  name: string;
  port: number;
  /** Durable reservations so far. Without it, answers are counted. */
  count?: () => Promise<number>;
  /** Processes whose processor time is reported. */
  cpu?: CpuSources;
}

interface Measured {
  name: string;
  inFlight: number;
  /** Durable reservations per second. */
  rate: number;
  p50Ms: number;
  p99Ms: number;
  /** Answers other than a reservation. */
  refused: number;
  /** Processor time per reservation in µs, by part. */
  spentUs: [string, number][];
}

await using databases = await createBenchDatabases();
const bookings = databases.pool("bookings_db");
const eventId = await createEvent(databases.pool("events_db"), CAPACITY);
await prepareOldEvent(databases, { eventId, seats: CAPACITY });
const tokens = await issueTokens(USERS);

await using platform = await startPlatform(databases);
await using versionLock = await startVariant(databases, { name: "version_lock", connections: 10 });
await using single = await startVariant(databases, { name: "single_statement", connections: 8 });
await using noDatabase = await startServer("bench/variants/no_database.ts", {});

function cpuOf({ pid }: BenchServer): CpuSources {
  return {
    pid,
    pool: bookings,
    databases: new Map([
      [databases.name("events_db"), "events_db"],
      [databases.name("bookings_db"), "bookings_db"],
    ]),
  };
}
const contenders: Contender[] = [
  {
    name: "evently",
    port: platform.port,
    count: () => count(bookings, "bookings"),
    cpu: cpuOf(platform),
  },
  { name: "version lock", port: versionLock.port, count: () => count(bookings, "old_bookings") },
  {
    name: "single SQL",
    port: single.port,
    count: () => count(bookings, "old_bookings"),
    cpu: cpuOf(single),
  },
  { name: "no database", port: noDatabase.port },
];

for (const contender of contenders) {
  await load(contender, HEAT_UP.inFlight, HEAT_UP.durationMs);
}
const results: Measured[] = [];
for (const inFlight of IN_FLIGHT) {
  for (const contender of contenders) {
    await load(contender, inFlight, WARM_UP_MS);
    const measured = await measure(contender, inFlight);
    results.push(measured);
    print(line(measured));
    if (contender.cpu) print(spentLine(measured));
  }
}
const limits = await measureLimits();
print();
for (const inFlight of IN_FLIGHT) {
  const [evently, ...others] = results.filter((result) => result.inFlight === inFlight);
  const rates = [...others.map(({ name, rate }): [string, number] => [name, rate]), ...limits];
  const ratios = rates.map(([name, rate]) => `${(evently!.rate / rate).toFixed(2)} x ${name}`);
  print(`at ${inFlight} in flight: ${ratios.join(", ")}`);
}

/** Reservations per second of the batch statements alone, one batch at a time; empty without pgbench. */
async function measureLimits(): Promise<[name: string, rate: number][]> {
  const hotEvent = await createEvent(databases.pool("events_db"), CAPACITY);
  const scripts = [
    ["events_db", "hold_seats alone", holdScript(hotEvent)],
    ["bookings_db", "inserting bookings alone", INSERT_SCRIPT],
  ] as const;
  const limits: [string, number][] = [];
  for (const [database, name, script] of scripts) {
    const batches = await runPgbench({
      url: databases.url(database),
      durationS: DURATION_MS / 1_000,
      script: script.replaceAll("\n", " "),
    });
    if (batches === undefined) {
      print("pgbench is not installed: skipping the limits of PostgreSQL");
      return [];
    }
    const rate = batches * BATCH;
    print(
      `${name} by pgbench: ${rate.toFixed(0)} a second, ${(1_000 / batches).toFixed(2)} ms a ` +
        `batch of ${BATCH}`,
    );
    limits.push([name, rate]);
  }
  return limits;
}

async function measure(contender: Contender, inFlight: number): Promise<Measured> {
  const before = await contender.count?.() ?? 0;
  const cpuBefore = contender.cpu && await readCpuTimes(contender.cpu);
  const { accepted, refused, elapsedMs, p50Ms, p99Ms } = await load(
    contender,
    inFlight,
    DURATION_MS,
  );
  const cpuAfter = contender.cpu && await readCpuTimes(contender.cpu);
  const durable = contender.count ? await contender.count() - before : accepted;
  if (durable < accepted) throw new Error(`${accepted} accepted, but only ${durable} are durable`);
  return {
    name: contender.name,
    inFlight,
    rate: durable / elapsedMs * 1_000,
    p50Ms,
    p99Ms,
    refused,
    spentUs: cpuBefore && cpuAfter ? spentEach(cpuBefore, cpuAfter, durable) : [],
  };
}

function load({ port }: Contender, inFlight: number, durationMs: number) {
  return runReservations({
    port,
    inFlight,
    durationMs,
    tokens,
    eventIds: [eventId],
  });
}

function holdScript(event: string): string {
  return `SELECT seq FROM hold_seats(
    '${event}', ARRAY(SELECT gen_random_uuid() FROM generate_series(1, ${BATCH})),
    array_fill(1, ARRAY[${BATCH}]), array_fill(now() + interval '5 minutes', ARRAY[${BATCH}]),
    'public', false, now(), NULL, NULL, NULL);`;
}

function count(pool: Pool, table: "bookings" | "old_bookings"): Promise<number> {
  return exactlyOne(
    pool<{ count: number }[]>`SELECT count(*) FROM ${pool(table)}`,
    ({ count }) => count,
  );
}

function line({ name, inFlight, rate, p50Ms, p99Ms, refused }: Measured): string {
  return `${name.padEnd(13)} ${String(inFlight).padStart(4)} in flight: ` +
    `${rate.toFixed(0).padStart(6)} reservations/s, p50 ${p50Ms.toFixed(1)} ms, ` +
    `p99 ${p99Ms.toFixed(1)} ms${refused > 0 ? `, ${refused} refused` : ""}`;
}

function spentLine({ spentUs }: Measured): string {
  const totalUs = spentUs.reduce((sum, [, us]) => sum + us, 0);
  const parts = spentUs.map(([name, us]) => `${name} ${us.toFixed(0)}`);
  return `${" ".repeat(14)}${totalUs.toFixed(0)} us of processor time each: ${parts.join(", ")}`;
}
