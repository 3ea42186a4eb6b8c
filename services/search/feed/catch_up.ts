import { isPast } from "@evently/shared/feed_position";
import { SearchUnavailable } from "../index/errors.ts";
import type { SearchIndex } from "../index/search_index.ts";
import type { ChangeFeed } from "../peers/change_feed.ts";

/**
 * - `more`: further changes are waiting;
 * - `done`: all changes were taken;
 * - `idle`: there were none;
 * - `rebuild`: the index was never filled or rejects all documents, or the feed's database was restored.
 */
export type CatchUpOutcome = "more" | "done" | "idle" | "rebuild";

/**
 * Applies the next page of the feed to the index: changes that calls have missed, in order. Applying a change twice
 * has no effect, so several processes may run this at once, and any of them may be killed.
 *
 * @throws {Unavailable} the event service or the index does not answer
 */
export async function catchUp(
  { index, feed }: { index: SearchIndex; feed: ChangeFeed },
): Promise<CatchUpOutcome> {
  const from = await index.position();
  if (from === undefined) return "rebuild";
  const { changes, position, more, last } = await feed.after(from);
  if (isPast(from, last)) return "rebuild";
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
