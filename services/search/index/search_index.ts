import type { FeedPosition } from "@evently/shared/feed_position";
import { DEFAULT_CURRENCY } from "@evently/shared/money";
import type { SearchDocument } from "./document.ts";
import type { Edition } from "./editions.ts";

/**
 * Searches events. `tests/conformance/search` holds the guarantees that every engine gives.
 *
 * All methods reject with `SearchUnavailable` while the engine does not answer.
 */
export interface SearchReader {
  /** A page of the matching events, and facets over all of them. */
  search(query: EventQuery): Promise<EventPage>;

  /** Those of `eventIds` that are on sale, in the given order. */
  find(eventIds: readonly string[], options: { now: Date }): Promise<SearchDocument[]>;

  /** Distinct names, venues and cities that complete `text`, best first. */
  suggest(query: SuggestQuery): Promise<string[]>;

  /** Available filter values of upcoming events. */
  filters(options: { now: Date; currency?: string }): Promise<Filters>;
}

/** The search engines. */
export const ENGINES = ["embedded", "elasticsearch"] as const;
export type Engine = (typeof ENGINES)[number];

/**
 * A search index and the operations that keep it in step with the events.
 *
 * Changes may arrive late, twice and out of order. For each event the change with the highest number wins; of equal
 * numbers, the last to arrive.
 */
export interface SearchIndex extends SearchReader {
  /** Name of the engine in readiness and logs. */
  readonly engine: Engine;

  /**
   * The edition at `now`: the same object as before while all answers are the same. It ends with each change that this
   * process applies, at most 250 ms after those of other processes, and when an event begins or ends.
   */
  edition(now: Date): Promise<Edition>;

  /** Applies changes; searches see them once it resolves. A {@link refused} document does not fail the others. */
  apply(changes: readonly EventChange[]): Promise<void>;

  /** Events whose last change the engine rejected. They are not found until they change or the index is rebuilt. */
  refused(): Promise<Refusals>;

  /** Removes an event, for callers that do not know the change's number. */
  forget(eventId: string): Promise<void>;

  /** A position up to which the feed was taken; `undefined` if the index was never filled. */
  position(): Promise<FeedPosition | undefined>;

  /**
   * Stores that the feed was taken up to `position`. Of positions that processes store at once, each may be ahead in
   * other lanes; {@link position} then returns one of them, or what they took together.
   */
  moveTo(position: FeedPosition): Promise<void>;

  /** Begins an empty index beside the live one, which it replaces when it completes. */
  rebuild(): Promise<Rebuild>;

  /** Resolves if the engine is fit to serve. */
  check(): Promise<void>;

  close(): Promise<void>;
}

/** Events that an engine rejected. */
export interface Refusals {
  total: number;
  /** At most {@link MAX_LISTED_REFUSALS}. */
  eventIds: string[];
}

export const MAX_LISTED_REFUSALS = 100;

/** The state of an event after a change. */
export interface EventChange {
  eventId: string;
  /** The number of the change in its lane; callers of the old system pass the event's version. */
  change: number;
  /** `undefined` removes the event from the index. */
  document: SearchDocument | undefined;
}

/** An index being built. Changes applied to the live index meanwhile reach it as well. */
export interface Rebuild {
  apply(changes: readonly EventChange[]): Promise<void>;
  /** Blocks writes to the live index in every process, so that a reader of the feed now misses none. */
  seal(): Promise<void>;
  /** Replaces the live index atomically; `false` if another index has replaced it since `seal`. */
  complete(position: FeedPosition): Promise<boolean>;
  /** Discards the index. */
  abandon(): Promise<void>;
}

export const SORTS = ["relevance", "date", "price", "distance", "popularity"] as const;
export type Sort = (typeof SORTS)[number];

/** Facets by the filter that each ignores: of the city, the type, the price, and the days. */
export const FACETED = ["city", "type", "price", "date"] as const;
export type Faceted = (typeof FACETED)[number];

/** A search. `undefined` fields do not restrict it. */
export interface EventQuery {
  /** An empty text matches every event. */
  text: string;
  /** Events that have begun are not found; in a search by days, only those that have ended are not. */
  now: Date;
  /** Matched whole, ignoring case and accents, like `type`. */
  city: string | undefined;
  type: string | undefined;
  /** Days such as `2026-11-01`, inclusive. An event matches if it takes place on one of them, in its own zone. */
  fromDay: string | undefined;
  toDay: string | undefined;
  /** Prices are compared in it alone: by filter, facet and sort. A reader takes that of most events if there is none. */
  currency: string | undefined;
  /**
   * In major units of the currency, inclusive, like `maxPrice`. An event matches if one of its prices does. What is free is
   * free in every currency.
   */
  minPrice: number | undefined;
  maxPrice: number | undefined;
  status: "published" | "sold_out" | undefined;
  /** Excludes events that are not on sale, or have no seat that can be bought. */
  onlyAvailable: boolean;
  near: Near | undefined;
  /** Ties are broken by start, then by id. By price, events of other currencies come last. */
  sort: Sort;
  offset: number;
  limit: number;
  /** Continues after this event instead of at an offset, at any depth. */
  after: SortKey | undefined;
  /** Facets to count; the others are left empty. */
  facets: readonly Faceted[];
}

/** Position of an event in the order of a search. */
export interface SortKey {
  /** Value of the sort; `null` where the event has none. */
  value: number | null;
  startMs: number;
  eventId: string;
}

/** A place in degrees. Without a radius it does not filter; distances are measured from it. */
export interface Near {
  lat: number;
  lon: number;
  radiusKm: number | undefined;
}

/** A request for completions of what is being typed. */
export interface SuggestQuery {
  text: string;
  limit: number;
  now: Date;
}

/** An event that was found. */
export interface EventHit {
  document: SearchDocument;
  /** Comparable within one search; 0 without a text. */
  score: number;
  /** Distance from the place of the search; `undefined` where either place is unknown. */
  distanceKm: number | undefined;
}

/** A page of results; `total` and `facets` cover all results. */
export interface EventPage {
  hits: EventHit[];
  total: number;
  /** Each facet counts what the search would find without that facet's own filter. */
  facets: Facets;
  /** Start of the next page; `undefined` when this one was not full. */
  next: SortKey | undefined;
}

/** Values that differ only in case and accents are counted together, under the most frequent spelling. */
export interface Facets {
  /** Most frequent first. */
  cities: FacetValue[];
  eventTypes: FacetValue[];
  /** Of the events with prices in the currency of the search, like `prices`. */
  priceRange: PriceRange;
  /** Currencies of the events, whatever that of the search is. */
  currencies: FacetValue[];
  /** Buckets by {@link PRICE_BOUNDS}; empty ones are left out. An event counts in each that has a price of it. */
  prices: PriceBucket[];
  /** Months of the start in the event's zone, such as `2026-11`, in order. */
  months: FacetValue[];
}

/** Facets of no events, in a currency. */
export function noFacets(currency: string): Facets {
  return {
    cities: [],
    eventTypes: [],
    priceRange: { min: 0, max: 0, currency },
    currencies: [],
    prices: [],
    months: [],
  };
}

/** The currency in which a query compares prices. */
export function currencyOf({ currency }: { currency?: string | undefined }): string {
  return currency ?? DEFAULT_CURRENCY;
}

export interface FacetValue {
  value: string;
  count: number;
}

/** In major units; both 0 where there are no events. */
export interface PriceRange {
  min: number;
  max: number;
  currency: string;
}

/** Events that cost at least `from` and less than `to`. */
export interface PriceBucket {
  from: number;
  to: number | undefined;
  count: number;
}

/** Events that an index in the process can hold at most. */
export const MAX_EVENTS_EMBEDDED = 2 ** 21;

/** Available filter values, in alphabetical order. */
export interface Filters {
  cities: string[];
  eventTypes: string[];
  priceRange: PriceRange;
}

/** Maximum values of one facet. */
export const MAX_FACET_VALUES = 100;
/** Lower bounds of the price histogram, in major units: free, then 1, 2.5, 5 and 10 of each power of ten. */
export const PRICE_BOUNDS = [0, 0.01, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000] as const;
