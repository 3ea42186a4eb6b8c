import type { Facets, FacetValue, PriceRange } from "../search_index.ts";

/** Aggregations of a response, as far as they are read here; the client types only their union. */
interface Bucket {
  key: string;
  key_as_string?: string;
  doc_count: number;
  from?: number;
  to?: number;
  spelling?: { buckets: { key: string }[] };
}

interface Buckets {
  buckets: Bucket[];
}

interface Extremes {
  lowest: { value: number | null };
  highest: { value: number | null };
}

/** Aggregations of a search. */
export interface FacetAnswer {
  city: { values: Buckets };
  type: { values: Buckets };
  price: Extremes & { buckets: Buckets };
  date: { months: Buckets };
}

/** Maps the aggregations of a search to facets. */
export function readFacets({ city, type, price, date }: FacetAnswer): Facets {
  return {
    cities: readSpellings(city.values),
    eventTypes: readSpellings(type.values),
    priceRange: readPriceRange(price),
    prices: price.buckets.buckets.filter(({ doc_count }) => doc_count > 0)
      .map(({ from = 0, to, doc_count }) => ({ from, to, count: doc_count })),
    months: date.months.buckets.map(({ key_as_string, key, doc_count }) => ({
      value: key_as_string ?? key,
      count: doc_count,
    })),
  };
}

/** Maps buckets of folded values to the most frequent spelling of each. */
export function readSpellings({ buckets }: Buckets): FacetValue[] {
  return buckets.map(({ key, doc_count, spelling }) => ({
    value: spelling?.buckets[0]?.key ?? key,
    count: doc_count,
  }));
}

/** Maps the price aggregations to a range. */
export function readPriceRange({ lowest, highest }: Extremes): PriceRange {
  return { min: lowest.value ?? 0, max: highest.value ?? 0 };
}
