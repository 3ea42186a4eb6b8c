/**
 * `deno task bench:streams`: 5,000 open streams in one process, half of them of one hot event and half of its buyers'
 * own bookings: what each costs in memory, what all cost in processor time at rest and while the event changes four
 * times a second, how long after a sale its message comes, and that none is lost. Also what is refused above the bound.
 * Needs `DATABASE_URL` and `REDIS_URL`, and as many open files (`ulimit -n`).
 */
import { type CpuSources, readCpuTimes } from "./lib/cpu.ts";
import { percentile, responseReader, writeAll } from "./lib/http_load.ts";
import { startPlatform } from "./lib/platform.ts";
import { mustHold, print, setting } from "./lib/report.ts";
import { reserveRequest } from "./lib/requests.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { type HeardStreams, startReaders, wallMs } from "./lib/streams.ts";
import { issueUsers } from "./lib/tokens.ts";

const STREAMS = setting("BENCH_STREAMS", 5_000);
const DURATION_MS = setting("BENCH_DURATION_MS", 20_000);
/** A sale each: as often as a stream is told. */
const SALE_INTERVAL_MS = 250;
const REST_MS = 10_000;
/** All that was sold is told within this time. */
const LAST_MS = 5_000;
const CAPACITY = 1_000_000;
const OVER = 50;

await using databases = await createBenchDatabases();
const eventId = await createEvent(databases.pool("events_db"), CAPACITY);
const each = STREAMS / 2;
const users = await issueUsers(each + OVER);
await using platform = await startPlatform(databases, {
  EVENT_MAX_STREAMS: String(each),
  BOOKING_MAX_STREAMS: String(each),
  // A line for each refusal is no news here.
  LOG_LEVEL: "error",
});
await using readers = await startReaders();
const { port, pid } = platform;
const cpu: CpuSources = {
  pid,
  pool: databases.pool("bookings_db"),
  databases: new Map([
    [databases.name("events_db"), "events_db"],
    [databases.name("bookings_db"), "bookings_db"],
  ]),
};
const tokens = users.map(({ token }) => token);

// What is compiled and cached first is no cost of a stream.
await readers.open({ port, eventId, eventStreams: 50, tokens: tokens.slice(0, 50) });
await sell(2_000);
await readers.close();
await pause(REST_MS / 2);

const emptyMs = await cpuFor(REST_MS);
const emptyKb = memoryKb();
const opened = await readers.open({
  port,
  eventId,
  eventStreams: each,
  tokens: tokens.slice(0, each),
});
mustHold(opened.open === STREAMS, `${opened.open} streams are open`);
await pause(REST_MS / 2);
print(
  `${STREAMS} streams: ${((memoryKb() - emptyKb) / STREAMS).toFixed(1)} kB of memory each ` +
    `(${(emptyKb / 1_024).toFixed(0)} MB before, ${(memoryKb() / 1_024).toFixed(0)} MB after)`,
);
print(`processor time a second without a stream: ${show(emptyMs)}`);
print(`with ${STREAMS} streams at rest: ${show(await cpuFor(REST_MS))}`);

await readers.heard();
const [busyMs, sales] = await Promise.all([cpuFor(DURATION_MS), sell(DURATION_MS)]);
print(`while the event changes four times a second: ${show(busyMs)}`);
await pause(LAST_MS);
report(await readers.heard(), sales);

const over = await readers.open({ port, eventId, eventStreams: OVER, tokens: tokens.slice(each) });
mustHold(over.refused.length === 2 * OVER, `${over.refused.length} of ${2 * OVER} were refused`);
mustHold(over.refused.every((status) => status === 503), `refused with ${over.refused}`);
print(`${2 * OVER} streams above the bound were refused with 503`);
await readers.close();

/** A sale as its buyer was told of it. */
interface Sale {
  bookingId: string;
  atMs: number;
}

/** Sells a seat to one user after another. */
async function sell(durationMs: number): Promise<Sale[]> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  let body = "";
  const read = responseReader(connection, (bytes) => body = new TextDecoder().decode(bytes));
  const sold: Sale[] = [];
  const begunMs = performance.now();
  for (let n = 0; n * SALE_INTERVAL_MS < durationMs; n++) {
    await pause(begunMs + n * SALE_INTERVAL_MS - performance.now());
    const user = users[n % each]!;
    await writeAll(connection, reserveRequest(user, { eventId, key: crypto.randomUUID() }));
    mustHold(await read() === 200, `a sale was answered ${body}`);
    sold.push({ bookingId: JSON.parse(body).reservation_id, atMs: wallMs() });
  }
  connection.close();
  return sold;
}

function report({ open, seats, lastSeats, bookings }: HeardStreams, sales: Sale[]): void {
  mustHold(open === STREAMS, `only ${open} streams are open still`);
  const last = seats.reduce((least, [left]) => Math.min(least, left), Infinity);
  mustHold(
    lastSeats.length === each && lastSeats.every((left) => left === last),
    "seats were lost",
  );
  // The seats fall by one with each sale, so that the last sale left the last number.
  const soldMs = new Map(sales.map(({ atMs }, i) => [last + sales.length - 1 - i, atMs]));
  const seatMs = seats.flatMap(([left, atMs]) => {
    const saleMs = soldMs.get(left);
    return saleMs === undefined ? [] : [atMs - saleMs];
  });
  const bookedMs = new Map(sales.map(({ bookingId, atMs }) => [bookingId, atMs]));
  const told = bookings.filter(([id]) => bookedMs.has(id));
  mustHold(told.length === sales.length, `${told.length} of ${sales.length} bookings were told`);
  print(
    `seats, from the sale's answer to the message: ${spread(seatMs)} (${seatMs.length} messages)`,
  );
  print(
    `own bookings, the same: ${spread(told.map(([id, atMs]) => atMs - bookedMs.get(id)!))} ` +
      `(${told.length} messages); none was lost`,
  );
}

function spread(ms: number[]): string {
  const sorted = ms.toSorted((a, b) => a - b);
  return `p50 ${percentile(sorted, 0.5).toFixed(0)} ms, p99 ${
    percentile(sorted, 0.99).toFixed(0)
  } ms`;
}

/** Processor time a second in ms, by part. */
async function cpuFor(durationMs: number): Promise<Map<string, number>> {
  const before = await readCpuTimes(cpu);
  await pause(durationMs);
  const after = await readCpuTimes(cpu);
  return new Map(
    [...after].map(([name, us]) => [name, (us - (before.get(name) ?? 0)) / durationMs]),
  );
}

function show(parts: Map<string, number>): string {
  const total = [...parts.values()].reduce((sum, ms) => sum + ms, 0);
  const all = [...parts].map(([name, ms]) => `${name} ${ms.toFixed(0)}`).join(", ");
  return `${total.toFixed(0)} ms (${all})`;
}

function memoryKb(): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
