import { z } from "@hono/zod-openapi";
import { isDocumentOnSale } from "../index/findable.ts";
import type { EventHit, Facets } from "../index/search_index.ts";

/** An event that was found. */
export const SearchResult = z.object({
  event_id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  venue_name: z.string(),
  venue_city: z.string(),
  venue_address: z.string().optional(),
  event_type: z.string(),
  start_datetime: z.string(),
  end_datetime: z.string(),
  base_price: z.number(),
  currency: z.string(),
  /** The IANA name of the zone in which the event's days are counted. */
  timezone: z.string(),
  available_seats: z.int(),
  status: z.string(),
  /** Whether tickets are on sale now; sold out, they are. */
  on_sale: z.boolean(),
  /** Comparable within one answer. */
  score: z.number(),
  /** Where the search named a place and the event's is known. */
  distance_km: z.number().optional(),
}).openapi("SearchResult");

export type SearchResult = z.infer<typeof SearchResult>;

const FacetValues = z.array(z.object({ value: z.string(), count: z.int() }));
export const PriceRangeBody = z.object({ min: z.number(), max: z.number() })
  .openapi("PriceRange");

/** What `GET /search` answers; `events` is another name of `results`, for clients of the old system. */
export const SearchResponse = z.object({
  results: z.array(SearchResult),
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  /** Goes on after this page as `cursor`, however deep; absent on the last page. */
  next_cursor: z.string().optional(),
  /** Such as `19.8ms`. */
  query_time: z.string(),
  facets: z.object({
    cities: FacetValues,
    event_types: FacetValues,
    price_range: PriceRangeBody,
    /** Events that cost at least `from` and less than `to`. */
    prices: z.array(z.object({ from: z.number(), to: z.number().optional(), count: z.int() })),
    /** By month of the start in the event's zone, such as `2026-11`. */
    months: FacetValues,
  }),
  events: z.array(SearchResult),
}).openapi("SearchResponse");

/** A hit as clients see it at `now`. */
export function toSearchResult(
  { document, score, distance_km }: EventHit,
  now: Date,
): SearchResult {
  return {
    event_id: document.event_id,
    name: document.name,
    ...(document.description === undefined ? {} : { description: document.description }),
    venue_name: document.venue_name,
    venue_city: document.venue_city,
    ...(document.venue_address === undefined ? {} : { venue_address: document.venue_address }),
    event_type: document.event_type,
    start_datetime: document.start_datetime.toISOString(),
    end_datetime: document.end_datetime.toISOString(),
    base_price: document.base_price,
    currency: document.currency,
    timezone: document.timezone,
    available_seats: document.available_seats,
    status: document.status,
    on_sale: isDocumentOnSale(document, now),
    score: rounded(score),
    ...(distance_km === undefined ? {} : { distance_km: rounded(distance_km) }),
  };
}

/** Facets as clients see them. */
export function toFacetsBody({ cities, eventTypes, priceRange, prices, months }: Facets) {
  return {
    cities,
    event_types: eventTypes,
    price_range: priceRange,
    prices: prices.map(({ from, to, count }) => ({ from, ...(to ? { to } : {}), count })),
    months,
  };
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}

/** The time since `begin_ms` of `performance.now()`, as answers tell it: `19.8ms`. */
export function elapsedSince(beginMs: number): string {
  return `${(performance.now() - beginMs).toFixed(1)}ms`;
}
