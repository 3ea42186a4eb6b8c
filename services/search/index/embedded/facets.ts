import type { SearchDocument } from "../../schemas/document.ts";
import { type FacetValue, MAX_FACET_VALUES, type PriceRange } from "../search_index.ts";

/** How many of the documents have each value, the most frequent first. */
export function countValues(
  documents: readonly SearchDocument[],
  field: "venue_city" | "event_type",
): FacetValue[] {
  const counts = new Map<string, number>();
  for (const { [field]: value } of documents) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Array.from(counts, ([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MAX_FACET_VALUES);
}

/** The lowest and the highest price of the documents. */
export function priceRangeOf(documents: readonly SearchDocument[]): PriceRange {
  const range = { min: Infinity, max: 0 };
  for (const { base_price } of documents) {
    range.min = Math.min(range.min, base_price);
    range.max = Math.max(range.max, base_price);
  }
  return documents.length === 0 ? { min: 0, max: 0 } : range;
}
