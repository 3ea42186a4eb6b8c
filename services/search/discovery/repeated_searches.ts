import type { AskedSearch } from "./search_body.ts";

/** The most queries in memory; above it all are dropped, so that queries cost no memory without end. */
const MAX_QUERIES = 10_000;
/** Longer queries are read each time. */
const MAX_CHARS = 1_000;

/**
 * Searches that came again, by the query of their URL as it was sent, so that it is read and checked once. Only what
 * follows from this text is kept: which answer the search gets, and whether a remembered one still holds, is decided
 * each time.
 */
export class RepeatedSearches {
  readonly #searches = new Map<string, AskedSearch>();

  get(url: string): AskedSearch | undefined {
    return this.#searches.get(queryOf(url));
  }

  /** Keeps a search that was checked. */
  set(url: string, asked: AskedSearch): void {
    const query = queryOf(url);
    if (query.length > MAX_CHARS) return;
    if (this.#searches.size >= MAX_QUERIES) this.#searches.clear();
    this.#searches.set(query, asked);
  }
}

/** What follows the path of a URL. */
function queryOf(url: string): string {
  const begin = url.indexOf("?");
  return begin === -1 ? "" : url.slice(begin);
}
