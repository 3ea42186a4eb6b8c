import type { SearchDocument } from "../schemas/document.ts";

/**
 * Where events are searched. Engines differ in speed and reach, not in what they answer: what all of
 * them guarantee is written down in `conformance/`.
 *
 * Writes may arrive late, twice and out of order; `write_order.ts` says which of two counts.
 */
export interface SearchIndex {
  /** The engine, as readiness names it. */
  readonly engine: string;

  /** Takes those that are newer than what is known of them; what no longer may be found leaves the index. */
  index(documents: readonly SearchDocument[], reading: Reading): Promise<void>;

  /** Takes an event out, and keeps older writes of it from bringing it back. */
  remove(eventId: string, removal: Removal): Promise<void>;

  /** Takes out what no write since `time` has mentioned: the source has it no more. */
  removeNotIndexedSince(time: Date): Promise<void>;

  /** The events that match, a page of them, and facets over all of them. */
  search(query: EventQuery): Promise<EventPage>;

  /** Those of `eventIds` that may be found, in their order. */
  find(eventIds: readonly string[], options: { now: Date }): Promise<SearchDocument[]>;

  /** Distinct names, venues and cities that `text` may become, the best first. */
  suggest(options: { text: string; limit: number; now: Date }): Promise<string[]>;

  /** What there is to filter by. */
  filters(options: { now: Date }): Promise<Filters>;

  /** How many events the index holds. */
  count(): Promise<number>;
}

/** When documents were read from the event service. */
export interface Reading {
  /** Of two readings of one version the later counts. */
  asOf: Date;
  /** They were read no earlier than that, where it is known; by default since their last update. */
  readAfter?: Date;
}

/** When an event was taken out, and up to which version, where that is known. */
export interface Removal {
  asOf: Date;
  version?: number | undefined;
}

export const SORTS = ["relevance", "date", "price", "distance"] as const;
export type Sort = (typeof SORTS)[number];

/** A search. What is `undefined` does not restrict. */
export interface EventQuery {
  /** Empty: every event. */
  text: string;
  /** Events that have ended by now are not found. */
  now: Date;
  /** Whole, but for case and accents; so is `type`. */
  city: string | undefined;
  type: string | undefined;
  /** The earliest start, inclusive. */
  startsFrom: Date | undefined;
  /** The latest start, exclusive. */
  startsBefore: Date | undefined;
  /** In major units, inclusive; so is `maxPrice`. */
  minPrice: number | undefined;
  maxPrice: number | undefined;
  /** Leaves out what has no seat left. */
  onlyAvailable: boolean;
  near: Near | undefined;
  /** Equal ones: the sooner first, then by id. */
  sort: Sort;
  offset: number;
  limit: number;
}

/** A place, in degrees. Without a radius it is only what distances are measured from. */
export interface Near {
  lat: number;
  lon: number;
  radius_km: number | undefined;
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
  facets: Facets;
}

/** The most frequent values first. */
export interface Facets {
  cities: FacetValue[];
  eventTypes: FacetValue[];
  priceRange: PriceRange;
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

/** In alphabetical order. */
export interface Filters {
  cities: string[];
  eventTypes: string[];
  priceRange: PriceRange;
}

/** The most values of one facet. */
export const MAX_FACET_VALUES = 100;
