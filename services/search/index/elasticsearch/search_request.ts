import type { estypes } from "@elastic/elasticsearch";
import {
  currencyOf,
  type EventQuery,
  FACETED,
  type Faceted,
  PRICE_BOUNDS,
  type Sort,
  type SortKey,
} from "../search_index.ts";
import { fold } from "../text.ts";
import { BY_TIME, keyField, lowestPriceField, spellingField } from "./stored_event.ts";

type Query = estypes.QueryDslQueryContainer;
type Aggregation = estypes.AggregationsAggregationContainer;

/** Sort value that Elasticsearch assigns to an event without a place, or without a price in the currency. */
const INFINITELY_LATE = "Infinity";
const LAST_WITHOUT_VALUE: ReadonlySet<Sort> = new Set(["distance", "price"]);
/** Spellings of a facet that are counted, the most frequent ones. */
const MAX_SPELLINGS = 1_000;
/** Months of a facet, the earliest ones; a century. */
const MAX_MONTHS = 1_200;
/** Currencies of a facet, the most frequent ones. */
const MAX_CURRENCIES = 100;

/** The searches that answer a query together. */
export interface SearchRequests {
  /** The hits, and the facets that count just the events found. */
  hits: estypes.SearchRequest;
  /** A search for each further facet, as it counts events that its filter does not let through. */
  others: estypes.SearchRequest[];
}

/** Events are matched first, as that needs one field only; the few that pass all filters are then scored. */
export interface TextQueries {
  matching: Query;
  scoring: Query[];
}

/** Builds the searches of a query and its text, if it has one. */
export function searchRequests(query: EventQuery, words: TextQueries | undefined): SearchRequests {
  const { offset, limit, after } = query;
  const plain = plainFilters(query);
  const faceted = facetedFilters(query);
  const ofHits = query.facets.filter((facet) => !isFiltered(facet, query));
  return {
    hits: {
      query: {
        bool: {
          filter: [
            ...(words ? [words.matching] : []),
            ...plain,
            ...Object.values(faceted).flat(),
          ],
          ...(words ? { should: words.scoring, minimum_should_match: 0 } : {}),
        },
      },
      sort: sortOf(query),
      // A sort by score has the score already; to track it, the engine would score the hits twice.
      track_scores: words !== undefined && query.sort !== "relevance",
      track_total_hits: true,
      size: limit,
      ...(after ? { search_after: toSearchAfter(query.sort, after) } : { from: offset }),
      // Not even ids, which the last sort value is: they are stored in blocks with the sources.
      _source: false,
      stored_fields: "_none_",
      seq_no_primary_term: true,
      ...(ofHits.length > 0 ? { aggs: aggregationsOf(ofHits, currencyOf(query)) } : {}),
    },
    others: query.facets.filter((facet) => isFiltered(facet, query)).map((facet) => ({
      query: {
        bool: {
          filter: [
            ...(words ? [words.matching] : []),
            ...plain,
            ...FACETED.filter((other) => other !== facet).flatMap((other) => faceted[other]),
            // A search without days finds upcoming events only.
            ...(facet === "date" ? toComeFilters(query.now) : []),
          ],
        },
      },
      size: 0,
      track_total_hits: false,
      aggs: aggregationsOf([facet], currencyOf(query)),
    })),
  };
}

/** Filters to events that have not begun, and so are on sale. Only listed events have times. */
export function toComeFilters(now: Date): Query[] {
  return [{ range: { start: { gt: now.toISOString() } } }];
}

function plainFilters(query: EventQuery): Query[] {
  const { now, status, onlyAvailable, near } = query;
  return [
    // Without days, the filter of days admits events to come only.
    ...(hasDays(query) ? [{ range: { end: { gt: now.toISOString() } } }] : []),
    ...(status === undefined ? [] : [hasStatus(status, now)]),
    ...(onlyAvailable
      ? [{ term: { available_during: now.toISOString() } }, ...toComeFilters(now)]
      : []),
    ...(near?.radiusKm === undefined ? [] : [{
      geo_distance: { distance: `${near.radiusKm}km`, location: { lat: near.lat, lon: near.lon } },
    }]),
  ];
}

function hasDays({ fromDay, toDay }: EventQuery): boolean {
  return fromDay !== undefined || toDay !== undefined;
}

function hasStatus(status: NonNullable<EventQuery["status"]>, now: Date): Query {
  const isSellable = {
    range: { available_during: { gte: now.toISOString(), relation: "intersects" } },
  } as const;
  return {
    bool: {
      should: [
        { term: { status } },
        {
          bool: {
            filter: [{ term: { status: BY_TIME } }],
            [status === "published" ? "must" : "must_not"]: [isSellable],
          },
        },
      ],
      minimum_should_match: 1,
    },
  };
}

/** Filters that have a facet; each facet ignores its own filter. */
function facetedFilters(query: EventQuery): Record<Faceted, Query[]> {
  const { city, type, minPrice, maxPrice } = query;
  const price = defined({ gte: minPrice, lte: maxPrice });
  return {
    city: city === undefined ? [] : [{ term: { [keyField("venueCity")]: fold(city) } }],
    type: type === undefined ? [] : [{ term: { [keyField("eventType")]: fold(type) } }],
    price: [
      ...(price ? [{ range: { prices: price } }] : []),
      // What is free is free in every currency.
      ...(price && maxPrice !== 0 ? [{ term: { currency: currencyOf(query) } }] : []),
    ],
    date: dayFilters(query),
  };
}

function dayFilters(query: EventQuery): Query[] {
  const { now, fromDay, toDay } = query;
  if (!hasDays(query)) return toComeFilters(now);
  return [
    ...(fromDay === undefined ? [] : [{ range: { last_day: { gte: fromDay } } }]),
    ...(toDay === undefined ? [] : [{ range: { first_day: { lte: toDay } } }]),
  ];
}

function defined<T>(bounds: Record<string, T | undefined>): Record<string, T> | undefined {
  const given = Object.entries(bounds).filter(([, bound]) => bound !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given) as Record<string, T>;
}

/** Whether the query has the facet's own filter. */
function isFiltered(
  facet: Faceted,
  { city, type, minPrice, maxPrice, fromDay, toDay }: EventQuery,
): boolean {
  const own: Record<Faceted, unknown[]> = {
    city: [city],
    type: [type],
    price: [minPrice, maxPrice],
    date: [fromDay, toDay],
  };
  return own[facet].some((value) => value !== undefined);
}

function aggregationsOf(
  facets: readonly Faceted[],
  currency: string,
): Record<string, Aggregation> {
  const byFacet: Record<Faceted, Record<string, Aggregation>> = {
    city: CITIES,
    type: TYPES,
    price: {
      currencies: { terms: { field: "currency", size: MAX_CURRENCIES } },
      priced: pricedIn(currency, { ...PRICE_RANGE, prices: PRICES }),
    },
    date: MONTHS,
  };
  return Object.assign({}, ...facets.map((facet) => byFacet[facet]));
}

/** Aggregations over the events with prices of one currency. */
function pricedIn(currency: string, aggs: Record<string, Aggregation>): Aggregation {
  return { filter: { term: { currency } }, aggs };
}

/** Aggregations of the lowest and the highest price. */
const PRICE_RANGE = {
  lowest: { min: { field: "prices" } },
  highest: { max: { field: "prices" } },
} as const satisfies Record<string, Aggregation>;

const CITIES = { cities: spellings("venueCity") };
const TYPES = { types: spellings("eventType") };

const PRICES: Aggregation = {
  range: {
    field: "prices",
    ranges: PRICE_BOUNDS.map((from, i) => defined({ from, to: PRICE_BOUNDS[i + 1] })!),
  },
};
const MONTHS = {
  months: { terms: { field: "first_month", size: MAX_MONTHS, order: { _key: "asc" } } },
} as const satisfies Record<string, Aggregation>;

/** Counts values as they are written; {@link readSpellings} puts those together that differ in case and accents. */
function spellings(field: "venueCity" | "eventType"): Aggregation {
  return { terms: { field: spellingField(field), size: MAX_SPELLINGS } };
}

/** Builds the search for the filter values of events to come. */
export function filtersRequest(now: Date, currency: string): estypes.SearchRequest {
  return {
    size: 0,
    track_total_hits: false,
    query: { bool: { filter: toComeFilters(now) } },
    aggs: { ...CITIES, ...TYPES, priced: pricedIn(currency, PRICE_RANGE) },
  };
}

/** Sort of a search; ties are broken by start, then by id. */
function sortOf(query: EventQuery): estypes.SortCombinations[] {
  const { sort, near } = query;
  const by: Record<Sort, estypes.SortCombinations> = {
    relevance: { _score: { order: "desc" } },
    date: { start: { order: "asc" } },
    price: {
      [lowestPriceField(currencyOf(query))]: {
        order: "asc",
        missing: "_last",
        unmapped_type: "double",
      },
    },
    popularity: { popularity: { order: "desc" } },
    distance: {
      _geo_distance: { location: { lat: near?.lat ?? 0, lon: near?.lon ?? 0 }, unit: "km" },
    },
  };
  return [by[sort], { start: { order: "asc" } }, { event_id: { order: "asc" } }];
}

function toSearchAfter(
  sort: Sort,
  { value, startMs, eventId }: SortKey,
): estypes.SortResults {
  const first = value ?? (LAST_WITHOUT_VALUE.has(sort) ? INFINITELY_LATE : 0);
  return [first, startMs, eventId];
}

/** Event of a hit: the last value of every sort. */
export function eventIdOf({ sort }: Pick<estypes.SearchHit, "sort">): string {
  return String(sort?.at(-1));
}

/** Score of a hit of a search with words. */
export function scoreOf(
  { _score, sort }: Pick<estypes.SearchHit, "_score" | "sort">,
  { sort: by }: EventQuery,
): number {
  return Number((by === "relevance" ? sort?.[0] : _score) ?? 0);
}

/** Maps the sort values of a hit to a {@link SortKey}. */
export function toSortKey(sort: estypes.SortResults | undefined): SortKey | undefined {
  if (sort === undefined) return undefined;
  const [value, startMs, eventId] = sort;
  return {
    value: typeof value === "number" && Number.isFinite(value) ? value : null,
    startMs: Number(startMs),
    eventId: String(eventId),
  };
}
