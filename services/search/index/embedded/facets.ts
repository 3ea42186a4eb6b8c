import { priceRangeOf } from "../document.ts";
import { FACETED, MAX_FACET_VALUES, noFacets, PRICE_BOUNDS } from "../search_index.ts";
import type { Faceted, Facets, FacetValue, PriceBucket, PriceRange } from "../search_index.ts";
import type { Entry } from "./entry.ts";
import type { EventFilter } from "./matching.ts";

/** Length of the month in a day such as `2026-11-01`. */
const MONTH_CHARS = 7;

/** Collects facet counts while a search goes through the events. */
export class FacetCounter {
  readonly #of: Record<Faceted, Entry[]> = { city: [], type: [], price: [], date: [] };

  /** Counts an event that passes the filters without a facet; returns whether it passes all filters. */
  add(entry: Entry, { faceted, isToCome }: EventFilter): boolean {
    const failed = FACETED.filter((facet) => !faceted[facet](entry));
    for (const facet of FACETED) {
      const passesOthers = failed.length === 0 || (failed.length === 1 && failed[0] === facet);
      // A search without days finds upcoming events only.
      if (passesOthers && (facet !== "date" || isToCome(entry))) this.#of[facet].push(entry);
    }
    return failed.length === 0;
  }

  /** Returns the facets that were asked for, with the prices of a currency. */
  facets(asked: readonly Faceted[], currency: string): Facets {
    const { city, type, price, date } = this.#of;
    const priced = () => price.filter(({ document }) => document.currency === currency);
    const count: Record<Faceted, () => Partial<Facets>> = {
      city: () => ({ cities: countCities(city) }),
      type: () => ({ eventTypes: countTypes(type) }),
      price: () => ({
        priceRange: priceRangeOfAll(price, currency),
        currencies: countCurrencies(price),
        prices: countPrices(priced()),
      }),
      date: () => ({ months: countMonths(date) }),
    };
    return Object.assign({}, noFacets(currency), ...asked.map((facet) => count[facet]()));
  }
}

export function countCities(entries: readonly Entry[]): FacetValue[] {
  return countSpellings(entries, ({ cityKey, document }) => [cityKey, document.venueCity]);
}

export function countTypes(entries: readonly Entry[]): FacetValue[] {
  return countSpellings(entries, ({ typeKey, document }) => [typeKey, document.eventType]);
}

/** Lowest and highest price in a currency. */
export function priceRangeOfAll(entries: Iterable<Entry>, currency: string): PriceRange {
  const range = { min: Infinity, max: 0, currency };
  for (const { document } of entries) {
    if (document.currency !== currency) continue;
    const { min, max } = priceRangeOf(document);
    range.min = Math.min(range.min, min);
    range.max = Math.max(range.max, max);
  }
  return range.min === Infinity ? { min: 0, max: 0, currency } : range;
}

/** Counts entries by currency, most frequent first, equal ones by name. */
export function countCurrencies(entries: Iterable<Entry>): FacetValue[] {
  const counts = new Map<string, number>();
  for (const { document: { currency } } of entries) {
    counts.set(currency, (counts.get(currency) ?? 0) + 1);
  }
  return Array.from(counts, ([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** Counts entries by key, most frequent first; each key is shown in its most frequent spelling. */
function countSpellings(
  entries: readonly Entry[],
  keyAndSpelling: (entry: Entry) => [string, string],
): FacetValue[] {
  const byKey = new Map<string, { count: number; spellings: Map<string, number> }>();
  for (const entry of entries) {
    const [key, spelling] = keyAndSpelling(entry);
    const counted = byKey.get(key) ?? { count: 0, spellings: new Map() };
    counted.count++;
    counted.spellings.set(spelling, (counted.spellings.get(spelling) ?? 0) + 1);
    byKey.set(key, counted);
  }
  return byKey.entries().toArray()
    .sort(([keyA, a], [keyB, b]) => b.count - a.count || (keyA < keyB ? -1 : 1))
    .slice(0, MAX_FACET_VALUES)
    .map(([, { count, spellings }]) => ({ value: mostFrequent(spellings), count }));
}

function mostFrequent(counts: ReadonlyMap<string, number>): string {
  let best = "";
  for (const [value, count] of counts) {
    const most = counts.get(best) ?? 0;
    if (count > most || (count === most && value < best)) best = value;
  }
  return best;
}

function countPrices(entries: readonly Entry[]): PriceBucket[] {
  const counts = PRICE_BOUNDS.map(() => 0);
  for (const { document: { prices } } of entries) {
    const buckets = prices.map((price) => PRICE_BOUNDS.findLastIndex((from) => from <= price));
    for (const bucket of new Set(buckets)) counts[bucket]!++;
  }
  return PRICE_BOUNDS.map((from, i) => ({ from, to: PRICE_BOUNDS[i + 1], count: counts[i]! }))
    .filter(({ count }) => count > 0);
}

function countMonths(entries: readonly Entry[]): FacetValue[] {
  const counts = new Map<string, number>();
  for (const { days: { firstDay } } of entries) {
    const month = firstDay.slice(0, MONTH_CHARS);
    counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  return Array.from(counts, ([value, count]) => ({ value, count }))
    .sort((a, b) => a.value < b.value ? -1 : 1);
}
