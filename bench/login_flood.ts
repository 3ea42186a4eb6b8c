/**
 * `deno task bench:login-flood`: what a flood of log-ins does to those who book. Bookings come at a steady
 * rate, alone, amid as many requests that hash nothing, and amid the flood, in turns; their latencies count from
 * when they were to come. Needs `DATABASE_URL` and `REDIS_URL`.
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
/** More than two cores can verify. */
const LOGINS_PER_S = setting("BENCH_LOGINS_PER_S", 500);
const CONNECTIONS = 64;
const WRONG_PASSWORD = 401;
/** How long the other load has the platform for itself before the bookings. */
const LEAD_MS = 1_000;
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

/** Whether bookings are under way, and how many log-ins were verified meanwhile. */
let booking = false;
let verified = 0;

await amid(flood);
verified = 0;
let reserved = await countBookings(databases);
const alone: LoadResult[] = [];
const amidRequests: LoadResult[] = [];
const amidFlood: LoadResult[] = [];
let lastFlood: OpenLoadResult | undefined;
for (let round = 0; round < ROUNDS; round++) {
  alone.push(await checked(book()));
  const cheap = await amid(() => flood({ hashes: false }));
  amidRequests.push(await checked(cheap.booked));
  const { booked, other } = await amid(flood);
  amidFlood.push(await checked(booked));
  lastFlood = other;
}
await mustAddUp(databases);

for (const share of [0.5, 0.9, 0.99]) {
  const [without, cheap, flooded] = [alone, amidRequests, amidFlood].map((results) =>
    latencyOfAll(results, share)
  ) as [number, number, number];
  print(
    `p${share * 100} of ${BOOKINGS_PER_S} bookings a second, all ${ROUNDS} rounds: ` +
      `${without.toFixed(2)} ms alone, ${cheap.toFixed(2)} ms amid requests that hash nothing, ` +
      `${flooded.toFixed(2)} ms amid the flood: ${(flooded / without).toFixed(2)} and ` +
      `${(flooded / cheap).toFixed(2)} times`,
  );
  print(`  median of the rounds: ${ratiosOf(amidFlood, alone, share)} to alone`);
  print(`  ${ratiosOf(amidFlood, amidRequests, share)} to requests that hash nothing`);
}
const verifiedPerS = verified / ROUNDS / DURATION_MS * 1_000;
print(
  `of ${LOGINS_PER_S} log-ins a second ${
    verifiedPerS.toFixed(1)
  } were verified amid the bookings; ` +
    `the last flood: ${statuses(lastFlood!.answers)}`,
);

/** The median of the rounds, and the quartiles. */
function ratiosOf(some: LoadResult[], others: LoadResult[], share: number): string {
  const ratios = some.map((result, i) =>
    percentile(result.latenciesMs, share) / percentile(others[i]!.latenciesMs, share)
  ).sort((a, b) => a - b);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => percentile(ratios, part).toFixed(2));
  return `${middle} (quartiles ${low} and ${high})`;
}

/** Of the requests of all rounds together: of one round's the highest percentiles are a few requests'. */
function latencyOfAll(results: LoadResult[], share: number): number {
  return percentile(
    results.flatMap(({ latenciesMs }) => [...latenciesMs]).sort((a, b) => a - b),
    share,
  );
}

/** Bookings amid another load, which comes {@link LEAD_MS} before them: by then the lane for hashing is full. */
async function amid(load: () => Promise<OpenLoadResult>) {
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

/** Each with an e-mail of its own that nobody has, which costs what a wrong password costs; or with no password. */
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

/** Every booking that was answered is durable. */
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
