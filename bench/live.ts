/**
 * `deno task bench:live`: reservations a second on one hot event with live readers attached, and without, in turns on one
 * process: half of the readers watch the event, half their own bookings and buy. Also the processor time of a reservation,
 * which says more on a machine that does other work. Needs `DATABASE_URL` and `REDIS_URL`.
 */
import { type CpuSources, readCpuTimes, spentEach } from "./lib/cpu.ts";
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
const cpu: CpuSources = {
  pid: platform.pid,
  pool: databases.pool("bookings_db"),
  databases: new Map([
    [databases.name("events_db"), "events_db"],
    [databases.name("bookings_db"), "bookings_db"],
  ]),
};

/** A stretch of reservations. */
interface Stretch {
  /** Durable reservations a second. */
  rate: number;
  /** Processor time of a reservation in µs, by part. */
  spentUs: Map<string, number>;
}

await reserve(WARM_UP_MS);
const stretches = { without: [] as Stretch[], attached: [] as Stretch[] };
for (let round = 0; round < ROUNDS; round++) {
  // The order changes, as whoever is second finds a larger table.
  const order = round % 2 === 0
    ? ["without", "attached"] as const
    : ["attached", "without"] as const;
  for (const name of order) {
    if (name === "attached") {
      await readers.open({ port, eventId, eventStreams: STREAMS / 2, tokens: readersTokens });
    }
    stretches[name].push(await reserve(DURATION_MS));
    if (name === "attached") {
      const { open, seats } = await readers.heard();
      mustHold(open === STREAMS, `only ${open} of ${STREAMS} streams are open still`);
      print(`${STREAMS} streams heard ${seats.length} times of the seats`);
      await readers.close();
    }
  }
}
await mustAddUp(databases);
const { without, attached } = stretches;
const ratios = attached.map(({ rate }, i) => rate / without[i]!.rate);
const costs = attached.map((stretch, i) => totalUs(without[i]!) / totalUs(stretch));
print(
  `${median(without.map(({ rate }) => rate)).toFixed(0)} reservations a second without readers, ` +
    `${median(attached.map(({ rate }) => rate)).toFixed(0)} with ${STREAMS}; the median of ` +
    `${ROUNDS} pairs is ${show(ratios)}`,
);
for (const name of ["without", "attached"] as const) {
  const parts = [...without[0]!.spentUs.keys()].map((part) =>
    `${part} ${median(stretches[name].map(({ spentUs }) => spentUs.get(part) ?? 0)).toFixed(0)}`
  );
  print(
    `${name}: ${median(stretches[name].map(totalUs)).toFixed(0)} µs of processor time a ` +
      `reservation (${parts.join(", ")})`,
  );
}
const costMs = attached.map((stretch, i) =>
  (totalUs(stretch) - totalUs(without[i]!)) * stretch.rate / 1_000
);
print(`${STREAMS} readers cost ${median(costMs).toFixed(0)} ms of processor time a second`);
print(`by processor time alone the median of the pairs is ${show(costs)}`);

function totalUs({ spentUs }: Stretch): number {
  return [...spentUs.values()].reduce((sum, us) => sum + us, 0);
}

function show(ratios: number[]): string {
  return `${median(ratios).toFixed(2)} (${ratios.map((ratio) => ratio.toFixed(2)).join(", ")})`;
}

async function reserve(durationMs: number): Promise<Stretch> {
  const [before, cpuBefore] = [await countBookings(databases), await readCpuTimes(cpu)];
  const { accepted, elapsedMs } = await runReservations({
    port,
    inFlight: IN_FLIGHT,
    durationMs,
    tokens,
    eventIds: [eventId],
  });
  const cpuAfter = await readCpuTimes(cpu);
  const durable = await countBookings(databases) - before;
  mustHold(durable >= accepted, `${accepted} accepted, but only ${durable} are durable`);
  return {
    rate: durable / elapsedMs * 1_000,
    spentUs: new Map(spentEach(cpuBefore, cpuAfter, durable)),
  };
}
