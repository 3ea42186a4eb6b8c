import { type FeedPosition, furthest } from "@evently/shared/feed_position";
import { distanceToKm } from "../distance.ts";
import { SUGGESTED_FIELDS } from "../fields.ts";
import { isOnSale } from "@evently/shared/on_sale";
import { popularityOf, type SearchDocument } from "../document.ts";
import {
  currencyOf,
  type EventChange,
  type EventHit,
  type EventPage,
  type EventQuery,
  type Filters,
  type Rebuild,
  type Refusals,
  type SearchIndex,
  type SuggestQuery,
} from "../search_index.ts";
import { type Edition, Editions } from "../editions.ts";
import { readText } from "../read_text.ts";
import { fold } from "../text.ts";
import { EventTable } from "./event_table.ts";
import { countCities, countTypes, FacetCounter, priceRangeOfAll } from "./facets.ts";
import { createFilter } from "./matching.ts";
import { bySoonest, compareKeys, sortKeyOf } from "./order.ts";

/**
 * Search in this process. Orama finds words; filters, facets and order are loops over the documents, which take a
 * few milliseconds for ten thousand events.
 */
export class EmbeddedSearchIndex implements SearchIndex {
  readonly engine = "embedded";
  #live = new EventTable();
  #next: EventTable | undefined;
  readonly #editions = new Editions({
    // Only this process writes here.
    state: () => Promise.resolve(""),
    outlook: (now) => Promise.resolve(this.#live.outlook(now)),
  });

  edition(now: Date): Promise<Edition> {
    return this.#editions.at(now);
  }

  async apply(changes: readonly EventChange[]): Promise<void> {
    await Promise.all([this.#live.apply(changes), this.#next?.apply(changes)]);
    this.#editions.end();
  }

  forget(eventId: string): Promise<void> {
    for (const table of [this.#live, this.#next]) table?.forget(eventId);
    this.#editions.end();
    return Promise.resolve();
  }

  refused(): Promise<Refusals> {
    return Promise.resolve({ total: 0, eventIds: [] });
  }

  position(): Promise<FeedPosition | undefined> {
    return Promise.resolve(this.#live.position);
  }

  moveTo(position: FeedPosition): Promise<void> {
    this.#live.position = furthest(position, this.#live.position ?? position);
    return Promise.resolve();
  }

  rebuild(): Promise<Rebuild> {
    const next = this.#next = new EventTable();
    const end = () => {
      if (this.#next === next) this.#next = undefined;
      return Promise.resolve();
    };
    return Promise.resolve({
      apply: (changes) => next.apply(changes),
      // Only this process writes here, and it writes to both indices.
      seal: () => Promise.resolve(),
      complete: async (position) => {
        next.position = position;
        this.#live = next;
        this.#editions.end();
        await end();
        return true;
      },
      abandon: end,
    });
  }

  async search(query: EventQuery): Promise<EventPage> {
    const { offset, limit, sort, after } = query;
    const { words } = this.#live;
    const entries = this.#live.entriesAt(query.now);
    const scores = query.text === "" ? undefined : await words.score(readText(query.text));
    const filter = createFilter(query);
    const counter = new FacetCounter();
    const found: EventHit[] = [];
    for (const [eventId, entry] of entries) {
      const score = scores === undefined ? 0 : scores.get(eventId);
      if (score === undefined || !filter.passes(entry) || !counter.add(entry, filter)) continue;
      const { document } = entry;
      found.push({ document, score, distanceKm: distanceToKm(document, query.near) });
    }
    const compare = compareKeys(sort);
    const sorted = found.map((hit) => ({ hit, key: sortKeyOf(query, hit) }))
      .sort((a, b) => compare(a.key, b.key));
    const begin = after === undefined
      ? offset
      : sorted.findIndex(({ key }) => compare(key, after) > 0);
    const page = begin < 0 ? [] : sorted.slice(begin, begin + limit);
    return {
      hits: page.map(({ hit }) => hit),
      total: found.length,
      facets: counter.facets(query.facets, currencyOf(query)),
      next: page.length === limit ? page.at(-1)?.key : undefined,
    };
  }

  find(eventIds: readonly string[], { now }: { now: Date }): Promise<SearchDocument[]> {
    return Promise.resolve(
      eventIds.map((eventId) => this.#live.get(eventId)?.document)
        .filter((document) => document !== undefined)
        .filter((document) => isOnSale(document, now)),
    );
  }

  async suggest({ text, limit, now }: SuggestQuery): Promise<string[]> {
    this.#live.entriesAt(now);
    const read = readText(text);
    const candidates: { value: string; score: number; document: SearchDocument }[] = [];
    for (const field of SUGGESTED_FIELDS) {
      const scores = await this.#live.words.score(read, { fields: [field], ranksOnly: true });
      for (const [eventId, score] of scores) {
        const document = this.#live.get(eventId)?.document;
        if (document === undefined || !isOnSale(document, now)) continue;
        candidates.push({ value: document[field], score, document });
      }
    }
    candidates.sort((a, b) =>
      b.score - a.score || popularityOf(b.document) - popularityOf(a.document) ||
      bySoonest(a.document, b.document)
    );
    const distinct = new Map<string, string>();
    for (const { value } of candidates) {
      if (distinct.size === limit) break;
      if (!distinct.has(fold(value))) distinct.set(fold(value), value);
    }
    return [...distinct.values()];
  }

  filters(options: { now: Date; currency?: string }): Promise<Filters> {
    const { now } = options;
    const entries = this.#live.entriesAt(now).map(([, entry]) => entry)
      .filter(({ document }) => isOnSale(document, now)).toArray();
    return Promise.resolve({
      cities: countCities(entries).map(({ value }) => value).sort(),
      eventTypes: countTypes(entries).map(({ value }) => value).sort(),
      priceRange: priceRangeOfAll(entries, currencyOf(options)),
    });
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
