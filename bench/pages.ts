/**
 * `deno task bench:pages`: measures pages that the gateway renders, beside the API's own read of an event: one page that
 * many ask for at once, and pages of addresses that all differ, each of which is rendered. Needs `DATABASE_URL`,
 * `REDIS_URL` and a build (`deno task web:build`).
 */
import { percentile, runLoad } from "./lib/http_load.ts";
import { startPlatform } from "./lib/platform.ts";
import { mustHold, print, setting, statuses } from "./lib/report.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";

const DURATION_MS = setting("BENCH_DURATION_MS", 4_000);
const IN_FLIGHT = 64;
/** Events that the home page lists. */
const EVENTS = 10;
const CAPACITY = 1_000;

await using databases = await createBenchDatabases();
const events = databases.pool("events_db");
const eventIds: string[] = [];
for (let i = 0; i < EVENTS; i++) eventIds.push(await createEvent(events, CAPACITY));
const eventPath = `/events/${eventIds[0]}`;
// The search index is filled by a worker; the pages of a home without events would be too light.
await using platform = await startPlatform(databases, {
  NODE_ENV: "production",
  LOG_LEVEL: "warn",
});

/** A kind of request: its address by the request's number. */
const LOADS: Readonly<Record<string, (n: number) => { path: string; accept: string }>> = {
  "event by the API": () => ({ path: `/api/event/events/${eventIds[0]}`, accept: "*/*" }),
  "home": () => ({ path: "/", accept: "text/html" }),
  "event page": () => ({ path: eventPath, accept: "text/html" }),
  "home, rendered each time": (n) => ({ path: `/?n=${n}`, accept: "text/html" }),
  "event page, rendered each time": (n) => ({ path: `${eventPath}?n=${n}`, accept: "text/html" }),
};

let read = NaN;
let sent = 0;
for (const [name, at] of Object.entries(LOADS)) {
  await load(at, DURATION_MS / 4);
  const { answers, elapsedMs, latenciesMs } = await load(at, DURATION_MS);
  mustHold(answers.size === 1 && answers.has(200), `${name} answered ${statuses(answers)}`);
  const rate = answers.get(200)! / elapsedMs * 1_000;
  if (Number.isNaN(read)) read = rate;
  print(
    `${name.padEnd(31)} ${rate.toFixed(0).padStart(6)} a second (${
      (rate / read).toFixed(2)
    } of the API's read), p50 ${percentile(latenciesMs, 0.5).toFixed(1)} ms, p99 ${
      percentile(latenciesMs, 0.99).toFixed(1)
    } ms`,
  );
}

function load(at: (n: number) => { path: string; accept: string }, durationMs: number) {
  return runLoad({
    port: platform.port,
    inFlight: IN_FLIGHT,
    durationMs,
    request() {
      const { path, accept } = at(sent++);
      return new TextEncoder().encode(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: ${accept}\r\nAccept-Encoding: br\r\n\r\n`,
      );
    },
  });
}
