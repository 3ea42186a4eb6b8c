/**
 * `deno task bench:search`: searches with words, filters and facets over HTTP, on 1,000 and 100,000 events, beside
 * the raw engine's answers to the very same requests; events a second of a rebuild; and how soon the embedded engine
 * has 10,000 events. Needs `ELASTICSEARCH_URL`.
 */
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { SILENT_LOGGER } from "@evently/shared/log";
import { createSearchApp } from "../services/search/app.ts";
import type { ChangeFeed } from "../services/search/change_feed.ts";
import { createIndexKeeper } from "../services/search/index_keeper.ts";
import { MAPPING_VERSION } from "../services/search/index/elasticsearch/mapping.ts";
import { literally } from "../services/search/index/elasticsearch/readings.ts";
import { searchRequest } from "../services/search/index/elasticsearch/search_request.ts";
import { wordsQuery } from "../services/search/index/elasticsearch/words_query.ts";
import { openEmbedded, openSearchIndex } from "../services/search/index/open.ts";
import { readText } from "../services/search/index/read_text.ts";
import type { SearchIndex } from "../services/search/index/search_index.ts";
import { readerOver } from "../services/search/reader.ts";
import { rememberingReader } from "../services/search/remembering_reader.ts";
import type { SearchDocument } from "../services/search/schemas/document.ts";
import { eventQuery } from "../services/search/testing/documents.ts";
import { dropIndices, elasticsearchConfig } from "../services/search/testing/indices.ts";
import { required } from "./lib/stores.ts";
import { generateCatalogue, seededRandom } from "./search/catalogue.ts";
import { CITIES, THEMES } from "./search/words.ts";

const SIZES = [1_000, 100_000];
const RESTORED_EVENTS = 10_000;
const DURATION_MS = Number(Deno.env.get("BENCH_DURATION_MS") ?? 5_000);
const WARM_UP_MS = 2_000;
const IN_FLIGHT = 4;
const FEED_PAGE = 500;
/** So many that none is asked again while its answer is remembered. */
const SEARCHES = 2_000;

interface Search {
  text: string;
  city: string;
  maxPrice: number;
}

/** A theme's words in a city below a price: text, two filters, and all facets. */
function makeSearches(): Search[] {
  const random = seededRandom(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: SEARCHES }, () => ({
    text: pick(THEMES).name.toLowerCase(),
    city: pick(CITIES).name,
    maxPrice: 500 + Math.floor(random() * 4_000),
  }));
}

/** A feed that has everything in memory, so that the index alone is measured. */
function feedOf(documents: readonly SearchDocument[]): ChangeFeed {
  const last = documents.length;
  return {
    after(position) {
      const changes = documents.slice(position, position + FEED_PAGE).map((document, i) => ({
        event_id: document.event_id,
        change: position + i + 1,
        document,
      }));
      const next = position + changes.length;
      return Promise.resolve({ changes, position: next, more: next < last, last });
    },
  };
}

/** The service over an index, filled; answers how long that took. */
async function serve(index: SearchIndex, documents: readonly SearchDocument[]) {
  const keeper = createIndexKeeper({
    index,
    feed: feedOf(documents),
    log: SILENT_LOGGER,
    changed: () => reader.forgetAll(),
  });
  const deps = { clock: SYSTEM_CLOCK, log: SILENT_LOGGER };
  const reader = rememberingReader(readerOver([keeper], deps), deps);
  const begin_ms = performance.now();
  await keeper.rebuild();
  const filled_ms = performance.now() - begin_ms;
  const app = createSearchApp({
    ...deps,
    cors_origins: "any",
    internal_api_key: "bench",
    pingRedis: () => Promise.resolve(),
    reader,
    keepers: [keeper],
    interest: { viewed: () => Promise.resolve(), scores: () => Promise.resolve(new Map()) },
  });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => app.fetch(request, {}),
  );
  return { server, filled_ms, url: `http://127.0.0.1:${server.addr.port}/api/v1/search` };
}

/** Searches a second and latencies, with {@link IN_FLIGHT} at a time. */
async function measure(ask: (search: Search) => Promise<Response>) {
  const searches = makeSearches();
  let next = 0;
  async function run(duration_ms: number): Promise<number[]> {
    const until_ms = performance.now() + duration_ms;
    const taken_ms: number[] = [];
    await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
      while (performance.now() < until_ms) {
        const begin_ms = performance.now();
        const response = await ask(searches[next++ % SEARCHES]!);
        await response.arrayBuffer();
        if (!response.ok) throw new Error(`status ${response.status}`);
        taken_ms.push(performance.now() - begin_ms);
      }
    }));
    return taken_ms.sort((a, b) => a - b);
  }
  await run(WARM_UP_MS);
  const taken_ms = await run(DURATION_MS);
  const at = (share: number) => taken_ms[Math.floor(share * (taken_ms.length - 1))]!;
  return { rate: taken_ms.length / DURATION_MS * 1_000, p50_ms: at(0.5), p99_ms: at(0.99) };
}

type Measured = Awaited<ReturnType<typeof measure>>;

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

function tell(what: string, { rate, p50_ms, p99_ms }: Measured): void {
  say(`  ${what}: ${rate.toFixed(0)}/s, p50 ${p50_ms.toFixed(1)} ms, p99 ${p99_ms.toFixed(1)} ms`);
}

function throughService(url: string) {
  return ({ text, city, maxPrice }: Search) =>
    fetch(`${url}?${new URLSearchParams({ q: text, city, max_price: String(maxPrice) })}`);
}

function rawly(url: string) {
  return ({ text, city, maxPrice }: Search) => {
    const read = readText(text);
    const query = eventQuery({ text, city, maxPrice, now: new Date() });
    const { allow_partial_search_results, ...body } = searchRequest(
      query,
      wordsQuery(read, literally(read)),
    );
    return fetch(`${url}/_search?allow_partial_search_results=${allow_partial_search_results}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  };
}

async function benchElasticsearch(url: string, count: number): Promise<void> {
  const config = elasticsearchConfig(url);
  const index = await openSearchIndex(config, { log: SILENT_LOGGER });
  const documents = generateCatalogue(count, { now: new Date() });
  const service = await serve(index, documents);
  say(
    `Elasticsearch, ${count} events: built in ${(service.filled_ms / 1_000).toFixed(1)} s, ` +
      `${(count / service.filled_ms * 1_000).toFixed(0)} events/s`,
  );
  const raw = await measure(rawly(`${url}/${config.index}-v${MAPPING_VERSION}`));
  const ours = await measure(throughService(service.url));
  tell("raw engine", raw);
  tell("service", ours);
  say(
    `  ratio: rate ${(ours.rate / raw.rate).toFixed(2)}, p50 ${
      (ours.p50_ms / raw.p50_ms).toFixed(2)
    }, ` +
      `p99 ${(ours.p99_ms / raw.p99_ms).toFixed(2)}`,
  );
  await service.server.shutdown();
  await index.close();
  await dropIndices(config);
}

async function benchEmbedded(): Promise<void> {
  const documents = generateCatalogue(RESTORED_EVENTS, { now: new Date() });
  const service = await serve(await openEmbedded(), documents);
  say(`Embedded, ${RESTORED_EVENTS} events: built in ${service.filled_ms.toFixed(0)} ms`);
  tell("service", await measure(throughService(service.url)));
  await service.server.shutdown();
}

const elasticsearch = required("ELASTICSEARCH_URL");
await benchEmbedded();
for (const count of SIZES) await benchElasticsearch(elasticsearch, count);
