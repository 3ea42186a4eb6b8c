import { FEED_START, type FeedPosition } from "@evently/shared/feed_position";
import type { SearchIndex } from "../index/search_index.ts";
import type { ChangeFeed, FeedPage } from "../peers/change_feed.ts";

/** Maximum pages of a feed. */
const MAX_PAGES = 100_000;

/** Maximum attempts to replace the live index, as other processes may rebuild it as well. */
const MAX_SWAPS = 5;

/** Progress of a rebuild. */
export interface Progress {
  eventsIndexed: number;
  /** How far the feed was taken. */
  position: FeedPosition;
  /** End of the feed. */
  last: FeedPosition;
}

/**
 * Builds a new index from the whole feed beside the live one, and replaces the live one when it is complete. A
 * failure leaves the live index as it is.
 *
 * @returns the number of indexed events
 * @throws {Unavailable} the event service or the index does not answer
 */
export async function rebuildIndex(
  { index, feed }: { index: SearchIndex; feed: ChangeFeed },
  onProgress: (progress: Progress) => void,
): Promise<number> {
  const next = await index.rebuild();
  const progress: Progress = { eventsIndexed: 0, position: FEED_START, last: FEED_START };

  async function takeRest(): Promise<void> {
    let upcoming = feed.after(progress.position);
    for (let page = 0; page < MAX_PAGES; page++) {
      const { changes, position, more, last } = await upcoming;
      if (more) upcoming = readAhead(feed, position);
      await next.apply(changes);
      progress.eventsIndexed += changes.filter(({ document }) => document !== undefined).length;
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
      // Changes between the last page and the seal are in the live index, and must be in this one as well.
      await takeRest();
      if (await next.complete(progress.position)) return progress.eventsIndexed;
    }
    throw new Error(`Cannot replace the index as ${MAX_SWAPS} others were faster`);
  } catch (error) {
    await next.abandon().catch(() => {});
    throw error;
  }
}

/** Requests the next page early; a failure is thrown when the page is awaited. */
function readAhead(feed: ChangeFeed, position: FeedPosition): Promise<FeedPage> {
  const page = feed.after(position);
  page.catch(() => {});
  return page;
}
