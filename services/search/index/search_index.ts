import type { SearchDocument } from "./document.ts";

/**
 * Finds events. Engines differ in speed and reach, not in what they answer: what all of them guarantee is
 * written down in `conformance/`.
 *
 * All methods reject with `SearchUnavailable` while the engine does not answer.
 */
export interface SearchReader {
  /** The events that match, a page of them, and facets over all of them. */
  search(query: EventQuery): Promise<EventPage>;

  /** Those of `eventIds` that are on sale, in their order. */
  find(eventIds: readonly string[], options: { now: Date }): Promise<SearchDocument[]>;

  /** Distinct names, venues and cities that `text` may become, the best first. */
  suggest(query: SuggestQuery): Promise<string[]>;

  /** What there is to filter by, of events to come. */
  filters(options: { now: Date }): Promise<Filters>;
}

/**
 * Where events are searched, and how it is kept in step with them.
 *
 * Changes may arrive late, twice and out of order: of one event the one with the highest number counts,
 * and of equal ones the last to arrive.
 */
export interface SearchIndex extends SearchReader {
  /** The engine, as readiness names it. */
  readonly engine: "embedded" | "elasticsearch";

  /** Takes changes; once it resolves, searches see them. What the engine {@link refused} does not hold up the rest. */
  apply(changes: readonly EventChange[]): Promise<void>;

  /** The events whose last change the engine did not take: they are not found until they change, or a rebuild. */
  refused(): Promise<Refusals>;

  /** Takes an event out as far as it is known, for callers that know of no number. */
  forget(eventId: string): Promise<void>;

  /** The number up to which the index has taken the change feed; `undefined`: it was never filled. */
  position(): Promise<number | undefined>;

  /** Remembers that the feed was taken up to `position`. */
  moveTo(position: number): Promise<void>;

  /** Begins an empty index beside this one; searches see it when it completes. */
  rebuild(): Promise<Rebuild>;

  /** Resolves where the engine is fit to serve. */
  check(): Promise<void>;

  close(): Promise<void>;
}

/** Events that an engine did not take. */
export interface Refusals {
  total: number;
  /** At most {@link MAX_REFUSALS_TOLD} of them. */
  event_ids: string[];
}

export const MAX_REFUSALS_TOLD = 100;

/** The state of an event after a change. */
export interface EventChange {
  event_id: string;
  /** The change feed's number; whoever knows only the event's version gives that, which is never higher. */
  change: number;
  /** Nothing where it must not be found. */
  document: SearchDocument | undefined;
}

/** An index in the making. Changes that the live index takes meanwhile reach it as well. */
export interface Rebuild {
  apply(changes: readonly EventChange[]): Promise<void>;
  /** From here on changes wait for the new index, in whatever process: whoever reads the source now misses none. */
  seal(): Promise<void>;
  /** Puts it in the place of the live index, at once and whole; `false`: another index has, since `seal`. */
  complete(position: number): Promise<boolean>;
  /** Throws it away. */
  abandon(): Promise<void>;
}

export const SORTS = ["relevance", "date", "price", "distance", "popularity"] as const;
export type Sort = (typeof SORTS)[number];

/** A search. What is `undefined` does not restrict. */
export interface EventQuery {
  /** Empty: every event. */
  text: string;
  /** Events that have begun by now are not found; where days are asked for, only those that have ended are not. */
  now: Date;
  /** Whole, but for case and accents; so is `type`. */
  city: string | undefined;
  type: string | undefined;
  /** Days such as `2026-11-01`, inclusive: events that take place on one of them, in their own zone. */
  fromDay: string | undefined;
  toDay: string | undefined;
  /** In major units, inclusive; so is `maxPrice`. */
  minPrice: number | undefined;
  maxPrice: number | undefined;
  status: "published" | "sold_out" | undefined;
  /** Leaves out what is not on sale, and what has no seat left. */
  onlyAvailable: boolean;
  near: Near | undefined;
  /** Equal ones: the sooner first, then by id. */
  sort: Sort;
  offset: number;
  limit: number;
  /** Goes on after that event instead of an offset, however deep. */
  after: SortKey | undefined;
}

/** Where an event stands in the order of a search. */
export interface SortKey {
  /** What the search is sorted by; `null` where the event has none. */
  value: number | null;
  startMs: number;
  event_id: string;
}

/** A place, in degrees. Without a radius it is only what distances are measured from. */
export interface Near {
  lat: number;
  lon: number;
  radius_km: number | undefined;
}

/** What is being typed. */
export interface SuggestQuery {
  text: string;
  limit: number;
  now: Date;
}

/** An event that was found. */
export interface EventHit {
  document: SearchDocument;
  /** Comparable within one search; 0 without text. */
  score: number;
  /** From the place of the search, where both places are known. */
  distance_km: number | undefined;
}

/** A page of what was found; `total` and `facets` are over all of it. */
export interface EventPage {
  hits: EventHit[];
  total: number;
  /** Each facet counts what the search would find without the filter of that facet. */
  facets: Facets;
  /** Where the next page begins; `undefined` when this one was not full. */
  next: SortKey | undefined;
}

/** Values that differ in case and accents only are one, named by its most frequent spelling. */
export interface Facets {
  /** The most frequent first. */
  cities: FacetValue[];
  eventTypes: FacetValue[];
  priceRange: PriceRange;
  /** By {@link PRICE_BOUNDS}, without empty ones. */
  prices: PriceBucket[];
  /** Months of the start in the event's zone, such as `2026-11`, in their order. */
  months: FacetValue[];
}

export interface FacetValue {
  value: string;
  count: number;
}

/** In major units; both 0 where there are no events. */
export interface PriceRange {
  min: number;
  max: number;
}

/** Events that cost at least `from` and less than `to`. */
export interface PriceBucket {
  from: number;
  to: number | undefined;
  count: number;
}

/** In alphabetical order. */
export interface Filters {
  cities: string[];
  eventTypes: string[];
  priceRange: PriceRange;
}

/** The most values of one facet. */
export const MAX_FACET_VALUES = 100;
/** Where the buckets of the price histogram begin, in major units: what is free, then 1, 2.5, 5 and 10 of each power. */
export const PRICE_BOUNDS = [0, 0.01, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000] as const;
