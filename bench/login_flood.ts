/**
 * `deno task bench:login-flood`: what a flood of log-ins does to those who book. Bookings come at a steady
 * rate, alone, amid as many requests that hash nothing, and amid the flood, in turns; their latencies count from
 * when they were to come. Needs `DATABASE_URL` and `REDIS_URL`.
 */
import { countBookings, mustAddUp } from "./lib/exact.ts";
import { type LoadResult, percentile, postBytes } from "./lib/http_load.ts";
import { runOpenLoad } from "./lib/open_load.ts";
import { startPlatform } from "./lib/platform.ts";
import { median, mustHold, print, setting, statuses } from "./lib/report.ts";
import { reserveRequest } from "./lib/requests.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { issueUsers } from "./lib/tokens.ts";

const PAIRS = setting("BENCH_ROUNDS", 7);
const DURATION_MS = setting("BENCH_DURATION_MS", 5_000);
const BOOKINGS_PER_S = setting("BENCH_BOOKINGS_PER_S", 500);
/** More than two cores can verify. */
const LOGINS_PER_S = setting("BENCH_LOGINS_PER_S", 500);
const CONNECTIONS = 64;
/** So many wait for an answer at once that the hashing lane overflows. */
const LOGIN_CONNECTIONS = 512;
const CAPACITY = 10_000_000;
const USERS = 1_000;

await using databases = await createBenchDatabases();
const eventId = await createEvent(databases.pool("events_db"), CAPACITY);
const users = await issueUsers(USERS);
await using platform = await startPlatform(databases, {
  LOG_LEVEL: "error", // or each log-in that is turned away is a warning
  LOGIN_GUESSES_PER_MINUTE: "0",
  LOGIN_RATE_LIMIT_PER_MINUTE: "0",
});

await Promise.all([book(), flood()]);
let reserved = await countBookings(databases);
const alone: LoadResult[] = [];
const amidRequests: LoadResult[] = [];
const amidFlood: LoadResult[] = [];
const floods: LoadResult[] = [];
for (let pair = 0; pair < PAIRS; pair++) {
  alone.push(await checked(book()));
  const [amongCheap] = await Promise.all([checked(book()), flood({ hashes: false })]);
  amidRequests.push(amongCheap);
  const [booked, flooded] = await Promise.all([checked(book()), flood()]);
  amidFlood.push(booked);
  floods.push(flooded);
}
await mustAddUp(databases);

for (const share of [0.5, 0.99]) {
  const [without, cheap, flooded] = [alone, amidRequests, amidFlood].map((results) =>
    latencies(results, share)
  ) as [number[], number[], number[]];
  print(
    `p${share * 100} of ${BOOKINGS_PER_S} bookings a second: ${
      median(without).toFixed(2)
    } ms alone, ` +
      `${median(cheap).toFixed(2)} ms amid requests that hash nothing, ` +
      `${median(flooded).toFixed(2)} ms amid the flood`,
  );
  print(`  the flood to alone: ${ratiosOf(flooded, without)}`);
  print(`  the flood to requests that hash nothing: ${ratiosOf(flooded, cheap)}`);
}
const verified = floods.map(({ answers, elapsed_ms }) =>
  (answers.get(401) ?? 0) / elapsed_ms * 1_000
);
print(
  `of ${LOGINS_PER_S} log-ins a second ${median(verified).toFixed(0)} were verified, their p50 ` +
    `${median(latencies(floods, 0.5)).toFixed(0)} ms; the last flood: ${
      statuses(floods.at(-1)!.answers)
    }`,
);

/** The median of the pairs, and each. */
function ratiosOf(values: readonly number[], others: readonly number[]): string {
  const ratios = values.map((value, i) => value / others[i]!);
  return `${median(ratios).toFixed(2)} (${ratios.map((ratio) => ratio.toFixed(2)).join(", ")})`;
}

function latencies(results: LoadResult[], share: number): number[] {
  return results.map(({ latencies_ms }) => percentile(latencies_ms, share));
}

function book() {
  const run = crypto.randomUUID();
  return arrive(
    { a_second: BOOKINGS_PER_S, connections: CONNECTIONS },
    (n) => reserveRequest(users[n % USERS]!, { eventId, key: `${run}-${n}` }),
  );
}

/** Each with an e-mail of its own that nobody has, which costs what a wrong password costs; or with no password. */
function flood({ hashes = true } = {}) {
  const run = crypto.randomUUID();
  return arrive(
    { a_second: LOGINS_PER_S, connections: LOGIN_CONNECTIONS },
    (n) =>
      postBytes("/api/user/auth/login", "", {
        email: `${run}-${n}@example.com`,
        ...(hashes ? { password: "not-the-password" } : {}),
      }),
  );
}

function arrive(
  { a_second, connections }: { a_second: number; connections: number },
  request: (n: number) => Uint8Array,
) {
  const requests = a_second * DURATION_MS / 1_000;
  return runOpenLoad({
    port: platform.port,
    requests,
    arrivals_ms: DURATION_MS,
    connections,
    request,
  });
}

/** Every booking that was answered is durable. */
async function checked(load: Promise<LoadResult>): Promise<LoadResult> {
  const result = await load;
  const before = reserved;
  reserved = await countBookings(databases);
  mustHold(
    result.answers.size === 1 && result.answers.get(200) === reserved - before,
    `${reserved - before} bookings are durable, answers ${statuses(result.answers)}`,
  );
  return result;
}
