/**
 * `deno task bench:login-flood`: measures how a flood of log-ins affects bookings. Bookings arrive at a steady rate, alone,
 * during as many requests that hash nothing, and during the flood, in turns. Latency counts from the planned arrival.
 * Needs `DATABASE_URL` and `REDIS_URL`.
 */
import { SYSTEM_PAUSE } from "@evently/shared/clock";
import { countBookings, mustAddUp } from "./lib/exact.ts";
import { type LoadResult, percentile, postBytes } from "./lib/http_load.ts";
import { type OpenLoadResult, runOpenLoad } from "./lib/open_load.ts";
import { startPlatform } from "./lib/platform.ts";
import { mustHold, print, setting, statuses } from "./lib/report.ts";
import { reserveRequest } from "./lib/requests.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { issueUsers } from "./lib/tokens.ts";

const ROUNDS = setting("BENCH_ROUNDS", 20);
const DURATION_MS = setting("BENCH_DURATION_MS", 2_000);
const BOOKINGS_PER_S = setting("BENCH_BOOKINGS_PER_S", 500);
/** More log-ins than two cores can verify. */
const LOGINS_PER_S = setting("BENCH_LOGINS_PER_S", 500);
const CONNECTIONS = 64;
const WRONG_PASSWORD = 401;
/** How long the other load runs before the bookings begin. */
const LEAD_MS = 1_000;
/** Enough concurrent log-ins to overflow the hashing lane. */
const LOGIN_CONNECTIONS = 512;
const CAPACITY = 10_000_000;
const USERS = 1_000;

await using databases = await createBenchDatabases();
const eventId = await createEvent(databases.pool("events_db"), CAPACITY);
const users = await issueUsers(USERS);
await using platform = await startPlatform(databases, {
  LOG_LEVEL: "error", // otherwise each rejected log-in logs a warning
  LOGIN_GUESSES_PER_MINUTE: "0",
  LOGIN_RATE_LIMIT_PER_MINUTE: "0",
});

/** Whether bookings are in progress, and how many log-ins were verified during them. */
let booking = false;
let verified = 0;

await during(flood);
verified = 0;
let reserved = await countBookings(databases);
const alone: LoadResult[] = [];
const duringRequests: LoadResult[] = [];
const duringFlood: LoadResult[] = [];
let lastFlood: OpenLoadResult | undefined;
for (let round = 0; round < ROUNDS; round++) {
  alone.push(await checked(book()));
  const cheap = await during(() => flood({ hashes: false }));
  duringRequests.push(await checked(cheap.booked));
  const { booked, other } = await during(flood);
  duringFlood.push(await checked(booked));
  lastFlood = other;
}
await mustAddUp(databases);

for (const share of [0.5, 0.9, 0.99]) {
  const [without, cheap, flooded] = [alone, duringRequests, duringFlood].map((results) =>
    latencyOfAll(results, share)
  ) as [number, number, number];
  print(
    `p${share * 100} of ${BOOKINGS_PER_S} bookings a second, all ${ROUNDS} rounds: ` +
      `${without.toFixed(2)} ms alone, ${cheap.toFixed(2)} ms during requests that hash nothing, ` +
      `${flooded.toFixed(2)} ms during the flood: ${(flooded / without).toFixed(2)} and ` +
      `${(flooded / cheap).toFixed(2)} times`,
  );
  print(`  median of the rounds: ${ratiosOf(duringFlood, alone, share)} to alone`);
  print(`  ${ratiosOf(duringFlood, duringRequests, share)} to requests that hash nothing`);
}
const verifiedPerS = verified / ROUNDS / DURATION_MS * 1_000;
print(
  `of ${LOGINS_PER_S} log-ins a second ${
    verifiedPerS.toFixed(1)
  } were verified during the bookings; ` +
    `the last flood: ${statuses(lastFlood!.answers)}`,
);

/** Median and quartiles of the rounds. */
function ratiosOf(some: LoadResult[], others: LoadResult[], share: number): string {
  const ratios = some.map((result, i) =>
    percentile(result.latenciesMs, share) / percentile(others[i]!.latenciesMs, share)
  ).sort((a, b) => a - b);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => percentile(ratios, part).toFixed(2));
  return `${middle} (quartiles ${low} and ${high})`;
}

/** Percentiles over all rounds; in a single round the highest ones depend on a few requests. */
function latencyOfAll(results: LoadResult[], share: number): number {
  return percentile(
    results.flatMap(({ latenciesMs }) => [...latenciesMs]).sort((a, b) => a - b),
    share,
  );
}

/** Bookings during another load, which starts {@link LEAD_MS} earlier, so that the hashing lane is full. */
async function during(load: () => Promise<OpenLoadResult>) {
  const loading = load();
  await SYSTEM_PAUSE(LEAD_MS);
  booking = true;
  const booked = await book();
  booking = false;
  return { booked, other: await loading };
}

function book() {
  const run = crypto.randomUUID();
  return arrive(
    { aSecond: BOOKINGS_PER_S, connections: CONNECTIONS, arrivalsMs: DURATION_MS },
    (n) => reserveRequest(users[n % USERS]!, { eventId, key: `${run}-${n}` }),
  );
}

/** Log-ins with unknown e-mails, which cost as much as wrong passwords; or without a password, which hash nothing. */
function flood({ hashes = true } = {}) {
  const run = crypto.randomUUID();
  return arrive(
    {
      aSecond: LOGINS_PER_S,
      connections: LOGIN_CONNECTIONS,
      arrivalsMs: LEAD_MS + DURATION_MS,
      onAnswer: (status) => {
        if (booking && status === WRONG_PASSWORD) verified++;
      },
    },
    (n) =>
      postBytes("/api/user/auth/login", "", {
        email: `${run}-${n}@example.com`,
        ...(hashes ? { password: "not-the-password" } : {}),
      }),
  );
}

function arrive(
  { aSecond, ...options }: {
    aSecond: number;
    connections: number;
    arrivalsMs: number;
    onAnswer?: (status: number) => void;
  },
  request: (n: number) => Uint8Array,
) {
  const requests = aSecond * options.arrivalsMs / 1_000;
  return runOpenLoad({ port: platform.port, requests, ...options, request });
}

/** Checks that every acknowledged booking is durable. */
async function checked(load: LoadResult | Promise<LoadResult>): Promise<LoadResult> {
  const result = await load;
  const before = reserved;
  reserved = await countBookings(databases);
  mustHold(
    result.answers.size === 1 && result.answers.get(200) === reserved - before,
    `${reserved - before} bookings are durable, answers ${statuses(result.answers)}`,
  );
  return result;
}
