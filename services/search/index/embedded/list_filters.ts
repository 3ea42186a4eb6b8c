import { currencyOf, FACETED, type Filters } from "../search_index.ts";
import { USED } from "./columns.ts";
import type { EventTable } from "./event_table.ts";
import { FacetCounter } from "./facets.ts";

/** Values that the events on sale can be filtered by, in alphabetical order. */
export function listFilters(
  { columns }: EventTable,
  options: { now: Date; currency?: string },
): Filters {
  const nowMs = options.now.getTime();
  const { flags, startMs } = columns;
  const counter = new FacetCounter(columns, FACETED, currencyOf(options));
  for (let row = 0; row < columns.end; row++) {
    if ((flags[row]! & USED) !== 0 && startMs[row]! > nowMs) counter.addValues(row);
  }
  return {
    cities: counter.cities().map(({ value }) => value).sort(),
    eventTypes: counter.types().map(({ value }) => value).sort(),
    priceRange: counter.priceRange(),
  };
}
