/**
 * `deno task bench:restore`: measures how soon after start the embedded engine has 10,000 events from the event service's
 * change feed, and the longest pause of the event loop meanwhile. Needs `DATABASE_URL`.
 */
import { openEventService } from "@evently/event";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { SILENT_LOGGER } from "@evently/shared/log";
import type { Pool } from "@evently/shared/postgres";
import { createTestContext } from "@evently/shared/testing";
import { createChangeFeed } from "../services/search/peers/change_feed.ts";
import { createIndexKeeper } from "../services/search/feed/index_keeper.ts";
import { openEmbedded } from "../services/search/index/open.ts";
import { type SearchDocument, toDocumentBody } from "../services/search/index/document.ts";
import { createBenchDatabases } from "./lib/stores.ts";
import { generateCatalogue } from "./search/catalogue.ts";

const EVENTS = Number(Deno.env.get("BENCH_EVENTS") ?? 10_000);
const ROUNDS = 7;

/** Inserts the catalogue into `events_db`, each event with its own venue. */
async function insertCatalogue(events: Pool, catalogue: readonly SearchDocument[]): Promise<void> {
  const rows = JSON.stringify(catalogue.map((document) => {
    return { ...toDocumentBody(document), venue_id: crypto.randomUUID() };
  }));
  const adminId = crypto.randomUUID();
  await events`
    INSERT INTO admins (admin_id, email, password_hash, name, role, created_at, updated_at)
    VALUES (${adminId}, 'bench@example.com', '-', 'Bench', 'super_admin', now(), now())`;
  await events`CREATE TEMPORARY TABLE catalogue AS
    SELECT * FROM jsonb_to_recordset(${rows}::text::jsonb) AS c (
      event_id uuid, name text, description text, venue_id uuid, venue_name text, venue_address text,
      venue_city text, event_type text, start_datetime timestamptz, end_datetime timestamptz,
      base_price numeric, currency text, available_seats int, latitude float8, longitude float8)`;
  await events`
    INSERT INTO venues (venue_id, name, name_key, address, address_key, city, city_key, country, capacity,
                        latitude, longitude, created_by, created_at, updated_at)
    SELECT venue_id, venue_name, lower(venue_name), venue_address, lower(venue_address), venue_city,
           lower(venue_city), 'India', 10000, latitude, longitude, ${adminId}, now(), now() FROM catalogue`;
  await events`
    INSERT INTO events (event_id, name, description, venue_id, event_type, event_type_key, start_at, end_at,
                        first_day, last_day, base_price_minor, currency, max_tickets_per_booking, status, created_by, created_at, updated_at)
    SELECT event_id, name, description, venue_id, event_type, lower(event_type), start_datetime, end_datetime,
           (start_datetime AT TIME ZONE 'UTC')::date, (end_datetime AT TIME ZONE 'UTC')::date, base_price * 100, currency, 10, 'published', ${adminId}, now(), now() FROM catalogue`;
  await events`
    SELECT make_inventory(event_id, available_seats + 1, now()) FROM catalogue`;
  await events`SELECT number_change(event_id) FROM catalogue`;
}

/** Duration of `work` and the longest pause of the event loop during it. */
async function timed(work: Promise<unknown>) {
  const beginMs = performance.now();
  let [turnMs, longestMs, done] = [beginMs, 0, false];
  const watch = (async () => {
    while (!done) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      const nowMs = performance.now();
      longestMs = Math.max(longestMs, nowMs - turnMs);
      turnMs = nowMs;
    }
  })();
  await work;
  const takenMs = performance.now() - beginMs;
  done = true;
  await watch;
  return { takenMs, longestMs };
}

function median(values: readonly number[]): string {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!.toFixed(0);
}

await using databases = await createBenchDatabases();
await using context = await createTestContext();
await insertCatalogue(databases.pool("events_db"), generateCatalogue(EVENTS, { now: new Date() }));
const event = await openEventService({
  databaseUrl: databases.url("events_db"),
  adminRegistration: "open",
  limits: { guessesPerEmail: 0, requestsPerAddress: 0, mailsPerHour: 0 },
}, context);
context.provide("event", event.app);
const feed = createChangeFeed(context.bindings.event, {
  internalKey: context.internalApiKey,
  log: SILENT_LOGGER,
});

const rounds: Awaited<ReturnType<typeof timed>>[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const index = await openEmbedded();
  const keeper = createIndexKeeper({ index, feed, clock: SYSTEM_CLOCK, log: SILENT_LOGGER });
  rounds.push(await timed(keeper.rebuild()));
}
await event.close();
const say = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
say(
  `Embedded, ${EVENTS} events through the change feed: first ${
    rounds[0]!.takenMs.toFixed(0)
  } ms, ` +
    `median of ${ROUNDS} ${median(rounds.map(({ takenMs }) => takenMs))} ms; longest pause ` +
    `first ${rounds[0]!.longestMs.toFixed(0)} ms, median ${
      median(rounds.map(({ longestMs }) => longestMs))
    } ms`,
);
