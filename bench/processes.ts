/**
 * `deno task bench:processes`: compares one platform process with two on the same databases and Redis, in turns, on one
 * event and on fifty, with the same number of requests in flight. Needs `DATABASE_URL` and `REDIS_URL`.
 */
import { countBookings, mustAddUp } from "./lib/exact.ts";
import { startPlatform } from "./lib/platform.ts";
import { median, mustHold, print, setting } from "./lib/report.ts";
import { runReservations } from "./lib/requests.ts";
import type { BenchServer } from "./lib/server.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { issueTokens } from "./lib/tokens.ts";

const DURATION_MS = setting("BENCH_DURATION_MS", 3_000);
const ROUNDS = setting("BENCH_ROUNDS", 5);
const IN_FLIGHT = setting("BENCH_IN_FLIGHT", 64);
const EVENTS = 50;
const CAPACITY = 1_000_000;
const USERS = 2_000;
/** Seats of the event that both processes sell out together. */
const LAST_SEATS = 500;

await using databases = await createBenchDatabases();
const eventsDb = databases.pool("events_db");
const events: string[] = [];
for (let i = 0; i < EVENTS; i++) events.push(await createEvent(eventsDb, CAPACITY));
const tokens = await issueTokens(USERS);
await using first = await startPlatform(databases);
await using second = await startPlatform(databases);
const both = [first, second];

for (const server of both) await reserve([server], events);
for (const [name, on] of [["one event", events.slice(0, 1)], ["fifty events", events]] as const) {
  const one: number[] = [];
  const two: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    one.push(await reserve([first], on));
    two.push(await reserve(both, on));
  }
  const ratios = two.map((rate, i) => rate / one[i]!);
  print(
    `${name.padEnd(12)}: ${median(one).toFixed(0)} reservations a second by one process, ` +
      `${median(two).toFixed(0)} by two; the median of ${ROUNDS} pairs is ${
        median(ratios).toFixed(2)
      } (${ratios.map((ratio) => ratio.toFixed(2)).join(", ")})`,
  );
}

const last = await createEvent(eventsDb, LAST_SEATS);
await reserve(both, [last]);
const sold = await countBookings(databases, { eventId: last });
mustHold(sold === LAST_SEATS, `${sold} bookings for ${LAST_SEATS} seats`);
await mustAddUp(databases);
print(`two processes sold ${sold} of ${LAST_SEATS} seats, and all ${EVENTS + 1} events add up`);

/** Splits the load between the servers; returns durable reservations per second. */
async function reserve(servers: BenchServer[], on: readonly string[]): Promise<number> {
  const before = await countBookings(databases);
  const inFlight = IN_FLIGHT / servers.length;
  const results = await Promise.all(
    servers.map(({ port }) =>
      runReservations({ port, inFlight, durationMs: DURATION_MS, tokens, eventIds: on })
    ),
  );
  const durable = await countBookings(databases) - before;
  const accepted = results.reduce((sum, result) => sum + result.accepted, 0);
  // Requests cut off at the end of this load and of the previous one may have been processed.
  mustHold(
    durable >= accepted && durable <= accepted + 2 * IN_FLIGHT,
    `${durable} bookings are durable, expected ${accepted}`,
  );
  return durable / Math.max(...results.map(({ elapsedMs }) => elapsedMs)) * 1_000;
}
