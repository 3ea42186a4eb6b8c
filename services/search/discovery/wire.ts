import { z } from "@hono/zod-openapi";
import { dayQuery, pageQuery, queryText } from "@evently/shared/http";
import { isCurrency } from "@evently/shared/money";
import { isOnSale } from "@evently/shared/on_sale";
import { atTime, priceRangeOf, saleAt } from "../index/document.ts";
import { type EventHit, FACETED, type Facets, SORTS } from "../index/search_index.ts";
import { readCursor } from "./cursor.ts";
import type { AskedQuery } from "./sources.ts";

const MAX_QUERY_CHARS = 500;
/** Maximum depth of paging by number; deeper pages are read by cursor. */
export const MAX_REACHABLE_RESULTS = 10_000;
/** Half of the earth's circumference; no two places are further apart. */
const MAX_RADIUS_KM = 20_040;
/** Statuses of events that can be found. */
const STATUSES = ["published", "sold_out"] as const;
const DEFAULT_SORT = "relevance";
const NUMBER = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/;

/** Query parameters of `GET /search`. */
export const SearchParams = pageQuery({ limit: 20, maxLimit: 100 }).extend({
  q: textQuery("q").default(""),
  city: textQuery("city").optional(),
  type: textQuery("type").optional(),
  date_from: dayQuery("date_from"),
  date_to: dayQuery("date_to"),
  currency: optionalQuery(
    (text) => isCurrency(text.toUpperCase()) ? text.toUpperCase() : undefined,
    "currency must be an ISO 4217 code of a currency, such as INR",
  ).openapi({
    type: "string",
    pattern: "^[A-Za-z]{3}$",
    description:
      "Of `min_price`, `max_price`, `sort=price` and the facets of prices. Default: the one of most events",
  }),
  min_price: numberQuery("min_price"),
  max_price: numberQuery("max_price"),
  status: optionalQuery(
    (text) => STATUSES.find((status) => status === text),
    `status must be one of ${STATUSES.join(", ")}`,
  ).openapi({ type: "string", enum: [...STATUSES] }),
  available: optionalQuery(
    (text) => text === "true" ? true : text === "false" ? false : undefined,
    "available must be true or false",
  ).openapi({ type: "boolean" }),
  lat: numberBetween("lat", -90, 90),
  lon: numberBetween("lon", -180, 180),
  radius_km: numberBetween("radius_km", 0, MAX_RADIUS_KM),
  sort: optionalQuery(
    (text) => SORTS.find((sort) => sort === text),
    `sort must be one of ${SORTS.join(", ")}`,
  ).openapi({ type: "string", enum: [...SORTS], default: DEFAULT_SORT }),
  cursor: optionalQuery(readCursor, "cursor must be the next_cursor of a search"),
}).superRefine(({ page, limit, lat, lon, radius_km, sort, cursor }, context) => {
  function refuse(field: string, message: string): void {
    context.addIssue({ code: "custom", path: [field], message });
  }
  if (cursor && cursor.sort !== (sort ?? DEFAULT_SORT)) {
    refuse("cursor", `cursor is of a search by ${cursor.sort}`);
  }
  if (page * limit > MAX_REACHABLE_RESULTS) {
    refuse("page", `page must not go past ${MAX_REACHABLE_RESULTS} results`);
  }
  if ((lat === undefined) !== (lon === undefined)) {
    refuse(lat === undefined ? "lat" : "lon", "lat and lon must be given together");
  } else if (lat === undefined && radius_km !== undefined) {
    refuse("radius_km", "radius_km needs lat and lon");
  } else if (lat === undefined && sort === "distance") {
    refuse("sort", "sort=distance needs lat and lon");
  }
});

/** Maps the parameters of `GET /search` to a query of the index. */
export function toAskedQuery(params: z.infer<typeof SearchParams>): AskedQuery {
  const { page, limit, lat, lon, radius_km: radiusKm } = params;
  return {
    text: params.q,
    city: params.city || undefined,
    type: params.type || undefined,
    fromDay: params.date_from,
    toDay: params.date_to,
    currency: params.currency,
    minPrice: params.min_price,
    maxPrice: params.max_price,
    status: params.status,
    onlyAvailable: params.available ?? false,
    near: lat === undefined || lon === undefined ? undefined : { lat, lon, radiusKm },
    sort: params.sort ?? DEFAULT_SORT,
    offset: (page - 1) * limit,
    limit,
    after: params.cursor?.key,
    before: params.cursor?.before,
    facets: FACETED,
  };
}

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
  /** The lowest and the highest price of a ticket. */
  price_min: z.number(),
  price_max: z.number(),
  currency: z.string(),
  /** IANA name of the zone in which the event's days are counted. */
  timezone: z.string(),
  available_seats: z.int(),
  status: z.string(),
  /** Whether tickets are on sale now; true for a sold-out event. */
  on_sale: z.boolean(),
  /** Comparable within one response. */
  score: z.number(),
  /** Present if the search named a place and the event's place is known. */
  distance_km: z.number().optional(),
  /** Of the venue; both or neither. */
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  organiser_name: z.string().optional(),
  image_url: z.string().optional(),
  total_capacity: z.int().optional(),
  state: z.enum(["on_sale", "soon", "sold_out", "ended"]).openapi({
    description: "`soon`: the sale begins at `sales_start`. `ended`: the event has begun",
  }),
  sales_start: z.string().optional(),
}).openapi("SearchResult");

const FacetValues = z.array(z.object({ value: z.string(), count: z.int() }));

/** Lowest and highest price of the events in a currency, in its major units. */
export const PriceRangeBody = z.object({ min: z.number(), max: z.number(), currency: z.string() })
  .openapi("PriceRange");

/** Response of `GET /search`. `events` repeats `results` for clients of the old system. */
export const SearchResponse = z.object({
  results: z.array(SearchResult),
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  /** Pass it as `cursor` to read the next page, at any depth; absent on the last page. */
  next_cursor: z.string().optional(),
  /** Such as `19.8ms`. */
  query_time: z.string(),
  facets: z.object({
    cities: FacetValues,
    event_types: FacetValues,
    price_range: PriceRangeBody,
    /** Of all events found without a filter of prices. */
    currencies: FacetValues,
    /** Events that cost at least `from` and less than `to`. */
    prices: z.array(z.object({ from: z.number(), to: z.number().optional(), count: z.int() })),
    /** By month of the start in the event's zone, such as `2026-11`. */
    months: FacetValues,
  }),
  events: z.array(SearchResult),
}).openapi("SearchResponse");

/** Maps a hit to the response, as of `now`. Fields without a value are `undefined`, which JSON omits. */
export function toSearchResult(
  { document: found, score, distanceKm }: EventHit,
  now: Date,
): z.infer<typeof SearchResult> {
  const document = atTime(found, now);
  const price = priceRangeOf(document);
  const { state, salesStart } = saleAt(found, now);
  const result = {
    event_id: document.eventId,
    name: document.name,
    description: document.description,
    venue_name: document.venueName,
    venue_city: document.venueCity,
    venue_address: document.venueAddress,
    event_type: document.eventType,
    start_datetime: document.startsAt.toISOString(),
    end_datetime: document.endsAt.toISOString(),
    base_price: document.basePrice,
    price_min: price.min,
    price_max: price.max,
    currency: document.currency,
    timezone: document.timeZone,
    available_seats: document.availableSeats,
    status: document.status,
    on_sale: isOnSale(document, now),
    score: rounded(score),
    distance_km: distanceKm === undefined ? undefined : rounded(distanceKm),
    latitude: document.latitude,
    longitude: document.longitude,
    organiser_name: document.organiserName,
    image_url: document.imageUrl,
    total_capacity: document.totalCapacity,
    state,
    sales_start: salesStart?.toISOString(),
  };
  return result as z.infer<typeof SearchResult>;
}

/** Maps facets to the response. */
export function toFacetsBody(
  { cities, eventTypes, priceRange, currencies, prices, months }: Facets,
) {
  return {
    cities,
    event_types: eventTypes,
    price_range: priceRange,
    currencies,
    prices: prices.map(({ from, to, count }) => ({ from, ...(to ? { to } : {}), count })),
    months,
  };
}

/** A search text of bounded length. */
export function textQuery(field: string) {
  return queryText(field, { max: MAX_QUERY_CHARS });
}

/** An optional parameter; an empty one counts as absent. */
function optionalQuery<T>(read: (text: string) => T | undefined, message: string) {
  return z.string().optional().transform((text, context) => {
    if (text === undefined || text === "") return undefined;
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });
}

function numberQuery(field: string) {
  return optionalQuery(readNumber, `${field} must be a number`).openapi({ type: "number" });
}

function numberBetween(field: string, min: number, max: number) {
  return optionalQuery((text) => {
    const value = readNumber(text);
    return value !== undefined && value >= min && value <= max ? value : undefined;
  }, `${field} must be a number from ${min} to ${max}`)
    .openapi({ type: "number", minimum: min, maximum: max });
}

function readNumber(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined;
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
