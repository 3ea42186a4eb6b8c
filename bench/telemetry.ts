/**
 * `deno task bench:telemetry`: reservations per second on one hot event, and their processor time, where nobody collects
 * metrics or traces, where Prometheus reads `/metrics` every second, and where Deno exports every twentieth trace, or all
 * of them, by OpenTelemetry. The programs take turns. Needs `DATABASE_URL` and `REDIS_URL`.
 */
import { freePort } from "@evently/shared/testing";
import { readCpuTimes, spentEach } from "./lib/cpu.ts";
import { startPlatform } from "./lib/platform.ts";
import { print } from "./lib/report.ts";
import { runReservations } from "./lib/requests.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { issueTokens } from "./lib/tokens.ts";

const ROUNDS = Number(Deno.env.get("ROUNDS") ?? 3);
const IN_FLIGHT = 64;
const WARM_UP_MS = 4_000;
const DURATION_MS = 5_000;
const SCRAPE_MS = 1_000;
const CAPACITY = 50_000_000;
const USERS = 2_000;

await using databases = await createBenchDatabases();
const bookings = databases.pool("bookings_db");
const eventId = await createEvent(databases.pool("events_db"), CAPACITY);
const tokens = await issueTokens(USERS);
/** Takes what is exported and keeps nothing. */
await using receiver = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen() {} },
  async (request) => {
    await request.body?.pipeTo(new WritableStream());
    return new Response();
  },
);
const metricsPort = await freePort();
const exporting = {
  OTEL_DENO: "true",
  OTEL_DENO_TRACING: "false",
  OTEL_DENO_CONSOLE: "ignore",
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${receiver.addr.port}`,
  OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
};
const VARIANTS: Readonly<Record<string, Record<string, string>>> = {
  "nobody collects": {},
  "Prometheus": { METRICS_PORT: String(metricsPort) },
  "OpenTelemetry, 5 % of traces": { ...exporting, OTEL_TRACES_SAMPLER_ARG: "0.05" },
  "OpenTelemetry, all traces": { ...exporting, OTEL_TRACES_SAMPLER_ARG: "1" },
};

interface Measured {
  /** Reservations per second. */
  rate: number;
  /** Processor time of the program for each, in µs. */
  programUs: number;
  p99Ms: number;
}

const results = new Map<string, Measured[]>(Object.keys(VARIANTS).map((name) => [name, []]));
for (let round = 1; round <= ROUNDS; round++) {
  for (const [name, variables] of Object.entries(VARIANTS)) {
    const measured = await measure(variables);
    results.get(name)!.push(measured);
    print(`round ${round}, ${name}: ${describe(measured)}`);
  }
}
print();
const base = medianOf(results.get("nobody collects")!);
for (const [name, all] of results) {
  const median = medianOf(all);
  const share = (median.programUs / base.programUs).toFixed(2);
  print(`${name}: ${describe(median)}; ${share} x the processor time`);
}

async function measure(variables: Record<string, string>): Promise<Measured> {
  await using platform = await startPlatform(databases, variables);
  const cpu = { pid: platform.pid, pool: bookings, databases: new Map<string, string>() };
  const load = (durationMs: number) =>
    runReservations({
      port: platform.port,
      inFlight: IN_FLIGHT,
      durationMs,
      tokens,
      eventIds: [eventId],
    });
  await load(WARM_UP_MS);
  const scraping = "METRICS_PORT" in variables
    ? setInterval(() => void scrape(), SCRAPE_MS)
    : undefined;
  const before = await readCpuTimes(cpu);
  const { accepted, elapsedMs, p99Ms } = await load(DURATION_MS);
  const spent = spentEach(before, await readCpuTimes(cpu), accepted);
  clearInterval(scraping);
  return {
    rate: accepted / elapsedMs * 1_000,
    programUs: spent.reduce((sum, [, us]) => sum + us, 0),
    p99Ms,
  };
}

async function scrape(): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
  await response.text();
}

function medianOf(all: readonly Measured[]): Measured {
  const by = (pick: (one: Measured) => number) =>
    all.map(pick).toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!;
  return {
    rate: by(({ rate }) => rate),
    programUs: by(({ programUs }) => programUs),
    p99Ms: by(({ p99Ms }) => p99Ms),
  };
}

function describe({ rate, programUs, p99Ms }: Measured): string {
  return `${rate.toFixed(0)} reservations/s, p99 ${p99Ms.toFixed(1)} ms, ` +
    `${programUs.toFixed(0)} us of the program each`;
}
