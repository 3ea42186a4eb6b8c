import { literally } from "../../services/search/index/elasticsearch/word_reading.ts";
import { searchRequest } from "../../services/search/index/elasticsearch/search_request.ts";
import { wordsQuery } from "../../services/search/index/elasticsearch/words_query.ts";
import { readText } from "../../services/search/index/read_text.ts";
import { eventQuery } from "../../services/search/testing/world.ts";
import { percentile } from "../lib/http_load.ts";
import { seededRandom } from "./catalogue.ts";
import { CITIES, THEMES } from "./words.ts";

/** A search with text, two filters and all facets. */
export interface Search {
  text: string;
  city: string;
  maxPrice: number;
}

/** Sends one search; the caller reads the body without parsing it. */
export type Ask = (search: Search) => Promise<Response>;

/** Throughput and latency of searches. */
export interface Rate {
  /** Searches per second. */
  rate: number;
  p50Ms: number;
  p99Ms: number;
}

const IN_FLIGHT = 4;
/** Enough distinct searches that none repeats while its answer is cached. */
const SEARCHES = 2_000;

/** Makes searches for a theme in a city below a price. */
export function makeSearches(): Search[] {
  const random = seededRandom(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: SEARCHES }, () => ({
    text: pick(THEMES).name.toLowerCase(),
    city: pick(CITIES).name,
    maxPrice: 500 + Math.floor(random() * 4_000),
  }));
}

/** Sends searches to the service. */
export function throughService(origin: string): Ask {
  return ({ text, city, maxPrice }) => {
    const query = new URLSearchParams({ q: text, city, max_price: String(maxPrice) });
    return fetch(`${origin}/api/v1/search?${query}`);
  };
}

/** Sends the same searches to the engine, at the index or alias of this URL. */
export function rawly(index: string): Ask {
  return ({ text, city, maxPrice }) => {
    const read = readText(text);
    const query = eventQuery({ text, city, maxPrice, now: new Date() });
    const { allow_partial_search_results, ...body } = searchRequest(
      query,
      wordsQuery(read, literally(read)),
    );
    return fetch(`${index}/_search?allow_partial_search_results=${allow_partial_search_results}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  };
}

/** Measures each target in turns for `durationMs` with {@link IN_FLIGHT} searches at a time, after one warm-up round. */
export async function inTurns<T extends Record<string, Ask>>(
  asks: T,
  { durationMs, rounds }: { durationMs: number; rounds: number },
): Promise<Record<keyof T, Rate>> {
  const takenMs = Object.fromEntries(Object.keys(asks).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, ask] of Object.entries(asks)) {
      const latenciesMs = await run(ask, durationMs);
      if (round > 0) takenMs[name]!.push(...latenciesMs);
    }
  }
  const rates = Object.entries(takenMs).map(([name, latenciesMs]) => {
    const sorted = Float64Array.from(latenciesMs).sort();
    const rate = sorted.length / (durationMs * rounds) * 1_000;
    return [name, { rate, p50Ms: percentile(sorted, 0.5), p99Ms: percentile(sorted, 0.99) }];
  });
  return Object.fromEntries(rates);
}

async function run(ask: Ask, durationMs: number): Promise<number[]> {
  const searches = makeSearches();
  const untilMs = performance.now() + durationMs;
  const latenciesMs: number[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
    while (performance.now() < untilMs) {
      const beginMs = performance.now();
      const response = await ask(searches[next++ % SEARCHES]!);
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`status ${response.status}`);
      latenciesMs.push(performance.now() - beginMs);
    }
  }));
  return latenciesMs;
}
