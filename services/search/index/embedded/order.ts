import { popularityOf, priceRangeOf, type SearchDocument } from "../document.ts";
import {
  currencyOf,
  type EventHit,
  type EventQuery,
  type Sort,
  type SortKey,
} from "../search_index.ts";

const VALUES: Record<Sort, (hit: EventHit, currency: string) => number | null> = {
  relevance: ({ score }) => score,
  date: ({ document }) => document.startsAt.getTime(),
  price: ({ document }, currency) =>
    document.currency === currency ? priceRangeOf(document).min : null,
  distance: ({ distanceKm }) => distanceKm ?? null,
  popularity: ({ document }) => popularityOf(document),
};
const DESCENDING: ReadonlySet<Sort> = new Set(["relevance", "popularity"]);

/** Position of a hit in the order of a query. */
export function sortKeyOf(query: Pick<EventQuery, "sort" | "currency">, hit: EventHit): SortKey {
  return {
    value: VALUES[query.sort](hit, currencyOf(query)),
    startMs: hit.document.startsAt.getTime(),
    eventId: hit.document.eventId,
  };
}

/** Comparator of a sort: hits without a value come last; ties are broken by start, then by id. */
export function compareKeys(sort: Sort): (a: SortKey, b: SortKey) => number {
  const sign = DESCENDING.has(sort) ? -1 : 1;
  return (a, b) =>
    compareValues(a.value, b.value, sign) || a.startMs - b.startMs ||
    compareIds(a.eventId, b.eventId);
}

/** Orders documents by start, then by id. */
export function bySoonest(a: SearchDocument, b: SearchDocument): number {
  return a.startsAt.getTime() - b.startsAt.getTime() ||
    compareIds(a.eventId, b.eventId);
}

function compareValues(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (a - b);
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
