import type { ChangeFeed, FeedPage } from "../peers/change_feed.ts";
import type { SearchIndex } from "../index/search_index.ts";

/** Ends a feed that goes on for ever. */
const MAX_PAGES = 100_000;

/** Other processes may build an index as well. */
const MAX_SWAPS = 5;

/** How far a rebuild has come. */
export interface Progress {
  events_indexed: number;
  /** The number of the last change that was taken, of those up to `last`. */
  position: number;
  last: number;
}

/**
 * Builds the index anew from the whole feed, beside the live one, and puts it in its place when it has
 * everything. What fails on the way leaves the live index as it is.
 *
 * @returns how many events were indexed
 * @throws {Unavailable} the source or the index does not answer
 */
export async function rebuildIndex(
  { index, feed }: { index: SearchIndex; feed: ChangeFeed },
  onProgress: (progress: Progress) => void,
): Promise<number> {
  const next = await index.rebuild();
  const progress: Progress = { events_indexed: 0, position: 0, last: 0 };

  async function takeRest(): Promise<void> {
    let upcoming = feed.after(progress.position);
    for (let page = 0; page < MAX_PAGES; page++) {
      const { changes, position, more, last } = await upcoming;
      if (more) upcoming = readAhead(feed, position);
      await next.apply(changes);
      progress.events_indexed += changes.filter(({ document }) => document !== undefined).length;
      progress.position = position;
      progress.last = last;
      onProgress({ ...progress });
      if (!more) return;
    }
    throw new Error(`Cannot build the index as the feed has more than ${MAX_PAGES} pages`);
  }

  try {
    await takeRest();
    for (let swap = 0; swap < MAX_SWAPS; swap++) {
      await next.seal();
      // What changed between the last page and the seal was found in the live index, and must be in this one.
      await takeRest();
      if (await next.complete(progress.position)) return progress.events_indexed;
    }
    throw new Error(`Cannot replace the index as ${MAX_SWAPS} others were faster`);
  } catch (error) {
    await next.abandon().catch(() => {});
    throw error;
  }
}

/** Asks for a page before its turn; should that fail, whoever comes to await it hears so. */
function readAhead(feed: ChangeFeed, position: number): Promise<FeedPage> {
  const page = feed.after(position);
  page.catch(() => {});
  return page;
}
