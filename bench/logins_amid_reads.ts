/**
 * `deno task bench:logins-amid-reads`: measures log-ins verified per second, alone and during reads without a token, in
 * turns. Enough connections log in to keep the hashing lane full. Needs `DATABASE_URL` and `REDIS_URL`.
 */
import { type LoadResult, percentile, postBytes, runLoad } from "./lib/http_load.ts";
import { runOpenLoad } from "./lib/open_load.ts";
import { startPlatform } from "./lib/platform.ts";
import { mustHold, print, setting, statuses } from "./lib/report.ts";
import { getRequest } from "./lib/requests.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";

const ROUNDS = setting("BENCH_ROUNDS", 9);
const DURATION_MS = setting("BENCH_DURATION_MS", 2_000);
const READS_PER_S = setting("BENCH_READS_PER_S", 500);
const READ_CONNECTIONS = 16;
const LOGIN_CONNECTIONS = 32;
const CAPACITY = 500;
const WRONG_PASSWORD = 401;

await using databases = await createBenchDatabases();
const eventId = await createEvent(databases.pool("events_db"), CAPACITY);
await using platform = await startPlatform(databases, {
  LOG_LEVEL: "error",
  LOGIN_GUESSES_PER_MINUTE: "0",
  LOGIN_RATE_LIMIT_PER_MINUTE: "0",
});
const availability = getRequest(
  `/api/booking/bookings/check-availability?event_id=${eventId}&quantity=1`,
);
const probe = getRequest("/health/ready");

/** Reads that run beside the log-ins. */
const READS: Record<string, () => Promise<unknown>> = {
  "four availabilities a second": () => readAtRate(availability, 4),
  [`${READS_PER_S} availabilities a second`]: () => readAtRate(availability, READS_PER_S),
  [`${READS_PER_S} readiness probes a second`]: () => readAtRate(probe, READS_PER_S),
  "as many availabilities as are answered": () => readAsFastAsAnswered(availability),
};

await logIns();
const ratios = new Map<string, number[]>();
const rates = new Map<string, number[]>();
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, reads] of Object.entries(READS)) {
    const alone = await logIns();
    const [during] = await Promise.all([logIns(), reads()]);
    push(ratios, name, during / alone);
    push(rates, name, during);
    push(rates, "alone", alone);
  }
}
print(`log-ins verified a second, alone: ${median(rates.get("alone")!).toFixed(1)}`);
for (const name of Object.keys(READS)) {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) =>
    percentile(ratios.get(name)!.toSorted((a, b) => a - b), share).toFixed(2)
  );
  print(
    `during ${name}: ${median(rates.get(name)!).toFixed(1)}, ` +
      `${middle} of the previous round (quartiles ${low} and ${high})`,
  );
}

/** Returns log-ins verified per second. Their e-mails are unknown, which costs as much as a known one. */
async function logIns(): Promise<number> {
  const run = crypto.randomUUID();
  const { answers, elapsedMs } = await checked(runLoad({
    port: platform.port,
    inFlight: LOGIN_CONNECTIONS,
    durationMs: DURATION_MS,
    request: (n) =>
      postBytes("/api/user/auth/login", "", {
        email: `${run}-${n}@example.com`,
        password: "not-the-password",
      }),
  }));
  return answers.get(WRONG_PASSWORD)! / elapsedMs * 1_000;
}

async function checked(load: Promise<LoadResult>): Promise<LoadResult> {
  const result = await load;
  mustHold(result.answers.get(WRONG_PASSWORD) !== undefined, statuses(result.answers));
  return result;
}

function readAtRate(request: Uint8Array, aSecond: number) {
  return runOpenLoad({
    port: platform.port,
    requests: aSecond * DURATION_MS / 1_000,
    arrivalsMs: DURATION_MS,
    connections: READ_CONNECTIONS,
    request: () => request,
  });
}

function readAsFastAsAnswered(request: Uint8Array) {
  return runLoad({
    port: platform.port,
    inFlight: READ_CONNECTIONS,
    durationMs: DURATION_MS,
    request: () => request,
  });
}

function push(lists: Map<string, number[]>, name: string, value: number): void {
  lists.set(name, [...lists.get(name) ?? [], value]);
}

function median(values: number[]): number {
  return percentile(values.toSorted((a, b) => a - b), 0.5);
}
