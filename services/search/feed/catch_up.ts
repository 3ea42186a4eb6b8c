import type { ChangeFeed } from "../peers/change_feed.ts";
import { SearchUnavailable } from "../index/errors.ts";
import type { SearchIndex } from "../index/search_index.ts";

/**
 * - `more`: there are further changes to take at once;
 * - `idle`: there was nothing to take;
 * - `rebuild`: the index was never filled or takes no documents, or the source was set back behind it.
 */
export type CatchUpOutcome = "more" | "done" | "idle" | "rebuild";

/**
 * Takes the next page of the feed into the index: what calls have missed, and in which order. What it takes
 * twice changes nothing, so it may run in several processes at once and be killed anywhere.
 *
 * @throws {Unavailable} the source or the index does not answer
 */
export async function catchUp(
  { index, feed }: { index: SearchIndex; feed: ChangeFeed },
): Promise<CatchUpOutcome> {
  const from = await index.position();
  if (from === undefined) return "rebuild";
  const { changes, position, more, last } = await feed.after(from);
  if (last < from) return "rebuild";
  if (changes.length === 0) return "idle";
  try {
    await index.apply(changes);
  } catch (error) {
    if (error instanceof SearchUnavailable && error.index === "unfit") return "rebuild";
    throw error;
  }
  await index.moveTo(position);
  return more ? "more" : "done";
}
