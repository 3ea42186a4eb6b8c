/**
 * `deno task bench:growth`: compares the hot path at 10^4 bookings and 10^3 events with 10^7 and 10^6, in turns, on its
 * own PostgreSQL with fsync on. Needs `REDIS_URL` and some 15 GB of disk.
 */
import { countBookings } from "./lib/exact.ts";
import { growData, type Grown } from "./lib/grown_data.ts";
import { runLoad } from "./lib/http_load.ts";
import { ownPostgres } from "./lib/own_postgres.ts";
import { startPlatform } from "./lib/platform.ts";
import { median, mustHold, print, setting } from "./lib/report.ts";
import { getRequest, reserveRequest } from "./lib/requests.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { issueUsers } from "./lib/tokens.ts";

const SMALL: Grown = { events: 1_000, bookings: 10_000 };
const LARGE: Grown = {
  events: setting("BENCH_EVENTS", 1_000_000),
  bookings: setting("BENCH_BOOKINGS", 10_000_000),
};
const ROUNDS = setting("BENCH_ROUNDS", 5);
const DURATION_MS = setting("BENCH_DURATION_MS", 3_000);
const IN_FLIGHT = 64;
const CAPACITY = 10_000_000;
const USERS = 2_000;
/** Events that are read and sold; the same number on both sides, so that caches answer equally often. */
const SPREAD = SMALL.events;

await using postgres = await ownPostgres({
  shared_buffers: "2GB",
  max_wal_size: "16GB",
  wal_level: "minimal",
  max_wal_senders: "0",
});
const users = await issueUsers(USERS);
await using small = await grownPlatform("small", SMALL);
await using large = await grownPlatform("large", LARGE);

type Side = typeof small;
const LOADS: Record<string, (side: Side) => Promise<number>> = {
  "hot event": (side) => reserve(side, [side.hot]),
  "spread over events": (side) => reserve(side, side.spread),
  "event reads": read,
};
for (const [name, load] of Object.entries(LOADS)) {
  for (const side of [small, large]) await load(side);
  const rates: [number, number][] = [];
  for (let round = 0; round < ROUNDS; round++) rates.push([await load(small), await load(large)]);
  const ratios = rates.map(([small, large]) => small / large);
  print(
    `${name.padEnd(18)}: ${
      median(rates.map(([rate]) => rate)).toFixed(0)
    } a second on the small data, ` +
      `${
        median(rates.map(([, rate]) => rate)).toFixed(0)
      } on the large; the median of ${ROUNDS} pairs is ` +
      `${median(ratios).toFixed(2)} times as slow (${
        ratios.map((ratio) => ratio.toFixed(2)).join(", ")
      })`,
  );
}

async function grownPlatform(name: string, grown: Grown) {
  const databases = await createBenchDatabases(postgres.url());
  const begunMs = performance.now();
  await growData(databases, grown);
  const events = databases.pool("events_db");
  const some = await events<{ event_id: string }[]>`
    SELECT event_id FROM seat_inventory ORDER BY md5(event_id::text) LIMIT ${SPREAD}`;
  print(
    `${name}: ${grown.bookings} bookings, ${grown.events} events, created in ` +
      `${((performance.now() - begunMs) / 1_000).toFixed(0)} s`,
  );
  const hot = await createEvent(events, CAPACITY);
  // Without search, which would index all events in this process and takes no part in a sale.
  const platform = await startPlatform(databases, {
    SEARCH_SERVICE_URL: "http://127.0.0.1:9",
    LOG_LEVEL: "error",
  });
  return {
    databases,
    hot,
    spread: some.map(({ event_id }) => event_id),
    port: platform.port,
    async [Symbol.asyncDispose]() {
      await platform[Symbol.asyncDispose]();
      await databases[Symbol.asyncDispose]();
    },
  };
}

/** Sells seats; returns durable reservations per second. */
async function reserve({ databases, port }: Side, on: string[]): Promise<number> {
  const run = crypto.randomUUID();
  const counted = () => countBookings(databases, { status: "pending" });
  const before = await counted();
  const { answers, elapsedMs } = await runLoad({
    port,
    inFlight: IN_FLIGHT,
    durationMs: DURATION_MS,
    request: (n) =>
      reserveRequest(users[n % USERS]!, { eventId: on[n % on.length]!, key: `${run}-${n}` }),
  });
  const durable = await counted() - before;
  mustHold(
    durable === answers.get(200),
    `${durable} bookings are durable, expected ${answers.get(200)}`,
  );
  return durable / elapsedMs * 1_000;
}

/** Reads the events in turn; returns reads per second. */
async function read({ spread, port }: Side): Promise<number> {
  const { answers, elapsedMs } = await runLoad({
    port,
    inFlight: IN_FLIGHT,
    durationMs: DURATION_MS,
    request: (n) => getRequest(`/api/event/events/${spread[n % spread.length]}`),
  });
  mustHold(answers.size === 1, "an event was not found");
  return answers.get(200)! / elapsedMs * 1_000;
}
