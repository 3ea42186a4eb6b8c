/**
 * `deno task bench:live`: reservations a second on one hot event with live readers attached, and without, in turns on one
 * process: half of the readers watch the event, half their own bookings and buy. Needs `DATABASE_URL` and `REDIS_URL`.
 */
import { countBookings, mustAddUp } from "./lib/exact.ts";
import { startPlatform } from "./lib/platform.ts";
import { median, mustHold, print, setting } from "./lib/report.ts";
import { runReservations } from "./lib/requests.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { startReaders } from "./lib/streams.ts";
import { issueTokens } from "./lib/tokens.ts";

const STREAMS = setting("BENCH_STREAMS", 1_000);
const DURATION_MS = setting("BENCH_DURATION_MS", 4_000);
const ROUNDS = setting("BENCH_ROUNDS", 9);
const IN_FLIGHT = setting("BENCH_IN_FLIGHT", 64);
const CAPACITY = 50_000_000;
/** Nobody buys more than one every few seconds. */
const USERS = 20_000;
const WARM_UP_MS = 4_000;

await using databases = await createBenchDatabases();
const eventId = await createEvent(databases.pool("events_db"), CAPACITY);
const tokens = await issueTokens(USERS);
await using platform = await startPlatform(databases);
await using readers = await startReaders();
const { port } = platform;
const readersTokens = tokens.slice(0, STREAMS / 2);

await reserve(WARM_UP_MS);
const ratios: number[] = [];
const rates = { without: [] as number[], attached: [] as number[] };
for (let round = 0; round < ROUNDS; round++) {
  // The order changes, as whoever is second finds a larger table.
  const order = round % 2 === 0
    ? ["without", "attached"] as const
    : ["attached", "without"] as const;
  for (const name of order) {
    if (name === "attached") {
      await readers.open({ port, eventId, eventStreams: STREAMS / 2, tokens: readersTokens });
    }
    rates[name].push(await reserve(DURATION_MS));
    if (name === "attached") {
      const { open, seats } = await readers.heard();
      mustHold(open === STREAMS, `only ${open} of ${STREAMS} streams are open still`);
      print(`${STREAMS} streams heard ${seats.length} times of the seats`);
      await readers.close();
    }
  }
  ratios.push(rates.attached[round]! / rates.without[round]!);
}
await mustAddUp(databases);
print(
  `${median(rates.without).toFixed(0)} reservations a second without readers, ` +
    `${median(rates.attached).toFixed(0)} with ${STREAMS}; the median of ${ROUNDS} pairs is ` +
    `${median(ratios).toFixed(2)} (${ratios.map((ratio) => ratio.toFixed(2)).join(", ")})`,
);

/** Returns durable reservations a second. */
async function reserve(durationMs: number): Promise<number> {
  const before = await countBookings(databases);
  const { accepted, elapsedMs } = await runReservations({
    port,
    inFlight: IN_FLIGHT,
    durationMs,
    tokens,
    eventIds: [eventId],
  });
  const durable = await countBookings(databases) - before;
  mustHold(durable >= accepted, `${accepted} accepted, but only ${durable} are durable`);
  return durable / elapsedMs * 1_000;
}
