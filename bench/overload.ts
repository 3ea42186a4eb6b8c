/**
 * `deno task bench:overload`: reservations at once, twice and three times what the platform can do, by open arrival, and at
 * half of it directly afterwards, in one process and in five. Commits are slow, on a PostgreSQL of its own, so that the
 * store is the limit and not the cores, which the clients share. Every acknowledged reservation must be durable, every
 * refusal must have `Retry-After`, and after the overload nothing may be refused. Needs `REDIS_URL`.
 */
import { countBookings, mustAddUp } from "./lib/exact.ts";
import { percentile, runLoad } from "./lib/http_load.ts";
import { runOpenLoad } from "./lib/open_load.ts";
import { ownPostgres } from "./lib/own_postgres.ts";
import { startFiveProcesses, startPlatform } from "./lib/platform.ts";
import { mustHold, print, setting, statuses } from "./lib/report.ts";
import { reserveRequest } from "./lib/requests.ts";
import type { BenchServer } from "./lib/server.ts";
import { type BenchDatabases, createBenchDatabases, createEvent } from "./lib/stores.ts";
import { issueUsers } from "./lib/tokens.ts";

const DURATION_MS = setting("BENCH_DURATION_MS", 6_000);
const CONNECTIONS = setting("BENCH_CONNECTIONS", 4_000);
const COMMIT_DELAY_MS = setting("BENCH_COMMIT_DELAY_MS", 100);
const IN_FLIGHT = 512;
/** Arrivals, as shares of what a closed loop gets. The last is the recovery. */
const SHARES = [1, 2, 3, 0.5];
const CAPACITY = 10_000_000;
const USERS = 2_000;
const REFUSAL = /^HTTP\/1\.1 503 /;
const RETRY_AFTER = /^retry-after: \d/im;

const HOMES: Record<string, (databases: BenchDatabases) => Promise<BenchServer>> = {
  "one process": (databases) => startPlatform(databases, { LOG_LEVEL: "error" }),
  "five processes": (databases) => startFiveProcesses(databases, { LOG_LEVEL: "error" }),
};

const users = await issueUsers(USERS);
await using postgres = await ownPostgres({
  commit_delay: String(COMMIT_DELAY_MS * 1_000),
  commit_siblings: "0",
  max_wal_size: "2GB",
});
for (const [home, start] of Object.entries(HOMES)) {
  await using databases = await createBenchDatabases(postgres.url());
  const eventId = await createEvent(databases.pool("events_db"), CAPACITY);
  await using platform = await start(databases);
  await measure(home, { databases, platform, eventId });
  await mustAddUp(databases);
}

async function measure(
  home: string,
  { databases, platform, eventId }: {
    databases: BenchDatabases;
    platform: BenchServer;
    eventId: string;
  },
): Promise<void> {
  const { port } = platform;
  const request = () => {
    const run = crypto.randomUUID();
    return (n: number) => reserveRequest(users[n % USERS]!, { eventId, key: `${run}-${n}` });
  };
  const closed = () =>
    runLoad({ port, inFlight: IN_FLIGHT, durationMs: DURATION_MS, request: request() });
  await closed(); // the code is compiled
  const full = await closed();
  const capacity = (full.answers.get(200) ?? 0) / full.elapsedMs * 1_000;
  print(`${home}: ${capacity.toFixed(0)} reservations a second with ${IN_FLIGHT} in flight`);
  for (const share of SHARES) {
    const servedMs: number[] = [];
    const refusedMs: number[] = [];
    let silent = 0;
    const before = await countBookings(databases);
    const { answers, elapsedMs, lagMs } = await runOpenLoad({
      port,
      requests: Math.round(capacity * share * DURATION_MS / 1_000),
      arrivalsMs: DURATION_MS,
      connections: CONNECTIONS,
      request: request(),
      onAnswer: (status, tookMs) => void (status === 200 ? servedMs : refusedMs).push(tookMs),
      onHead(head) {
        if (REFUSAL.test(head) && !RETRY_AFTER.test(head)) silent++;
      },
    });
    const reserved = answers.get(200) ?? 0;
    print(
      `  ${share} times that: ${
        (reserved / elapsedMs * 1_000 / capacity).toFixed(2)
      } of it reserved ` +
        `(${statuses(answers)}); p50 / p99 of reserved ${spread(servedMs)}, of refused ${
          spread(refusedMs)
        }; the last answer ${lagMs.toFixed(0)} ms after the last arrival`,
    );
    const durable = await countBookings(databases) - before;
    mustHold(durable === reserved, `${durable} bookings are durable of ${reserved}`);
    mustHold(silent === 0, `${silent} refusals without Retry-After`);
    const others = [...answers.keys()].filter((status) => status !== 200 && status !== 503);
    mustHold(others.length === 0, `answers ${statuses(answers)}`);
    if (share < 1) mustHold(answers.size === 1, `refused after the overload: ${statuses(answers)}`);
  }
}

function spread(valuesMs: number[]): string {
  const sorted = Float64Array.from(valuesMs).sort();
  return sorted.length === 0
    ? "none"
    : `${percentile(sorted, 0.5).toFixed(0)} / ${percentile(sorted, 0.99).toFixed(0)} ms`;
}
