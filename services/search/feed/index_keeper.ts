import { changesUpTo } from "@evently/shared/feed_position";
import type { Logger } from "@evently/shared/log";
import type { EventChange, SearchIndex } from "../index/search_index.ts";
import type { ChangeFeed } from "../peers/change_feed.ts";
import { catchUp } from "./catch_up.ts";
import { type Progress, rebuildIndex } from "./rebuild_index.ts";

/** Keeps one index in step with the events. */
export interface IndexKeeper {
  readonly index: SearchIndex;
  /** Whether the index holds all events, so that it may be searched. */
  readonly filled: boolean;
  /** Progress of the running rebuild. */
  readonly progress: Progress | undefined;
  /** Applies changes that a caller reports ahead of the feed. */
  apply(changes: readonly EventChange[]): Promise<void>;
  /** Removes an event from the index. */
  forget(eventId: string): Promise<void>;
  /** Takes the next changes from the feed, or rebuilds the index; returns whether more changes are waiting. */
  catchUp(): Promise<boolean>;
  /** Rebuilds the index, or joins the running rebuild; returns the number of indexed events. */
  rebuild(): Promise<number>;
}

/** Options of {@link createIndexKeeper}. */
export interface IndexKeeperOptions {
  index: SearchIndex;
  feed: ChangeFeed;
  log: Logger;
}

export function createIndexKeeper(options: IndexKeeperOptions): IndexKeeper {
  const { index } = options;
  const log = options.log.with({ engine: index.engine });
  let filled = false;
  let progress: Progress | undefined;
  let rebuilding: Promise<number> | undefined;

  async function rebuildOnce(): Promise<number> {
    const events = await rebuildIndex(options, (now) => {
      progress = now;
      const { eventsIndexed, position, last } = now;
      log.info("search index rebuild: progress", {
        events_indexed: eventsIndexed,
        position: changesUpTo(position),
        last: changesUpTo(last),
      });
    });
    filled = true;
    log.info("search index rebuild: done", { events });
    return events;
  }

  function rebuild(): Promise<number> {
    rebuilding ??= rebuildOnce().finally(() => rebuilding = progress = undefined);
    return rebuilding;
  }

  return {
    index,
    rebuild,
    get filled() {
      return filled;
    },
    get progress() {
      return progress;
    },
    apply: (changes) => index.apply(changes),
    forget: (eventId) => index.forget(eventId),
    async catchUp() {
      const outcome = await catchUp(options);
      if (outcome === "rebuild") {
        filled = false;
        await rebuild();
        return true;
      }
      filled = true;
      return outcome === "more";
    },
  };
}
