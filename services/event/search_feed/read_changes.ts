import { type FeedPosition, numberIn } from "@evently/shared/feed_position";
import type { Sql } from "@evently/shared/postgres";
import { type ChangedEvent, findChangesInLane, findFeedEnd } from "./change_feed_sql.ts";

/** A page of the change feed. */
export interface ChangesPage {
  /** By lane; those of one lane in their order. */
  changes: ChangedEvent[];
  /** Where the next page begins. */
  position: FeedPosition;
  more: boolean;
  /** The end of the feed when the page was read. */
  last: FeedPosition;
}

/**
 * Reads the changes after a position. Lanes with further changes share the page equally, so that a lane with many
 * changes delays no other.
 *
 * @param limit at least one change a lane
 */
export async function readChanges(
  { sql }: { sql: Sql },
  { after, limit }: { after: FeedPosition; limit: number },
): Promise<ChangesPage> {
  const last = await findFeedEnd(sql);
  const lanes = last.keys().filter((lane) => numberIn(last, lane) > numberIn(after, lane))
    .toArray();
  const share = Math.floor(limit / Math.max(lanes.length, 1));
  const found = await Promise.all(
    lanes.map((lane) =>
      findChangesInLane(sql, { lane, after: numberIn(after, lane), limit: share + 1 })
    ),
  );
  const pages = found.map((changes) => changes.slice(0, share));
  const taken = new Map(lanes.map((lane, i) => [lane, pages[i]?.at(-1)?.change]));
  return {
    changes: pages.flat(),
    position: after.map((change, lane) => taken.get(lane) ?? change),
    more: found.some(({ length }) => length > share),
    last,
  };
}
