import {
  type Faceted,
  type Facets,
  type FacetValue,
  MAX_FACET_VALUES,
  noFacets,
  PRICE_BOUNDS,
  type PriceRange,
} from "../search_index.ts";
import type { Columns } from "./columns.ts";
import type { Dictionary, Spellings } from "./dictionary.ts";
import { FACET_BITS, PASSES, type RowCounter } from "./matching.ts";

const { city: CITY, type: TYPE, price: PRICE, date: DATE } = FACET_BITS;

/** Counts facets by code while a search goes through the rows. */
export class FacetCounter implements RowCounter {
  readonly #columns: Columns;
  readonly #currency: string;
  readonly #currencyCode: number;
  /** A bit for each facet that is asked for. */
  readonly #asked: number;
  readonly #cities: Int32Array;
  readonly #types: Int32Array;
  readonly #currencies: Int32Array;
  readonly #months: Int32Array;
  readonly #prices = new Int32Array(PRICE_BOUNDS.length);
  #minPrice = Infinity;
  #maxPrice = 0;

  constructor(columns: Columns, asked: readonly Faceted[], currency: string) {
    this.#columns = columns;
    this.#currency = currency;
    this.#currencyCode = columns.currencies.find(currency);
    this.#asked = asked.reduce((bits, facet) => bits | FACET_BITS[facet], 0);
    this.#cities = new Int32Array(columns.cities.spellings.size);
    this.#types = new Int32Array(columns.types.spellings.size);
    this.#currencies = new Int32Array(columns.currencies.size);
    this.#months = new Int32Array(columns.months.size);
  }

  add(row: number, { failed, isToCome }: { failed: number; isToCome: boolean }): void {
    const columns = this.#columns;
    const counted = failed === PASSES ? this.#asked : this.#asked & failed;
    if ((counted & CITY) !== 0) this.#cities[columns.city[row]!]!++;
    if ((counted & TYPE) !== 0) this.#types[columns.type[row]!]!++;
    if ((counted & PRICE) !== 0) this.#addPrices(row);
    // A search without days finds upcoming events only.
    if ((counted & DATE) !== 0 && isToCome) this.#months[columns.month[row]!]!++;
  }

  /** Counts city, type and price of a row. */
  addValues(row: number): void {
    this.#cities[this.#columns.city[row]!]!++;
    this.#types[this.#columns.type[row]!]!++;
    this.#addPrices(row);
  }

  /** Returns the facets that were asked for. */
  facets(): Facets {
    const asks = (facet: Faceted) => (this.#asked & FACET_BITS[facet]) !== 0;
    return {
      ...noFacets(this.#currency),
      ...(asks("city") ? { cities: this.cities() } : {}),
      ...(asks("type") ? { eventTypes: this.types() } : {}),
      ...(asks("price")
        ? {
          priceRange: this.priceRange(),
          currencies: countsOf(this.#columns.currencies, this.#currencies).sort(byCount),
          prices: this.#priceBuckets(),
        }
        : {}),
      ...(asks("date")
        ? { months: countsOf(this.#columns.months, this.#months).sort(byValue) }
        : {}),
    };
  }

  cities(): FacetValue[] {
    return countSpellings(this.#columns.cities, this.#cities);
  }

  types(): FacetValue[] {
    return countSpellings(this.#columns.types, this.#types);
  }

  /** Lowest and highest price in the currency. */
  priceRange(): PriceRange {
    const [min, max] = this.#minPrice === Infinity ? [0, 0] : [this.#minPrice, this.#maxPrice];
    return { min, max, currency: this.#currency };
  }

  #addPrices(row: number): void {
    const { currency, minPrice, maxPrice, priceBuckets } = this.#columns;
    this.#currencies[currency[row]!]!++;
    if (currency[row] !== this.#currencyCode) return;
    if (minPrice[row]! < this.#minPrice) this.#minPrice = minPrice[row]!;
    if (maxPrice[row]! > this.#maxPrice) this.#maxPrice = maxPrice[row]!;
    for (let bits = priceBuckets[row]!; bits !== 0; bits &= bits - 1) {
      this.#prices[31 - Math.clz32(bits & -bits)]!++;
    }
  }

  #priceBuckets() {
    return PRICE_BOUNDS.map((from, i) => ({
      from,
      to: PRICE_BOUNDS[i + 1],
      count: this.#prices[i]!,
    })).filter(({ count }) => count > 0);
  }
}

/** The texts that were counted. */
export function countsOf(texts: Dictionary, counts: Int32Array): FacetValue[] {
  const values: FacetValue[] = [];
  for (const [code, count] of counts.entries()) {
    if (count > 0) values.push({ value: texts.textOf(code), count });
  }
  return values;
}

/** Most frequent first, equal ones by name. */
export function byCount(a: FacetValue, b: FacetValue): number {
  return b.count - a.count || byValue(a, b);
}

function byValue(a: FacetValue, b: FacetValue): number {
  return a.value < b.value ? -1 : 1;
}

/** Sums spellings by key, most frequent first; each key is shown in its most frequent spelling. */
function countSpellings(texts: Spellings, counts: Int32Array): FacetValue[] {
  const byKey = new Map<number, { count: number; most: number; value: string }>();
  for (const [code, count] of counts.entries()) {
    if (count === 0) continue;
    const key = texts.keyOf(code);
    const value = texts.spellings.textOf(code);
    const sum = byKey.get(key);
    if (sum === undefined) {
      byKey.set(key, { count, most: count, value });
      continue;
    }
    sum.count += count;
    if (count > sum.most || (count === sum.most && value < sum.value)) {
      sum.most = count;
      sum.value = value;
    }
  }
  return Array.from(
    byKey,
    ([key, { count, value }]) => ({ key: texts.keyTextOf(key), count, value }),
  )
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
    .slice(0, MAX_FACET_VALUES)
    .map(({ count, value }) => ({ value, count }));
}
