import {
  type Facets,
  type FacetValue,
  MAX_FACET_VALUES,
  type PriceRange,
} from "../search_index.ts";
import { fold } from "../text.ts";

/** Aggregations of a response, as far as they are read here; the client types only their union. */
interface Bucket {
  key: string;
  doc_count: number;
  from?: number;
  to?: number;
}

interface Buckets {
  buckets: Bucket[];
}

interface Extreme {
  value: number | null;
}

/** Aggregations of a search; those that it did not ask for are missing. */
export interface FacetAnswer {
  cities?: Buckets;
  types?: Buckets;
  currencies?: Buckets;
  /** Prices of one currency. */
  priced?: { lowest: Extreme; highest: Extreme; prices?: Buckets };
  months?: Buckets;
}

/** Maps the aggregations of a search, whose prices are of a currency, to the facets that it counted. */
export function readFacets(
  { cities, types, currencies, priced, months }: FacetAnswer,
  currency: string,
): Partial<Facets> {
  return {
    ...(cities ? { cities: readSpellings(cities) } : {}),
    ...(types ? { eventTypes: readSpellings(types) } : {}),
    ...(priced ? { priceRange: readPriceRange(priced.lowest, priced.highest, currency) } : {}),
    ...(priced?.prices ? { prices: readPrices(priced.prices) } : {}),
    ...(currencies ? { currencies: readValues(currencies) } : {}),
    ...(months ? { months: readValues(months) } : {}),
  };
}

/**
 * Puts values together that differ only in case and accents, under the most frequent spelling. Buckets come most
 * frequent first, equal ones in alphabetical order.
 */
function readSpellings({ buckets }: Buckets): FacetValue[] {
  const byKey = new Map<string, FacetValue>();
  for (const { key: value, doc_count: count } of buckets) {
    const key = fold(value);
    const known = byKey.get(key);
    if (known) known.count += count;
    else byKey.set(key, { value, count });
  }
  return byKey.entries().toArray()
    .sort(([keyA, a], [keyB, b]) => b.count - a.count || (keyA < keyB ? -1 : 1))
    .slice(0, MAX_FACET_VALUES).map(([, value]) => value);
}

function readPriceRange(lowest: Extreme, highest: Extreme, currency: string): PriceRange {
  return { min: lowest.value ?? 0, max: highest.value ?? 0, currency };
}

function readPrices({ buckets }: Buckets): Facets["prices"] {
  return buckets.filter(({ doc_count }) => doc_count > 0)
    .map(({ from = 0, to, doc_count: count }) => ({ from, to, count }));
}

function readValues({ buckets }: Buckets): FacetValue[] {
  return buckets.map(({ key: value, doc_count: count }) => ({ value, count }));
}
