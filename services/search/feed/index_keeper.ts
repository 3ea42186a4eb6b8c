import type { Logger } from "@evently/shared/log";
import type { ChangeFeed } from "../peers/change_feed.ts";
import type { EventChange, SearchIndex } from "../index/search_index.ts";
import { catchUp } from "./catch_up.ts";
import { type Progress, rebuildIndex } from "./rebuild_index.ts";

/** Keeps one index in step with the events. */
export interface IndexKeeper {
  readonly index: SearchIndex;
  /** Whether the index holds all events, so that it may be searched. */
  readonly filled: boolean;
  /** How far the rebuild has come that is under way. */
  readonly progress: Progress | undefined;
  /** Takes what a caller tells of a change, ahead of the feed. */
  apply(changes: readonly EventChange[]): Promise<void>;
  forget(eventId: string): Promise<void>;
  /** Takes the next changes of the feed; builds the index where there is none. Answers whether there are more. */
  catchUp(): Promise<boolean>;
  /** Builds the index anew; who comes while that is under way waits for the same. Answers how many events it has. */
  rebuild(): Promise<number>;
}

/** What a keeper works with. */
export interface IndexKeeperOptions {
  index: SearchIndex;
  feed: ChangeFeed;
  log: Logger;
  /** Called when searches may answer otherwise than before. */
  changed: () => void;
}

export function createIndexKeeper(options: IndexKeeperOptions): IndexKeeper {
  const { index, changed } = options;
  const log = options.log.with({ engine: index.engine });
  let filled = false;
  let progress: Progress | undefined;
  let rebuilding: Promise<number> | undefined;

  async function rebuildOnce(): Promise<number> {
    const events = await rebuildIndex(options, (now) => {
      progress = now;
      log.info("search index is being built", { ...now });
    });
    filled = true;
    changed();
    log.info("search index built", { events });
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
    async apply(changes) {
      await index.apply(changes);
      changed();
    },
    async forget(eventId) {
      await index.forget(eventId);
      changed();
    },
    async catchUp() {
      const outcome = await catchUp(options);
      if (outcome === "rebuild") {
        filled = false;
        await rebuild();
        return true;
      }
      filled = true;
      if (outcome !== "idle") changed();
      return outcome === "more";
    },
  };
}
