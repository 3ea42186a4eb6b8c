/**
 * `deno task bench:search-lag`: measures how far availability in search results lags behind sales while one event sells at
 * full speed through the gateway, and how many index changes that causes. Runs on the embedded engine, and on
 * Elasticsearch if `ELASTICSEARCH_URL` is set. Needs `DATABASE_URL` and `REDIS_URL`.
 */
import { exactlyOne, type Pool } from "@evently/shared/postgres";
import { dropIndices, elasticsearchConfig } from "../services/search/testing/world.ts";
import { runLoad } from "./lib/http_load.ts";
import { startPlatform } from "./lib/platform.ts";
import { median, mustHold, print, setting } from "./lib/report.ts";
import { reserveRequest } from "./lib/requests.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { issueUsers } from "./lib/tokens.ts";

const DURATION_MS = setting("BENCH_DURATION_MS", 8_000);
const IN_FLIGHT = 64;
const CAPACITY = 10_000_000;
const USERS = 2_000;
const CATCH_UP_LIMIT_MS = 10_000;

/** Result of one run. */
interface Seen {
  sold: number;
  /** Per search: upper bound of the age of the oldest sale that it does not show. */
  lagsMs: number[];
  /** Changes in the feed for search. */
  changes: number;
}

/** Sells and searches at the same time, then waits until searches show every sale. */
async function sellAndSearch(origin: string, events: Pool, eventId: string): Promise<Seen> {
  const users = await issueUsers(USERS);
  const before = await lastChange(events);
  /** Send time of the n-th request; the n-th sale cannot be older. */
  const sentAtMs: number[] = [];
  let selling = true;
  const load = runLoad({
    port: Number(new URL(origin).port),
    inFlight: IN_FLIGHT,
    durationMs: DURATION_MS,
    request(n) {
      sentAtMs[n] = performance.now();
      return reserveRequest(users[n % USERS]!, { eventId, key: `lag-${n}` });
    },
  }).finally(() => selling = false);
  const lagsMs: number[] = [];
  while (selling) {
    const askedMs = performance.now();
    const seats = await seatsShown(origin, eventId);
    lagsMs.push(Math.max(0, askedMs - (sentAtMs[CAPACITY - seats] ?? askedMs)));
  }
  const { answers } = await load;
  const sold = answers.get(200) ?? 0;
  const changes = await lastChange(events) - before;
  const untilMs = performance.now() + CATCH_UP_LIMIT_MS;
  let shown = 0;
  while (shown !== sold && performance.now() < untilMs) {
    shown = CAPACITY - await seatsShown(origin, eventId);
  }
  mustHold(shown === sold, `${sold} sold, but searches show ${shown}`);
  return { sold, lagsMs, changes };
}

async function seatsShown(origin: string, eventId: string): Promise<number> {
  const response = await fetch(`${origin}/api/search/search?q=hot`);
  const { results } = await response.json();
  const event = results?.find(({ event_id }: { event_id: string }) => event_id === eventId);
  if (event === undefined) throw new Error(`the event is not found: status ${response.status}`);
  return event.available_seats;
}

function lastChange(events: Pool): Promise<number> {
  return exactlyOne(
    events<{ last: number }[]>`SELECT sum(last_change)::int AS last FROM change_lanes`,
    ({ last }) => last,
  );
}

async function benchLag(what: string, engine: Record<string, string>): Promise<void> {
  await using databases = await createBenchDatabases();
  const events = databases.pool("events_db");
  const eventId = await createEvent(events, CAPACITY);
  await using platform = await startPlatform(
    databases,
    { ...engine, LOG_LEVEL: "error" },
    { ready: "/health/ready" },
  );
  const origin = `http://127.0.0.1:${platform.port}`;
  const { sold, lagsMs, changes } = await sellAndSearch(origin, events, eventId);
  const seconds = DURATION_MS / 1_000;
  print(
    `${what}: ${(sold / seconds).toFixed(0)} sold a second, ${changes} changes to index in ` +
      `${seconds} s; lag in ${lagsMs.length} searches: median ${median(lagsMs).toFixed(0)} ms, ` +
      `at most ${Math.max(...lagsMs).toFixed(0)} ms`,
  );
}

await benchLag("Embedded", { ELASTICSEARCH_URL: "" });
const url = Deno.env.get("ELASTICSEARCH_URL");
if (url) {
  const config = elasticsearchConfig(url);
  await benchLag("Elasticsearch", {
    ELASTICSEARCH_URL: url,
    ELASTICSEARCH_INDEX: config.index,
    SEARCH_IN_PROCESS_EVENTS: "0",
  });
  await dropIndices(config);
}
