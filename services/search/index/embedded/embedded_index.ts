import { type FeedPosition, furthest } from "@evently/shared/feed_position";
import { isOnSale } from "@evently/shared/on_sale";
import type { SearchDocument } from "../document.ts";
import { type Edition, Editions } from "../editions.ts";
import {
  type EventChange,
  type EventPage,
  type EventQuery,
  type Filters,
  MAX_EVENTS_EMBEDDED,
  type Rebuild,
  type Refusals,
  type SearchIndex,
  type SuggestQuery,
} from "../search_index.ts";
import { EventTable } from "./event_table.ts";
import { listFilters } from "./list_filters.ts";
import { searchTable } from "./search_table.ts";
import { suggestTexts } from "./suggest_texts.ts";

/** Search in this process: the events in columns, and for each word the rows that have it. */
export class EmbeddedSearchIndex implements SearchIndex {
  readonly engine = "embedded";
  readonly #maxEvents: number;
  #live: EventTable;
  #next: EventTable | undefined;
  readonly #editions = new Editions({
    // Only this process writes here.
    state: () => Promise.resolve(""),
    outlook: (now) => {
      this.#live.sweep(now);
      return Promise.resolve(this.#live.outlook(now));
    },
  });

  /** @param options.maxEvents writes of more events fail, as the index is `full`, and leave it empty */
  constructor({ maxEvents = MAX_EVENTS_EMBEDDED }: { maxEvents?: number } = {}) {
    this.#maxEvents = maxEvents;
    this.#live = new EventTable(maxEvents);
  }

  /** Number of events. */
  get size(): number {
    return this.#live.size;
  }

  edition(now: Date): Promise<Edition> {
    return this.#editions.at(now);
  }

  async apply(changes: readonly EventChange[]): Promise<void> {
    try {
      await Promise.all([this.#live.apply(changes), this.#next?.apply(changes)]);
    } catch (error) {
      // It must be filled anew, as it lacks an event. Searches that have begun are let end first.
      setTimeout(() => this.#live = new EventTable(this.#maxEvents), 0);
      throw error;
    } finally {
      this.#editions.end();
    }
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
    const next = this.#next = new EventTable(this.#maxEvents);
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

  search(query: EventQuery): Promise<EventPage> {
    this.#live.sweep(query.now);
    return Promise.resolve(searchTable(this.#live, query));
  }

  find(eventIds: readonly string[], { now }: { now: Date }): Promise<SearchDocument[]> {
    return Promise.resolve(
      eventIds.map((eventId) => this.#live.get(eventId))
        .filter((document) => document !== undefined)
        .filter((document) => isOnSale(document, now)),
    );
  }

  suggest(query: SuggestQuery): Promise<string[]> {
    this.#live.sweep(query.now);
    return Promise.resolve(suggestTexts(this.#live, query));
  }

  filters(options: { now: Date; currency?: string }): Promise<Filters> {
    this.#live.sweep(options.now);
    return Promise.resolve(listFilters(this.#live, options));
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
