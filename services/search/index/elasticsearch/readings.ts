import type { estypes } from "@elastic/elasticsearch";
import { LRUCache } from "lru-cache";
import type { ReadText } from "../read_text.ts";
import type { Searches } from "./searches.ts";
import { literally, type WordReading } from "./word_reading.ts";
import { matchWord, misspelt } from "./words_query.ts";

/** Time for which a known word is not looked up again; unknown words are never cached. */
const KNOWN_TTL_MS = 60_000;
const MAX_KNOWN = 10_000;

/**
 * Corrects misspelt words by the words in the index. A word that some event has is never corrected, so that
 * corrections never displace exact hits, in any sort.
 */
export class Readings {
  readonly #searches: Searches;
  readonly #known = new LRUCache<string, true>({ max: MAX_KNOWN, ttl: KNOWN_TTL_MS });

  constructor(searches: Searches) {
    this.#searches = searches;
  }

  async of(text: ReadText): Promise<WordReading[]> {
    const readings = literally(text);
    const doubtful = readings.filter((reading) => !this.#known.has(keyOf(reading)));
    if (doubtful.length === 0) return readings;
    const known = await this.#exist(doubtful.map(matchWord));
    const unknown = doubtful.filter((reading, i) => {
      if (known[i]) this.#known.set(keyOf(reading), true);
      return !known[i];
    });
    const tries = unknown.flatMap((reading) => nearer(reading));
    const exist = await this.#exist(tries.map(asMisspelt));
    return readings.map((reading) =>
      tries.find(({ word }, i) => word === reading.word && exist[i]) ?? reading
    );
  }

  /** Whether each query matches any event. */
  async #exist(queries: readonly estypes.QueryDslQueryContainer[]): Promise<boolean[]> {
    return await Promise.all(queries.map(async (query) => {
      const { hits } = await this.#searches.send(existence(query));
      return (typeof hits.total === "number" ? hits.total : hits.total?.value ?? 0) > 0;
    }));
  }
}

/** A search that only tells whether there is a hit; the client's type rejects it under `exactOptionalPropertyTypes`. */
function existence(query: estypes.QueryDslQueryContainer): estypes.SearchRequest {
  const request = { query, size: 0, terminate_after: 1, track_total_hits: 1 };
  return request as estypes.SearchRequest;
}

function keyOf({ word, growing, wholes }: WordReading): string {
  return [growing ? `${word}*` : word, ...wholes].join(" ");
}

function asMisspelt({ word, edits, growing }: WordReading): estypes.QueryDslQueryContainer {
  return misspelt(word, { edits, growing });
}

/** Corrections to try for an unknown word, nearest first, with as many edits as `fuzziness: AUTO` allows. */
function nearer({ word, growing, wholes }: WordReading): WordReading[] {
  const allowed = word.length < 3 ? 0 : word.length < 6 ? 1 : 2;
  return ([1, 2] as const).filter((edits) => edits <= allowed)
    .map((edits) => ({ word, edits, growing, wholes }));
}
