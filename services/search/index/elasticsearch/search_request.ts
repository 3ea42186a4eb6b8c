import type { estypes } from "@elastic/elasticsearch";
import {
  type EventQuery,
  MAX_FACET_VALUES,
  PRICE_BOUNDS,
  type Sort,
  type SortKey,
} from "../search_index.ts";
import { fold } from "../text.ts";
import { BY_TIME, keyField, spellingField } from "./stored_event.ts";

type Query = estypes.QueryDslQueryContainer;
type Aggregation = estypes.AggregationsAggregationContainer;

/** Distance that Elasticsearch assigns to an event without a place. */
const NOWHERE_KM = "Infinity";

/** Builds a search; `words` matches and scores the text, if there is one. */
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

/** Filters to events that may be found at all. */
function findableFilters(now: Date): Query[] {
  return [{ term: { listed: true } }, { range: { end: { gt: now.toISOString() } } }];
}

/** Filters to events that have not begun, and so are on sale. */
export function toComeFilters(now: Date): Query[] {
  return [{ term: { listed: true } }, hasNotBegun(now)];
}

function hasNotBegun(now: Date): Query {
  return { range: { start: { gt: now.toISOString() } } };
}

function plainFilters({ now, status, onlyAvailable, near }: EventQuery): Query[] {
  return [
    ...findableFilters(now),
    ...(status === undefined ? [] : [hasStatus(status, now)]),
    ...(onlyAvailable ? [{ term: { available_during: now.toISOString() } }, hasNotBegun(now)] : []),
    ...(near?.radiusKm === undefined ? [] : [{
      geo_distance: { distance: `${near.radiusKm}km`, location: { lat: near.lat, lon: near.lon } },
    }]),
  ];
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

type Faceted = "city" | "type" | "price" | "date";

/** Filters that have a facet; each facet ignores its own filter. */
function facetedFilters(query: EventQuery): Record<Faceted, Query[]> {
  const { city, type, minPrice, maxPrice } = query;
  const price = defined({ gte: minPrice, lte: maxPrice });
  return {
    city: city === undefined ? [] : [{ term: { [keyField("venueCity")]: fold(city) } }],
    type: type === undefined ? [] : [{ term: { [keyField("eventType")]: fold(type) } }],
    price: price ? [{ range: { prices: price } }] : [],
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
    // A search without days finds upcoming events only.
    const filter = facet === "date" ? [...others, hasNotBegun(query.now)] : others;
    return { filter: { bool: { filter } }, aggs };
  }
  return {
    city: without("city", { values: spellings("venueCity", MAX_FACET_VALUES) }),
    type: without("type", { values: spellings("eventType", MAX_FACET_VALUES) }),
    price: without("price", {
      ...priceRange,
      buckets: {
        range: {
          field: "prices",
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

/** Aggregations of the lowest and the highest price. */
export const priceRange = {
  lowest: { min: { field: "prices" } },
  highest: { max: { field: "prices" } },
} as const satisfies Record<string, Aggregation>;

/** Aggregates values by their folded form, each with its most frequent spelling. */
export function spellings(field: "venueCity" | "eventType", size: number): Aggregation {
  return {
    terms: { field: keyField(field), size, order: [{ _count: "desc" }, { _key: "asc" }] },
    aggs: { spelling: { terms: { field: spellingField(field), size: 1 } } },
  };
}

/** Sort of a search; ties are broken by start, then by id. */
function sortOf({ sort, near }: EventQuery): estypes.SortCombinations[] {
  const by: Record<Sort, estypes.SortCombinations> = {
    relevance: { _score: { order: "desc" } },
    date: { start: { order: "asc" } },
    price: { prices: { order: "asc", mode: "min" } },
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
  const first = value ?? (sort === "distance" ? NOWHERE_KM : 0);
  return [first, startMs, eventId];
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
