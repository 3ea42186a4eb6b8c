import type { SearchFilters } from "../../api/events.ts";
import { isDay, type When, WHENS } from "./days.ts";

/** Orders that a reader may choose. Without one it is by day, or what fits the words or the place best. */
export const SORTS = ["date", "price", "popularity", "relevance", "distance"] as const;
export type Sort = typeof SORTS[number];

/** Filters of the list as its address has them. What an address says wrongly is absent. */
export interface EventsSearch {
  q?: string | undefined;
  city?: string | undefined;
  type?: string | undefined;
  /** First and last day, both included. */
  from?: string | undefined;
  to?: string | undefined;
  min?: number | undefined;
  max?: number | undefined;
  /** Of `min`, `max` and the order by price; absent: the one of most events. */
  currency?: string | undefined;
  /** `lat,lon,km` */
  near?: string | undefined;
  sort?: Sort | undefined;
  free_only?: true | undefined;
  view?: "calendar" | undefined;
  page?: number | undefined;
  /** Days told by their distance from today; the route replaces them by `from` and `to`. */
  when?: When | undefined;
}

/** A place and how far from it. */
export interface Near {
  lat: number;
  lon: number;
  km: number;
}

/** Events on a page. A page shows all before it too, up to {@link WINDOW_PAGES} pages at once. */
export const PAGE_SIZE = 20;
export const WINDOW_PAGES = 5;
/** The API pages by number through 10,000 results. */
const MAX_PAGE = 500;
const MAX_TEXT_CHARS = 200;
const MAX_KM = 20_000;
const DEFAULT_KM = 25;
const PRICE = /^\d{1,9}(?:\.\d{1,3})?$/;
const CURRENCY = /^[A-Z]{3}$/;
const PLACE = /^(-?\d{1,3}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?)(?:,(\d{1,5}))?$/;

/** Reads the address of the list: whatever it says, there is a list to show. */
export function validateEventsSearch(raw: Record<string, unknown>): EventsSearch {
  const text = (name: string) => textOf(raw[name]);
  const [from, to] = [dayOrNothing(text("from")), dayOrNothing(text("to"))];
  const near = nearText(readNear(text("near")));
  const sort = oneOf(SORTS, text("sort"));
  const page = Number(text("page"));
  return {
    q: text("q"),
    city: text("city"),
    type: text("type")?.toLowerCase(),
    from,
    to: from && to && to < from ? undefined : to,
    min: priceOf(text("min")),
    max: priceOf(text("max")),
    currency: currencyOf(text("currency")),
    near,
    sort: sort === "distance" && !near ? undefined : sort,
    free_only: /^(?:true|1|on)$/.test(text("free_only") ?? "") ? true : undefined,
    view: oneOf(["calendar"] as const, text("view")),
    page: Number.isInteger(page) && page > 1 && page <= MAX_PAGE ? page : undefined,
    when: oneOf(WHENS, text("when")),
  };
}

/** The order in force. */
export function sortOf({ sort, q, near }: EventsSearch): Sort {
  return sort ?? (q ? "relevance" : near ? "distance" : "date");
}

/** Filters of the API for what the address asks, without a page. */
export function toFilters(search: EventsSearch): SearchFilters {
  const near = readNear(search.near);
  const max = search.free_only ? 0 : search.max;
  return {
    ...(search.q ? { q: search.q } : {}),
    ...(search.city ? { city: search.city } : {}),
    ...(search.type ? { type: search.type } : {}),
    ...(search.from ? { date_from: search.from } : {}),
    ...(search.to ? { date_to: search.to } : {}),
    ...(search.min === undefined ? {} : { min_price: search.min }),
    ...(max === undefined ? {} : { max_price: max }),
    ...(search.currency ? { currency: search.currency } : {}),
    ...(near ? { lat: near.lat, lon: near.lon, radius_km: near.km } : {}),
    sort: sortOf(search),
  };
}

/**
 * Filters of the API for the events up to a page. Pages come in windows of {@link WINDOW_PAGES}: within the first one
 * the answer has all from the beginning on, so that "back" and a reload show what was shown.
 */
export function toPageFilters(search: EventsSearch): SearchFilters {
  const page = search.page ?? 1;
  const window = Math.ceil(page / WINDOW_PAGES);
  return {
    ...toFilters(search),
    ...(window === 1
      ? { limit: PAGE_SIZE * page }
      : { page: window, limit: PAGE_SIZE * WINDOW_PAGES }),
  };
}

/** How many results of {@link toPageFilters} belong to the page, and how many come before them. */
export function windowOf({ page = 1 }: EventsSearch): { before: number; shown: number } {
  const first = (Math.ceil(page / WINDOW_PAGES) - 1) * WINDOW_PAGES;
  return { before: first * PAGE_SIZE, shown: (page - first) * PAGE_SIZE };
}

/** Reads `lat,lon,km`. */
export function readNear(text: string | undefined): Near | undefined {
  const [, lat, lon, km] = PLACE.exec(text ?? "") ?? [];
  if (lat === undefined || lon === undefined) return undefined;
  const near = { lat: Number(lat), lon: Number(lon), km: Number(km ?? DEFAULT_KM) };
  const exists = Math.abs(near.lat) <= 90 && Math.abs(near.lon) <= 180;
  return exists && near.km > 0 && near.km <= MAX_KM ? near : undefined;
}

/** Writes a place for the address. */
export function nearText(near: Near | undefined): string | undefined {
  return near && `${near.lat},${near.lon},${near.km}`;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = String(value).toWellFormed().trim();
  return [...text].slice(0, MAX_TEXT_CHARS).join("") || undefined;
}

function dayOrNothing(text: string | undefined): string | undefined {
  return text !== undefined && isDay(text) ? text : undefined;
}

function priceOf(text: string | undefined): number | undefined {
  return text !== undefined && PRICE.test(text) ? Number(text) : undefined;
}

/** Codes that no currency has would have the whole search refused. */
function currencyOf(text: string | undefined): string | undefined {
  const code = text?.toUpperCase();
  return code && CURRENCY.test(code) && Intl.supportedValuesOf("currency").includes(code)
    ? code
    : undefined;
}

function oneOf<Value extends string>(
  values: readonly Value[],
  text: string | undefined,
): Value | undefined {
  return values.find((value) => value === text);
}
