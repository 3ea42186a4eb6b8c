/**
 * `deno task bench:search`: searches with words, filters and facets over HTTP by a search service in its own process,
 * in turns with the raw engine, with a plain service's query (`bench/search/contender.ts`), and with a service without a
 * copy in its process (`behind`); then writes, each of which can be found before its answer. Needs `ELASTICSEARCH_URL`.
 *
 * `BENCH_EVENTS`: numbers of events, default 1000; 100000 takes a while to fill.
 * `BENCH_MODES`: `usual` (2,000 searches again and again) and `distinct` (no two are equal); default both.
 * `BENCH_TARGETS`: those of contender, raw and behind that the service is compared with; default all.
 * `BENCH_IN_FLIGHT`, default 16,64; `BENCH_WRITERS`, default 8,256, or empty.
 */
import { changesUpTo, formatFeedPosition, parseFeedPosition } from "@evently/shared/feed_position";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { SILENT_LOGGER } from "@evently/shared/log";
import type { ChangeFeed } from "../services/search/peers/change_feed.ts";
import { createIndexKeeper } from "../services/search/feed/index_keeper.ts";
import { MAPPING_VERSION } from "../services/search/index/elasticsearch/mapping.ts";
import { toStored } from "../services/search/index/elasticsearch/stored_event.ts";
import { openSearchIndex } from "../services/search/index/open.ts";
import { type SearchDocument, toDocumentBody } from "../services/search/index/document.ts";
import { dropIndices, elasticsearchConfig, positionAt } from "../services/search/testing/world.ts";
import { print, setting } from "./lib/report.ts";
import { startServer } from "./lib/server.ts";
import { required } from "./lib/stores.ts";
import { generateCatalogue } from "./search/catalogue.ts";
import { contender, writeAlone } from "./search/contender.ts";
import {
  type Ask,
  distinctSearches,
  inTurns,
  type Rate,
  rawly,
  readAnswer,
  throughService,
  USUAL_SEARCHES,
  usualSearches,
} from "./search/load.ts";

const EVENTS = numbers("BENCH_EVENTS", "1000");
const IN_FLIGHT = numbers("BENCH_IN_FLIGHT", "16,64");
const WRITERS = numbers("BENCH_WRITERS", "8,256");
const MODES = (Deno.env.get("BENCH_MODES") ?? "usual,distinct").split(",");
const TARGETS = (Deno.env.get("BENCH_TARGETS") ?? "contender,raw,behind").split(",");
const TURNS = {
  durationMs: setting("BENCH_DURATION_MS", 3_000),
  rounds: setting("BENCH_ROUNDS", 3),
};
const COPY_LIMIT_MS = 120_000;
const LOOK_AGAIN_MS = 100;
const INTERNAL_KEY = "internal-key-of-the-search-bench";
const FEED_PAGE = 500;

/** A feed in memory, so that only the index is measured. */
function feedOf(documents: readonly SearchDocument[]): ChangeFeed {
  const last = documents.length;
  return {
    after(position) {
      const taken = changesUpTo(position);
      const changes = documents.slice(taken, taken + FEED_PAGE).map((document, i) => ({
        eventId: document.eventId,
        change: taken + i + 1,
        document,
      }));
      const next = taken + changes.length;
      return Promise.resolve({
        changes,
        position: positionAt(next),
        more: next < last,
        last: positionAt(last),
      });
    },
  };
}

/** Serves the feed as the event service does. */
function serveFeed(documents: readonly SearchDocument[]) {
  const feed = feedOf(documents);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname !== "/internal/events/changes") return new Response(null, { status: 404 });
      const after = parseFeedPosition(searchParams.get("after") ?? "")!;
      const { changes, position, more, last } = await feed.after(after);
      const items = changes.map(({ change, eventId: event_id, document }) => {
        return { change, event_id, event: document && toDocumentBody(document) };
      });
      return Response.json({
        changes: items,
        position: formatFeedPosition(position),
        more,
        last: formatFeedPosition(last),
      });
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function startSearch(feedUrl: string, engine: Record<string, string>) {
  return startServer("services/search/main.ts", {
    ENVIRONMENT: "development",
    EVENT_SERVICE_URL: feedUrl,
    REDIS_URL: "",
    LOG_LEVEL: "error",
    INTERNAL_API_KEY: INTERNAL_KEY,
    ...engine,
  }, { ready: "/health/ready" });
}

/** Fills the index; returns the duration in ms. */
async function resync(config: ReturnType<typeof elasticsearchConfig>, feed: ChangeFeed) {
  const index = await openSearchIndex(config, { log: SILENT_LOGGER });
  const keeper = createIndexKeeper({ index, feed, clock: SYSTEM_CLOCK, log: SILENT_LOGGER });
  const beginMs = performance.now();
  await keeper.rebuild();
  const takenMs = performance.now() - beginMs;
  await index.close();
  return takenMs;
}

function numbers(name: string, fallback: string): number[] {
  return (Deno.env.get(name) ?? fallback).split(",").filter(Boolean).map(Number);
}

function tell(rates: Record<string, Rate>): void {
  for (const [name, taken] of Object.entries(rates)) {
    const { rate, p50Ms, p99Ms, failed, remembered, withoutEngine, cpuUs } = taken;
    const cpu = Object.entries(cpuUs).map(([process, us]) => `${process} ${us.toFixed(0)} µs`);
    print(
      `    ${name}: ${rate.toFixed(0)}/s, p50 ${p50Ms.toFixed(1)} ms, p99 ${
        p99Ms.toFixed(1)
      } ms; ` +
        `${cpu.join(", ")}; ${percent(failed)} refused, ${percent(remembered)} from memory, ` +
        `${percent(withoutEngine)} without the engine`,
    );
  }
  const { service, ...others } = rates;
  for (const [name, other] of Object.entries(others)) {
    const ratio = (figure: "rate" | "p50Ms" | "p99Ms") =>
      (service![figure] / other[figure]).toFixed(2);
    print(`    to ${name}: rate ${ratio("rate")}, p50 ${ratio("p50Ms")}, p99 ${ratio("p99Ms")}`);
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Process of the engine on this machine. */
async function engineProcess(url: string): Promise<number> {
  const { nodes } = await (await fetch(`${url}/_nodes/process`)).json();
  return (Object.values(nodes) as { process: { id: number } }[])[0]!.process.id;
}

/** Waits until the copy in the process answers. */
async function hasCopy(port: number): Promise<void> {
  const untilMs = performance.now() + COPY_LIMIT_MS;
  while (performance.now() < untilMs) {
    const { answered_by: engine } = await (await fetch(`http://127.0.0.1:${port}/health/ready`))
      .json();
    if (engine === "embedded") return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  throw new Error("The copy in the process does not answer");
}

async function bench(url: string, count: number): Promise<void> {
  const config = elasticsearchConfig(url);
  // After the service has ended, which would build the index anew.
  await using _indices = { [Symbol.asyncDispose]: () => dropIndices(config) };
  const documents = generateCatalogue(count, { now: new Date() });
  const filledMs = await resync(config, feedOf(documents));
  print(
    `${count} events: resync ${(filledMs / 1_000).toFixed(1)} s, ` +
      `${(count / filledMs * 1_000).toFixed(0)} events/s`,
  );
  await using events = serveFeed(documents);
  await using search = await startSearch(events.url, {
    ELASTICSEARCH_URL: url,
    ELASTICSEARCH_INDEX: config.index,
  });
  await using behind = await startSearch(events.url, {
    ELASTICSEARCH_URL: url,
    ELASTICSEARCH_INDEX: config.index,
    SEARCH_IN_PROCESS_EVENTS: "0",
  });
  await hasCopy(search.port);
  const index = `${url}/${config.index}-v${MAPPING_VERSION}`;
  const pids = { service: search.pid, engine: await engineProcess(url) };
  const origin = `http://127.0.0.1:${search.port}`;
  for (const mode of MODES) {
    for (const inFlight of IN_FLIGHT) {
      print(`  ${mode} searches, ${inFlight} in flight`);
      const others: Record<string, Ask> = {
        contender: contender(index),
        raw: rawly(index),
        behind: throughService(`http://127.0.0.1:${behind.port}`),
      };
      const asks: Record<string, Ask> = { service: throughService(origin) };
      for (const name of TARGETS) asks[name] = others[name]!;
      const requests = mode === "distinct" ? distinctSearches : usualSearches;
      tell(await inTurns(asks, { ...TURNS, inFlight, requests, warmUp: USUAL_SEARCHES, pids }));
    }
  }
  for (const inFlight of WRITERS) {
    print(`  writes, ${inFlight} in flight`);
    const writeAt = writeAlone(index);
    tell(
      await inTurns({
        contender: (document: SearchDocument) =>
          writeAt({ eventId: document.eventId, stored: toStored(document) }),
        service: async (document: SearchDocument) =>
          await readAnswer(
            await fetch(`${origin}/internal/search/events`, {
              method: "POST",
              headers: { "Content-Type": "application/json", "X-API-Key": INTERNAL_KEY },
              body: JSON.stringify({ event: toDocumentBody(document) }),
            }),
          ),
      }, { ...TURNS, inFlight, requests: () => edits(documents), pids }),
    );
  }
}

let edited = 0;

/** Edits of one event after the other, with ever higher versions. */
function* edits(documents: readonly SearchDocument[]): Generator<SearchDocument, undefined> {
  while (true) {
    const document = documents[edited++ % documents.length]!;
    yield { ...document, version: documents.length + edited, name: `${document.name} ${edited}` };
  }
}

const elasticsearch = required("ELASTICSEARCH_URL");
for (const count of EVENTS) await bench(elasticsearch, count);
