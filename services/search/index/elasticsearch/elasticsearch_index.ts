import type { Client, estypes } from "@elastic/elasticsearch";
import type { FeedPosition } from "@evently/shared/feed_position";
import { SYSTEM_PAUSE } from "@evently/shared/clock";
import type { Logger } from "@evently/shared/log";
import { distanceToKm } from "../distance.ts";
import { SUGGESTED_FIELDS } from "../fields.ts";
import { isOnSale } from "@evently/shared/on_sale";
import type { SearchDocument } from "../document.ts";
import { type Edition, Editions } from "../editions.ts";
import { readText } from "../read_text.ts";
import {
  currencyOf,
  type EventChange,
  type EventPage,
  type EventQuery,
  type Filters,
  MAX_LISTED_REFUSALS,
  noFacets,
  type Rebuild,
  type Refusals,
  type SearchIndex,
  type SuggestQuery,
} from "../search_index.ts";
import { fold } from "../text.ts";
import { checkCluster } from "./connect.ts";
import { outlook, visibleState } from "./edition_source.ts";
import { Documents } from "./documents.ts";
import { type FacetAnswer, readFacets } from "./facets.ts";
import { StoredPosition } from "./stored_position.ts";
import { IndexLife, type IndexLifeOptions } from "./index_life.ts";
import { joinedWrites } from "./joined_writes.ts";
import { NextIndex } from "./next_index.ts";
import { Readings } from "./readings.ts";
import {
  eventIdOf,
  filtersRequest,
  scoreOf,
  searchRequests,
  type TextQueries,
  toSortKey,
} from "./search_request.ts";
import { Searches } from "./searches.ts";
import { fromStored, REFUSED, type SuggestedField } from "./stored_event.ts";
import { suggestRequest } from "./suggestions.ts";
import { ask } from "./trouble.ts";
import { literally } from "./word_reading.ts";
import { textQueries } from "./words_query.ts";
import { readMany, writeChanges, writeTombstone } from "./writing.ts";

/** Options of an {@link ElasticsearchIndex}. */
export interface ElasticsearchIndexOptions extends IndexLifeOptions {
  log: Logger;
}

/** Search in Elasticsearch. The number of a change is its document's external version, so older writes lose. */
export class ElasticsearchIndex implements SearchIndex {
  readonly engine = "elasticsearch";
  readonly #client: Client;
  readonly #life: IndexLife;
  readonly #storedPosition: StoredPosition;
  readonly #searches: Searches;
  readonly #readings: Readings;
  readonly #documents: Documents;
  readonly #log: Logger;
  readonly #editions = new Editions({
    state: () => this.#life.withAlias(() => visibleState(this.#client, this.#life.alias)),
    outlook: (now) => this.#life.withAlias(() => outlook(this.#client, this.#life.alias, now)),
  });
  readonly #writes = joinedWrites((changes) => this.#write(changes), { pause: SYSTEM_PAUSE });
  #building: string | undefined;

  constructor({ log, ...options }: ElasticsearchIndexOptions) {
    const { client } = options;
    this.#client = client;
    this.#life = new IndexLife(options);
    this.#storedPosition = new StoredPosition(client, this.#life.alias);
    this.#searches = new Searches(client, this.#life);
    this.#readings = new Readings(this.#searches);
    this.#documents = new Documents(client, this.#life.alias);
    this.#log = log;
  }

  edition(now: Date): Promise<Edition> {
    return this.#editions.at(now);
  }

  async apply(changes: readonly EventChange[]): Promise<void> {
    if (changes.length === 0) return;
    try {
      await this.#writes.submit(changes);
    } finally {
      this.#editions.end();
    }
  }

  /** Writes what came together as one, so that they share a refresh. */
  async #write(changes: readonly EventChange[]): Promise<void> {
    const building = this.#building;
    const live = { index: this.#life.alias, alias: true, visible: true };
    await this.#life.withAlias(() => writeChanges(this.#writer, changes, live));
    if (building !== undefined) {
      // Must be visible there as well, as it may have become live by now.
      const next = { index: building, alias: false, visible: true };
      await ask(() => writeChanges(this.#writer, changes, next));
    }
  }

  async forget(eventId: string): Promise<void> {
    try {
      await this.#life.withAlias(() => writeTombstone(this.#client, this.#life.alias, eventId));
    } finally {
      this.#editions.end();
    }
  }

  async refused(): Promise<Refusals> {
    const answer = await this.#search({
      query: { term: { status: REFUSED } },
      sort: ["event_id"],
      size: MAX_LISTED_REFUSALS,
      _source: ["event_id"],
    });
    const eventIds = answer.hits.hits.map(({ _id }) => _id!);
    return { total: totalOf(answer), eventIds };
  }

  async position(): Promise<FeedPosition | undefined> {
    return await this.#life.withAlias(() => this.#storedPosition.read());
  }

  async moveTo(position: FeedPosition): Promise<void> {
    await this.#life.withAlias(() => this.#storedPosition.write(position));
  }

  async rebuild(): Promise<Rebuild> {
    const index = await this.#life.createNext();
    this.#building = index;
    const end = () => {
      if (this.#building === index) this.#building = undefined;
      this.#editions.end();
    };
    return new NextIndex({
      log: this.#log,
      life: this.#life,
      storedPosition: this.#storedPosition,
      index,
      end,
    });
  }

  async search(query: EventQuery): Promise<EventPage> {
    if (query.text === "") return await this.#answer(query, undefined);
    const text = readText(query.text);
    const typed = literally(text);
    // Nearly all words are known, so the search does not wait for their look-up.
    const [readings, answer] = await Promise.all([
      this.#readings.of(text),
      this.#answer(query, textQueries(text, typed)),
    ]);
    return readings.every(({ edits }) => edits === 0)
      ? answer
      : await this.#answer(query, textQueries(text, readings));
  }

  async #answer(
    query: EventQuery,
    words: TextQueries | undefined,
  ): Promise<EventPage> {
    const { hits, others } = searchRequests(query, words);
    const [found, ...rest] = await Promise.all(
      [hits, ...others].map((request) => this.#search(request)),
    );
    const written = found!.hits.hits.map((hit) => ({ ...hit, eventId: eventIdOf(hit) }));
    const documents = await this.#life.withAlias(() => this.#documents.of(written));
    return {
      hits: found!.hits.hits.flatMap((hit, i) => {
        const document = documents[i];
        if (document === undefined) return [];
        const score = words ? scoreOf(hit, query) : 0;
        return [{ document, score, distanceKm: distanceToKm(document, query.near) }];
      }),
      total: totalOf(found!),
      facets: Object.assign(
        {},
        noFacets(currencyOf(query)),
        ...[found!, ...rest].map(({ aggregations = {} }) =>
          readFacets(aggregations as unknown as FacetAnswer, currencyOf(query))
        ),
      ),
      next: found!.hits.hits.length === query.limit
        ? toSortKey(found!.hits.hits.at(-1)?.sort)
        : undefined,
    };
  }

  async find(eventIds: readonly string[], { now }: { now: Date }): Promise<SearchDocument[]> {
    if (eventIds.length === 0) return [];
    const docs = await this.#life.withAlias(() =>
      readMany(this.#client, { index: this.#life.alias, ids: eventIds, _source: ["document"] })
    );
    return docs.map(({ _source }) => fromStored(_source))
      .filter((document) => document !== undefined)
      .filter((document) => isOnSale(document, now));
  }

  async suggest({ text: typed, limit, now }: SuggestQuery): Promise<string[]> {
    const text = readText(typed);
    if (text.words.length === 0) return [];
    const readings = await this.#readings.of(text);
    const candidates = await Promise.all(SUGGESTED_FIELDS.map(async (field) => {
      const request = suggestRequest(field, { text, readings, limit, now });
      const { hits } = await this.#search(request);
      return hits.hits.flatMap(({ _source, sort }) => candidate(field, _source, sort));
    }));
    const best = candidates.flat().sort((a, b) => compareSuggestions(a.rank, b.rank));
    const distinct = new Map<string, string>();
    for (const { value } of best) {
      if (distinct.size === limit) break;
      if (!distinct.has(fold(value))) distinct.set(fold(value), value);
    }
    return [...distinct.values()];
  }

  async filters(options: { now: Date; currency?: string }): Promise<Filters> {
    const currency = currencyOf(options);
    const { aggregations = {} } = await this.#search(filtersRequest(options.now, currency));
    const { cities, eventTypes, priceRange } = {
      ...noFacets(currency),
      ...readFacets(aggregations as unknown as FacetAnswer, currency),
    };
    return {
      cities: cities.map(({ value }) => value).sort(),
      eventTypes: eventTypes.map(({ value }) => value).sort(),
      priceRange,
    };
  }

  check(): Promise<void> {
    return checkCluster(this.#client);
  }

  async close(): Promise<void> {
    await this.#writes.rested();
    await this.#client.close();
  }

  get #writer() {
    return { client: this.#client, log: this.#log };
  }

  #search(request: estypes.SearchRequest): Promise<estypes.SearchResponse> {
    return this.#searches.send(request);
  }
}

interface Candidate {
  value: string;
  /** Sort values: score, popularity and start. */
  rank: number[];
}

function candidate(
  field: SuggestedField,
  source: unknown,
  sort: estypes.SortResults = [],
): Candidate[] {
  const document = fromStored(source);
  return document ? [{ value: document[field], rank: sort.slice(0, 3).map(Number) }] : [];
}

function compareSuggestions(a: readonly number[], b: readonly number[]): number {
  return b[0]! - a[0]! || b[1]! - a[1]! || a[2]! - b[2]!;
}

function totalOf({ hits: { total } }: estypes.SearchResponse): number {
  return typeof total === "number" ? total : total?.value ?? 0;
}
