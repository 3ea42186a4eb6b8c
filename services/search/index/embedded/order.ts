import type { SearchDocument } from "../document.ts";
import { popularityOf } from "../findable.ts";
import type { EventHit, Sort, SortKey } from "../search_index.ts";

const VALUES: Record<Sort, (hit: EventHit) => number | null> = {
  relevance: ({ score }) => score,
  date: ({ document }) => document.start_datetime.getTime(),
  price: ({ document }) => document.base_price,
  distance: ({ distance_km }) => distance_km ?? null,
  popularity: ({ document }) => popularityOf(document),
};
const DESCENDING: ReadonlySet<Sort> = new Set(["relevance", "popularity"]);

/** Where a hit stands in a sort. */
export function sortKeyOf(sort: Sort, hit: EventHit): SortKey {
  return {
    value: VALUES[sort](hit),
    startMs: hit.document.start_datetime.getTime(),
    event_id: hit.document.event_id,
  };
}

/** The order of a sort: what has no value last; what is equal by it by date, then by id. */
export function compareKeys(sort: Sort): (a: SortKey, b: SortKey) => number {
  const sign = DESCENDING.has(sort) ? -1 : 1;
  return (a, b) =>
    compareValues(a.value, b.value, sign) || a.startMs - b.startMs ||
    compareIds(a.event_id, b.event_id);
}

/** The sooner first, then by id. */
export function bySoonest(a: SearchDocument, b: SearchDocument): number {
  return a.start_datetime.getTime() - b.start_datetime.getTime() ||
    compareIds(a.event_id, b.event_id);
}

function compareValues(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (a - b);
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
