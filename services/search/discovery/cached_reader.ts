import { LRUCache } from "lru-cache";
import type { EventPage, EventQuery, SearchReader } from "../index/search_index.ts";
import { fold } from "../index/text.ts";

/** Maximum age of a page; well below the lag that availability may have. */
const MAX_AGE_MS = 250;
const MAX_PAGES = 500;

/** A reader that caches pages briefly, so that concurrent equal searches become one. */
export interface CachedReader extends SearchReader {
  /** Drops all pages, after the index has changed. */
  clear(): void;
}

interface CachedPage {
  /** Time of the query. */
  now: Date;
  page: Promise<EventPage>;
}

/** Creates a reader over `reader`. The time of the queries is the clock of the cache. */
export function createCachedReader(reader: SearchReader): CachedReader {
  const pages = new LRUCache<string, CachedPage>({ max: MAX_PAGES });

  async function search(query: EventQuery): Promise<EventPage> {
    const { now } = query;
    const key = keyOf(query);
    const cached = pages.get(key);
    if (cached && now.getTime() - cached.now.getTime() < MAX_AGE_MS) {
      const page = await cached.page;
      if (!isOutOfDate(page, { from: cached.now, to: now })) return page;
      if (pages.peek(key) === cached) pages.delete(key);
      return await search(query);
    }
    const entry = { now, page: reader.search(query) };
    pages.set(key, entry);
    entry.page.catch(() => pages.peek(key) === entry && pages.delete(key));
    return await entry.page;
  }

  return { ...reader, search, clear: () => pages.clear() };
}

/**
 * Whether one of the events has begun or ended since, or has other seats: `on_sale` and the filters depend on the time
 * of the query.
 */
function isOutOfDate({ hits }: EventPage, { from, to }: { from: Date; to: Date }): boolean {
  const isBetween = (time: Date) => time > from && time <= to;
  return hits.some(({ document: { startsAt, endsAt, laterSeats } }) =>
    isBetween(startsAt) || isBetween(endsAt) || laterSeats.some((later) => isBetween(later.from))
  );
}

/** Cache key of a query; equal for queries that differ only in time, case and accents. */
function keyOf({ now: _, text, ...rest }: EventQuery): string {
  return JSON.stringify([fold(text), rest]);
}
