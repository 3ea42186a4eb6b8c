import type { Clock } from "@evently/shared/clock";
import type { EventSource } from "../event_source.ts";
import type { SearchIndex } from "../index/search_index.ts";

/** Ends a source that goes on for ever. */
const MAX_PAGES = 10_000;

/**
 * Reads all events from their source into the index, and takes out what the source no longer has. Calls that
 * come meanwhile keep their effect: a page counts as read when it was asked for.
 *
 * @returns how many events were read
 * @throws {Unavailable} the source does not answer; what was read until then is indexed
 */
export async function fillIndex(
  { index, source, clock }: { index: SearchIndex; source: EventSource; clock: Clock },
): Promise<number> {
  const begun = justBefore(clock);
  let after: string | undefined;
  let count = 0;
  for (let page = 0; page < MAX_PAGES; page++) {
    const asOf = justBefore(clock);
    const { documents, next } = await source.page(after);
    await index.index(documents, { asOf, readAfter: asOf });
    count += documents.length;
    if (next === undefined) {
      await index.removeNotIndexedSince(begun);
      return count;
    }
    after = next;
  }
  throw new Error(`Cannot fill the index as the source has more than ${MAX_PAGES} pages`);
}

/** A millisecond ago, so that a call that comes in this one counts as the later. */
function justBefore(clock: Clock): Date {
  return new Date(clock.now().getTime() - 1);
}
