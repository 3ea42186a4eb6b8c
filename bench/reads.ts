/**
 * `deno task bench:reads`: measures public reads and their cost in PostgreSQL, beside the gateway's `/health` as the
 * ceiling of the HTTP path, and how long a change by another process stays invisible. Needs `DATABASE_URL` and
 * `REDIS_URL`.
 */
import { percentile, runLoad } from "./lib/http_load.ts";
import { startPlatform } from "./lib/platform.ts";
import { mustHold, print, setting, statuses } from "./lib/report.ts";
import { getRequest } from "./lib/requests.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { countTransactions } from "./lib/transactions.ts";

const DURATION_MS = setting("BENCH_DURATION_MS", 4_000);
const IN_FLIGHT = 64;
const STALENESS_ROUNDS = 10;
const CAPACITY = 1_000;
/** Fails if a change stays invisible for this long. */
const GIVE_UP_MS = 10_000;

await using databases = await createBenchDatabases();
const events = databases.pool("events_db");
const eventId = await createEvent(events, CAPACITY);
await using platform = await startPlatform(databases);
await using counter = countTransactions(databases);

const AVAILABILITY = `/api/event/events/${eventId}/availability`;
const READS = {
  "health": "/health",
  "event": `/api/event/events/${eventId}`,
  "availability": AVAILABILITY,
  "check-availability": `/api/booking/bookings/check-availability?event_id=${eventId}&quantity=2`,
};

const idle = await counter.during(() => new Promise((resolve) => setTimeout(resolve, DURATION_MS)));
for (const path of Object.values(READS)) await load(path);
let ceiling = NaN;
for (const [name, path] of Object.entries(READS)) {
  const { result, transactions } = await counter.during(() => load(path));
  const { answers, elapsedMs, latenciesMs } = result;
  mustHold(answers.size === 1 && answers.has(200), `${name} answered ${statuses(answers)}`);
  const reads = answers.get(200)!;
  const rate = reads / elapsedMs * 1_000;
  if (name === "health") ceiling = rate;
  print(
    `${name.padEnd(18)} ${rate.toFixed(0).padStart(6)} a second (${
      (rate / ceiling).toFixed(2)
    } of ` +
      `/health), p99 ${percentile(latenciesMs, 0.99).toFixed(1)} ms, ` +
      `${
        ((transactions - idle.transactions) / elapsedMs * 1_000).toFixed(1)
      } transactions a second ` +
      `more than at rest`,
  );
}

const unseenMs: number[] = [];
for (let round = 1; round <= STALENESS_ROUNDS; round++) unseenMs.push(await unseen(round));
print(
  `a change made by another process was seen after ${Math.min(...unseenMs).toFixed(0)} to ` +
    `${Math.max(...unseenMs).toFixed(0)} ms, in ${STALENESS_ROUNDS} rounds`,
);

function load(path: string) {
  const bytes = getRequest(path);
  return runLoad({
    port: platform.port,
    inFlight: IN_FLIGHT,
    durationMs: DURATION_MS,
    request: () => bytes,
  });
}

/** Changes seats directly in the database; returns how long reads did not show it, in ms. */
async function unseen(taken: number): Promise<number> {
  await available();
  await events`UPDATE seat_inventory SET sold = ${taken} WHERE event_id = ${eventId}`;
  const begunMs = performance.now();
  while (await available() !== CAPACITY - taken) {
    mustHold(performance.now() - begunMs < GIVE_UP_MS, "a change was never seen");
  }
  return performance.now() - begunMs;
}

async function available(): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${platform.port}${AVAILABILITY}`);
  return (await response.json()).available_seats;
}
