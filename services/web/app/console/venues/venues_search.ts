import { consoleEventsSearch } from "../events/events_search.ts";

/** Reads the address of the list of venues; what it does not know is left away. */
export function venuesSearch(
  search: Record<string, unknown>,
): { q?: string | undefined; page?: number | undefined } {
  const { q, page } = consoleEventsSearch({ q: search.q, page: search.page });
  return { ...(q ? { q } : {}), ...(page ? { page } : {}) };
}
