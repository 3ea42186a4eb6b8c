import type { estypes } from "@elastic/elasticsearch";
import {
  type EventQuery,
  MAX_FACET_VALUES,
  PRICE_BOUNDS,
  type Sort,
  type SortKey,
} from "../search_index.ts";
import { fold } from "../text.ts";

type Query = estypes.QueryDslQueryContainer;
type Aggregation = estypes.AggregationsAggregationContainer;

/** Further than any place: what Elasticsearch takes for an event without one. */
const NOWHERE_KM = "Infinity";

/** The body of a search; `words` finds and scores, where there is a text. */
export function searchRequest(
  query: EventQuery,
  words: Query | undefined,
): estypes.SearchRequest {
  const { offset, limit, after } = query;
  return {
    query: { bool: { ...(words ? { must: [words] } : {}), filter: plainFilters(query) } },
    post_filter: { bool: { filter: Object.values(facetedFilters(query)).flat() } },
    sort: sortOf(query),
    track_scores: words !== undefined,
    track_total_hits: true,
    size: limit,
    ...(after ? { search_after: toSearchAfter(query.sort, after) } : { from: offset }),
    _source: ["document"],
    aggs: facetsOf(query),
    allow_partial_search_results: false,
  };
}

/** What may be found at all. */
function findableFilters(now: Date): Query[] {
  return [{ term: { listed: true } }, { range: { end: { gt: now.toISOString() } } }];
}

/** What is found without days: what has not begun, and so is on sale. */
export function toComeFilters(now: Date): Query[] {
  return [{ term: { listed: true } }, hasNotBegun(now)];
}

function hasNotBegun(now: Date): Query {
  return { range: { start: { gt: now.toISOString() } } };
}

function plainFilters({ now, status, onlyAvailable, near }: EventQuery): Query[] {
  return [
    ...findableFilters(now),
    ...(status === undefined ? [] : [{ term: { status } }]),
    ...(onlyAvailable ? [{ range: { available_seats: { gt: 0 } } }, hasNotBegun(now)] : []),
    ...(near?.radius_km === undefined ? [] : [{
      geo_distance: { distance: `${near.radius_km}km`, location: { lat: near.lat, lon: near.lon } },
    }]),
  ];
}

type Faceted = "city" | "type" | "price" | "date";

/** The filters that have a facet: their facets leave them out. */
function facetedFilters(query: EventQuery): Record<Faceted, Query[]> {
  const { city, type, minPrice, maxPrice } = query;
  const price = defined({ gte: minPrice, lte: maxPrice });
  return {
    city: city === undefined ? [] : [{ term: { venue_city_key: fold(city) } }],
    type: type === undefined ? [] : [{ term: { event_type_key: fold(type) } }],
    price: price ? [{ range: { base_price: price } }] : [],
    date: dayFilters(query),
  };
}

function dayFilters({ now, fromDay, toDay }: EventQuery): Query[] {
  if (fromDay === undefined && toDay === undefined) return [hasNotBegun(now)];
  return [
    ...(fromDay === undefined ? [] : [{ range: { last_day: { gte: fromDay } } }]),
    ...(toDay === undefined ? [] : [{ range: { first_day: { lte: toDay } } }]),
  ];
}

function defined<T>(bounds: Record<string, T | undefined>): Record<string, T> | undefined {
  const given = Object.entries(bounds).filter(([, bound]) => bound !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given) as Record<string, T>;
}

function facetsOf(query: EventQuery): Record<Faceted, Aggregation> {
  const filters = facetedFilters(query);
  function without(facet: Faceted, aggs: Record<string, Aggregation>): Aggregation {
    const others = (Object.keys(filters) as Faceted[]).filter((other) => other !== facet)
      .flatMap((other) => filters[other]);
    // Without days a search finds what is to come.
    const filter = facet === "date" ? [...others, hasNotBegun(query.now)] : others;
    return { filter: { bool: { filter } }, aggs };
  }
  return {
    city: without("city", { values: spellings("venue_city", MAX_FACET_VALUES) }),
    type: without("type", { values: spellings("event_type", MAX_FACET_VALUES) }),
    price: without("price", {
      ...priceRange,
      buckets: {
        range: {
          field: "base_price",
          ranges: PRICE_BOUNDS.map((from, i) => defined({ from, to: PRICE_BOUNDS[i + 1] })!),
        },
      },
    }),
    date: without("date", {
      months: {
        date_histogram: {
          field: "first_day",
          calendar_interval: "month",
          format: "yyyy-MM",
          min_doc_count: 1,
        },
      },
    }),
  };
}

/** The lowest and the highest price. */
export const priceRange = {
  lowest: { min: { field: "base_price" } },
  highest: { max: { field: "base_price" } },
} as const satisfies Record<string, Aggregation>;

/** Values that differ in case and accents only as one, and its most frequent spelling. */
export function spellings(field: "venue_city" | "event_type", size: number): Aggregation {
  return {
    terms: { field: `${field}_key`, size, order: [{ _count: "desc" }, { _key: "asc" }] },
    aggs: { spelling: { terms: { field: `${field}_spelling`, size: 1 } } },
  };
}

/** What is equal by the sort by date, then by id. */
function sortOf({ sort, near }: EventQuery): estypes.SortCombinations[] {
  const by: Record<Sort, estypes.SortCombinations> = {
    relevance: { _score: { order: "desc" } },
    date: { start: { order: "asc" } },
    price: { base_price: { order: "asc" } },
    popularity: { popularity: { order: "desc" } },
    distance: {
      _geo_distance: { location: { lat: near?.lat ?? 0, lon: near?.lon ?? 0 }, unit: "km" },
    },
  };
  return [by[sort], { start: { order: "asc" } }, { event_id: { order: "asc" } }];
}

function toSearchAfter(
  sort: Sort,
  { value, startMs, event_id }: SortKey,
): estypes.SortResults {
  const first = value ?? (sort === "distance" ? NOWHERE_KM : 0);
  return [first, startMs, event_id];
}

/** The sort values of a hit, as {@link SortKey}. */
export function toSortKey(sort: estypes.SortResults | undefined): SortKey | undefined {
  if (sort === undefined) return undefined;
  const [value, startMs, eventId] = sort;
  return {
    value: typeof value === "number" && Number.isFinite(value) ? value : null,
    startMs: Number(startMs),
    event_id: String(eventId),
  };
}
