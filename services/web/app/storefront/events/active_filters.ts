import type { EventsSearch } from "./events_search.ts";

/** A filter that is in force: its name and the same search without it. */
export interface ActiveFilter {
  name: "q" | "city" | "type" | "days" | "price" | "near";
  without: EventsSearch;
}

/** Filters in force, each with the search that leaves it away; at most one of a name. */
export function activeFilters(search: EventsSearch): ActiveFilter[] {
  const base: EventsSearch = { ...search, page: undefined };
  const { q, city, type, from, to, min, max, near, free_only } = search;
  const found: ActiveFilter[] = [];
  if (q) found.push({ name: "q", without: { ...base, q: undefined, sort: sortWithout("q") } });
  if (city) found.push({ name: "city", without: { ...base, city: undefined } });
  if (type) found.push({ name: "type", without: { ...base, type: undefined } });
  if (from || to) {
    found.push({ name: "days", without: { ...base, from: undefined, to: undefined } });
  }
  if (min !== undefined || max !== undefined || free_only) {
    const without = {
      ...base,
      min: undefined,
      max: undefined,
      free_only: undefined,
      currency: undefined,
    };
    found.push({ name: "price", without });
  }
  if (near) {
    found.push({ name: "near", without: { ...base, near: undefined, sort: sortWithout("near") } });
  }
  return found;

  /** An order that needs a filter goes with it. */
  function sortWithout(filter: "q" | "near"): EventsSearch["sort"] {
    const needs = filter === "q" ? "relevance" : "distance";
    return search.sort === needs ? undefined : search.sort;
  }
}
