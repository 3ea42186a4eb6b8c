/**
 * `deno task bench:search`: measures searches with words, filters and facets over HTTP by a search service in its own
 * process, in turns with the same requests to the raw engine, on 1,000 and 100,000 events; and events per second of a
 * resync. The embedded engine gets 10,000 events. Needs `ELASTICSEARCH_URL`; `BENCH_PARTS` selects parts.
 */
import { changesUpTo, formatFeedPosition, parseFeedPosition } from "@evently/shared/feed_position";
import { SILENT_LOGGER } from "@evently/shared/log";
import type { ChangeFeed } from "../services/search/peers/change_feed.ts";
import { createIndexKeeper } from "../services/search/feed/index_keeper.ts";
import { MAPPING_VERSION } from "../services/search/index/elasticsearch/mapping.ts";
import { openSearchIndex } from "../services/search/index/open.ts";
import { type SearchDocument, toDocumentBody } from "../services/search/index/document.ts";
import { dropIndices, elasticsearchConfig, positionAt } from "../services/search/testing/world.ts";
import { print, setting } from "./lib/report.ts";
import { startServer } from "./lib/server.ts";
import { required } from "./lib/stores.ts";
import { generateCatalogue } from "./search/catalogue.ts";
import { inTurns, type Rate, rawly, throughService } from "./search/load.ts";

const PARTS = (Deno.env.get("BENCH_PARTS") ?? "1000,100000,embedded").split(",");
const EMBEDDED_EVENTS = 10_000;
const TURNS = { durationMs: setting("BENCH_DURATION_MS", 3_000), rounds: 3 };
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
    ...engine,
  }, { ready: "/health/ready" });
}

/** Fills the index; returns the duration in ms. */
async function resync(config: ReturnType<typeof elasticsearchConfig>, feed: ChangeFeed) {
  const index = await openSearchIndex(config, { log: SILENT_LOGGER });
  const keeper = createIndexKeeper({ index, feed, log: SILENT_LOGGER, changed: () => {} });
  const beginMs = performance.now();
  await keeper.rebuild();
  const takenMs = performance.now() - beginMs;
  await index.close();
  return takenMs;
}

function tell(what: string, { rate, p50Ms, p99Ms }: Rate): void {
  print(
    `  ${what}: ${rate.toFixed(0)}/s, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`,
  );
}

async function benchElasticsearch(url: string, count: number): Promise<void> {
  const config = elasticsearchConfig(url);
  const documents = generateCatalogue(count, { now: new Date() });
  const filledMs = await resync(config, feedOf(documents));
  print(
    `Elasticsearch, ${count} events: resync ${(filledMs / 1_000).toFixed(1)} s, ` +
      `${(count / filledMs * 1_000).toFixed(0)} events/s`,
  );
  await using events = serveFeed(documents);
  await using search = await startSearch(events.url, {
    ELASTICSEARCH_URL: url,
    ELASTICSEARCH_INDEX: config.index,
  });
  const { raw, service } = await inTurns({
    raw: rawly(`${url}/${config.index}-v${MAPPING_VERSION}`),
    service: throughService(`http://127.0.0.1:${search.port}`),
  }, TURNS);
  tell("raw engine", raw);
  tell("service", service);
  const ratio = (figure: keyof Rate) => (service[figure] / raw[figure]).toFixed(2);
  print(`  ratio: rate ${ratio("rate")}, p50 ${ratio("p50Ms")}, p99 ${ratio("p99Ms")}`);
  await dropIndices(config);
}

async function benchEmbedded(): Promise<void> {
  await using events = serveFeed(generateCatalogue(EMBEDDED_EVENTS, { now: new Date() }));
  await using search = await startSearch(events.url, { ELASTICSEARCH_URL: "" });
  const ask = throughService(`http://127.0.0.1:${search.port}`);
  const { service } = await inTurns({ service: ask }, TURNS);
  print(`Embedded, ${EMBEDDED_EVENTS} events`);
  tell("service", service);
}

const elasticsearch = required("ELASTICSEARCH_URL");
for (const part of PARTS) {
  await (part === "embedded" ? benchEmbedded() : benchElasticsearch(elasticsearch, Number(part)));
}
