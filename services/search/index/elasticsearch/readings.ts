import type { Client, estypes } from "@elastic/elasticsearch";
import type { ReadText } from "../read_text.ts";
import { ask, readTrouble } from "./trouble.ts";
import { beginning, misspelt, wholeWord } from "./words_query.ts";

/** How a word of a query is taken: as it stands, or as the nearest words that some event has. */
export interface WordReading {
  word: string;
  edits: 0 | 1 | 2;
  /** It may be the beginning of a word. */
  growing: boolean;
  /** Words each of which says the same as this one and its neighbours together. */
  wholes: readonly string[];
}

/** Words that were met are not looked up again for a while; a new event's word is never in this memory. */
const REMEMBERED_MS = 60_000;
const MAX_REMEMBERED = 10_000;

/** The words of a query as they stand. */
export function literally({ words, open }: ReadText): WordReading[] {
  return words.map(({ word, wholes }, i) => ({
    word,
    edits: 0,
    growing: open && i === words.length - 1,
    wholes,
  }));
}

/**
 * Tells misspelt words from real ones, by what the index has: a word that some event has is never taken for
 * another one, so typos cannot drown exact hits, in whatever order these are sorted.
 */
export class Readings {
  readonly #client: Client;
  readonly #index: string;
  readonly #met = new Map<string, number>();

  constructor(client: Client, index: string) {
    this.#client = client;
    this.#index = index;
  }

  async of(text: ReadText): Promise<WordReading[]> {
    const readings = literally(text);
    const doubtful = readings.filter((reading) => !this.#remembers(reading));
    if (doubtful.length === 0) return readings;
    const known = await this.#exist(doubtful.map(asItStands));
    const unknown = doubtful.filter((reading, i) => {
      if (known[i]) this.#remember(reading);
      return !known[i];
    });
    const tries = unknown.flatMap((reading) => nearer(reading));
    const exist = await this.#exist(tries.map(asMisspelt));
    return readings.map((reading) =>
      tries.find(({ word }, i) => word === reading.word && exist[i]) ?? reading
    );
  }

  /** Whether any event is found, query by query. */
  async #exist(queries: readonly estypes.QueryDslQueryContainer[]): Promise<boolean[]> {
    if (queries.length === 0) return [];
    const { responses } = await ask(() =>
      this.#client.msearch({
        index: this.#index,
        searches: queries.flatMap((query) => [{}, existence(query)]),
      })
    );
    return responses.map((response) => {
      if ("error" in response) throw readTrouble("words", response.error.type);
      const { total } = response.hits;
      return (typeof total === "number" ? total : total?.value ?? 0) > 0;
    });
  }

  #remembers(reading: WordReading): boolean {
    const metMs = this.#met.get(keyOf(reading));
    return metMs !== undefined && Date.now() - metMs < REMEMBERED_MS;
  }

  #remember(reading: WordReading): void {
    this.#met.delete(keyOf(reading));
    this.#met.set(keyOf(reading), Date.now());
    if (this.#met.size <= MAX_REMEMBERED) return;
    for (const oldest of this.#met.keys().take(1)) this.#met.delete(oldest);
  }
}

/** As the request's type has it, which this compiler's strictness about `undefined` does not suit. */
function existence(query: estypes.QueryDslQueryContainer): estypes.MsearchRequestItem {
  const request = { query, size: 0, terminate_after: 1, track_total_hits: 1 };
  return request as estypes.MsearchRequestItem;
}

function keyOf({ word, growing, wholes }: WordReading): string {
  return [growing ? `${word}*` : word, ...wholes].join(" ");
}

function asItStands({ word, growing, wholes }: WordReading): estypes.QueryDslQueryContainer {
  const queries = [word, ...wholes].map((whole) => wholeWord(whole));
  if (growing) queries.push(beginning(word));
  return queries.length === 1 ? queries[0]! : { dis_max: { queries } };
}

function asMisspelt({ word, edits, growing }: WordReading): estypes.QueryDslQueryContainer {
  return misspelt(word, { edits, growing });
}

/** What a word that no event has may be, the nearest first: as many edits as `fuzziness: AUTO` allows. */
function nearer({ word, growing, wholes }: WordReading): WordReading[] {
  const allowed = word.length < 3 ? 0 : word.length < 6 ? 1 : 2;
  return ([1, 2] as const).filter((edits) => edits <= allowed)
    .map((edits) => ({ word, edits, growing, wholes }));
}
