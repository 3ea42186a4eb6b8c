import { type FeedPosition, numberIn } from "@evently/shared/feed_position";
import type { Sql } from "@evently/shared/postgres";
import {
  type ChangedEvent,
  findChangesInLane,
  findChangesInSpans,
  findFeedEnd,
} from "./change_feed_sql.ts";

/** A page of the change feed. */
export interface ChangesPage {
  /** Those of one lane are in their order. */
  changes: ChangedEvent[];
  /** Where the next page begins. */
  position: FeedPosition;
  more: boolean;
  /** The end of the feed when the page was read. */
  last: FeedPosition;
}

/**
 * Reads the changes after a position. Lanes with further changes share the page equally, so that a lane with many
 * changes delays no other. Those whose changes all fit are read by one statement: where the tables are distributed, each
 * statement asks all servers.
 *
 * @param limit at least one change a lane
 */
export async function readChanges(
  { sql }: { sql: Sql },
  { after, limit }: { after: FeedPosition; limit: number },
): Promise<ChangesPage> {
  const last = await findFeedEnd(sql);
  const spans = last.map((last, lane) => ({ lane, after: numberIn(after, lane), last }))
    .filter((span) => span.last > span.after);
  const share = Math.floor(limit / Math.max(spans.length, 1));
  const short = spans.filter((span) => span.last - span.after <= share);
  const long = spans.filter((span) => span.last - span.after > share);
  const [together, ...apart] = await Promise.all([
    short.length === 0 ? [] : findChangesInSpans(sql, short),
    ...long.map(({ lane, after }) => findChangesInLane(sql, { lane, after, limit: share + 1 })),
  ]);
  const pages = apart.map((changes) => changes.slice(0, share));
  const read = new Map([
    ...short.map(({ lane, last }) => [lane, last] as const),
    ...long.map(({ lane, after }, i) => [lane, pages[i]?.at(-1)?.change ?? after] as const),
  ]);
  return {
    changes: [...together, ...pages.flat()],
    position: after.map((change, lane) => read.get(lane) ?? change),
    more: apart.some(({ length }) => length > share),
    last,
  };
}
