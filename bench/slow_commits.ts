/**
 * `deno task bench:slow-commits`: measures the hot event with slow commits, as on most disks and networks, beside a
 * version lock and the best single-request SQL. Runs on its own PostgreSQL with fsync on; `commit_siblings = 0` makes
 * `commit_delay` apply to every commit. Needs `REDIS_URL`.
 */
import { exactlyOne, type Pool } from "@evently/shared/postgres";
import { percentile, runLoad } from "./lib/http_load.ts";
import { ownPostgres } from "./lib/own_postgres.ts";
import { startPlatform } from "./lib/platform.ts";
import { median, mustHold, print, setting } from "./lib/report.ts";
import { reserveRequest } from "./lib/requests.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { issueUsers } from "./lib/tokens.ts";
import { prepareOldEvent, startVariant } from "./lib/variants.ts";

const DELAYS_MS = [0, 1, 5];
const IN_FLIGHT = setting("BENCH_IN_FLIGHT", 64);
const DURATION_MS = setting("BENCH_DURATION_MS", 4_000);
const WARM_UP_MS = 1_500;
const CAPACITY = 50_000_000;
const USERS = 2_000;
const COMMITS_TIMED = 21;
const TUNED = { max_wal_size: "8GB", shared_buffers: "256MB", commit_siblings: "0" };

await using postgres = await ownPostgres(TUNED);
await using databases = await createBenchDatabases(postgres.url());
const bookings = databases.pool("bookings_db");
const eventId = await createEvent(databases.pool("events_db"), CAPACITY);
await prepareOldEvent(databases, { eventId, seats: CAPACITY });
const users = await issueUsers(USERS);
await using platform = await startPlatform(databases);
await using versionLock = await startVariant(databases, { name: "version_lock", connections: 10 });
await using singleSql = await startVariant(databases, {
  name: "single_statement",
  connections: 8,
});
const contenders = [
  { name: "evently", port: platform.port, table: "bookings" },
  { name: "version lock", port: versionLock.port, table: "old_bookings" },
  { name: "single SQL", port: singleSql.port, table: "old_bookings" },
];

for (const delayMs of DELAYS_MS) {
  await bookings.unsafe(`ALTER SYSTEM SET commit_delay = ${delayMs * 1_000}`);
  await bookings`SELECT pg_reload_conf()`;
  const commitMs = await timeCommit(bookings);
  mustHold(commitMs >= delayMs, `a commit takes ${commitMs} ms: commit_delay has no effect`);
  const rates: number[] = [];
  for (const { name, port, table } of contenders) {
    await load(port, WARM_UP_MS);
    const before = await count(bookings, table);
    const { answers, elapsedMs, latenciesMs } = await load(
      port,
      DURATION_MS,
    );
    const durable = await count(bookings, table) - before;
    const accepted = answers.get(200) ?? 0;
    mustHold(
      durable === accepted,
      `${durable} reservations of ${name} are durable, expected ${accepted}`,
    );
    rates.push(durable / elapsedMs * 1_000);
    print(
      `commit_delay ${delayMs} ms (a commit takes ${commitMs.toFixed(1)} ms), ${name.padEnd(12)}: ${
        rates.at(-1)!.toFixed(0).padStart(5)
      } reservations a second, p50 ${percentile(latenciesMs, 0.5).toFixed(1)} ms, p99 ${
        percentile(latenciesMs, 0.99).toFixed(1)
      } ms`,
    );
  }
  const [evently, version, single] = rates;
  print(
    `  ${(evently! / version!).toFixed(1)} x the version lock, ` +
      `${(evently! / single!).toFixed(1)} x the single SQL`,
  );
}

function load(port: number, durationMs: number) {
  const run = crypto.randomUUID();
  return runLoad({
    port,
    inFlight: IN_FLIGHT,
    durationMs,
    request: (n) => reserveRequest(users[n % USERS]!, { eventId, key: `${run}-${n}` }),
  });
}

/** Median duration of single commits. */
async function timeCommit(pool: Pool): Promise<number> {
  await pool`CREATE TABLE IF NOT EXISTS commits (n integer)`;
  const timesMs: number[] = [];
  for (let n = 0; n < COMMITS_TIMED; n++) {
    const begunMs = performance.now();
    await pool`INSERT INTO commits VALUES (${n})`;
    timesMs.push(performance.now() - begunMs);
  }
  return median(timesMs);
}

function count(pool: Pool, table: string): Promise<number> {
  return exactlyOne(
    pool<{ count: number }[]>`SELECT count(*) FROM ${pool(table)}`,
    ({ count }) => count,
  );
}
