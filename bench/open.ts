/**
 * `deno task bench:open`: compares latency under closed and open arrival on the same server. A closed loop waits while the
 * server stalls and counts the stall once per connection; open arrival counts it for every request that was due. Needs
 * `DATABASE_URL` and `REDIS_URL`.
 */
import { countBookings, mustAddUp } from "./lib/exact.ts";
import { type LoadResult, percentile, runLoad } from "./lib/http_load.ts";
import { runOpenLoad } from "./lib/open_load.ts";
import { startPlatform } from "./lib/platform.ts";
import { mustHold, print, setting } from "./lib/report.ts";
import { reserveRequest } from "./lib/requests.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { issueUsers } from "./lib/tokens.ts";

const DURATION_MS = setting("BENCH_DURATION_MS", 5_000);
const IN_FLIGHT = 64;
const OPEN_CONNECTIONS = 512;
/** Open arrival rates, as shares of the closed loop's rate. */
const SHARES = [0.25, 0.5, 0.75, 0.9];
const CAPACITY = 10_000_000;
const USERS = 2_000;

await using databases = await createBenchDatabases();
const eventId = await createEvent(databases.pool("events_db"), CAPACITY);
const users = await issueUsers(USERS);
await using platform = await startPlatform(databases);

await closed();
const full = await measured(closed);
const fullRate = full.answers.get(200)! / full.elapsedMs * 1_000;
print(`closed, ${IN_FLIGHT} in flight: ${fullRate.toFixed(0)} a second, ${latencies(full)}`);
for (const share of SHARES) {
  const requests = Math.round(fullRate * share * DURATION_MS / 1_000);
  const result = await measured(() =>
    runOpenLoad({
      port: platform.port,
      requests,
      arrivalsMs: DURATION_MS,
      connections: OPEN_CONNECTIONS,
      request: reserver(),
    })
  );
  print(
    `open, ${(share * 100).toFixed(0)} % of that: ${(fullRate * share).toFixed(0)} a second, ` +
      `${latencies(result)}, last answer ${result.lagMs.toFixed(0)} ms after the last arrival`,
  );
}
await mustAddUp(databases);

function closed() {
  return runLoad({
    port: platform.port,
    inFlight: IN_FLIGHT,
    durationMs: DURATION_MS,
    request: reserver(),
  });
}

function reserver(): (n: number) => Uint8Array {
  const run = crypto.randomUUID();
  return (n) => reserveRequest(users[n % USERS]!, { eventId, key: `${run}-${n}` });
}

async function measured<Result extends LoadResult>(load: () => Promise<Result>): Promise<Result> {
  const before = await countBookings(databases);
  const result = await load();
  const durable = await countBookings(databases) - before;
  mustHold(durable === result.answers.get(200), `${durable} bookings are durable`);
  return result;
}

function latencies({ latenciesMs }: LoadResult): string {
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => percentile(latenciesMs, share).toFixed(1));
  return `p50 ${p50} ms, p99 ${p99} ms, the longest ${most} ms`;
}
