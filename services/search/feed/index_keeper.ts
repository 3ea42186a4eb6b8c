import { changesUpTo } from "@evently/shared/feed_position";
import type { Clock } from "@evently/shared/clock";
import type { Logger } from "@evently/shared/log";
import { FEED_LAG } from "@evently/shared/metrics";
import { SearchUnavailable } from "../index/errors.ts";
import type { EventChange, SearchIndex } from "../index/search_index.ts";
import type { ChangeFeed } from "../peers/change_feed.ts";
import { catchUp } from "./catch_up.ts";
import { type Progress, rebuildIndex } from "./rebuild_index.ts";

/** Keeps one index in step with the events. */
export interface IndexKeeper {
  readonly index: SearchIndex;
  /** Whether the index holds all events, so that it may be searched. */
  readonly filled: boolean;
  /** Whether it also had all changes of the feed a moment ago. */
  readonly current: boolean;
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
  clock: Clock;
  log: Logger;
}

/** Age of the last look at the feed's end beyond which an index counts as behind. */
const MAX_BEHIND_MS = 2_000;
/** Time after which a full index is filled again, as events may have ended. */
const FULL_REST_MS = 600_000;

export function createIndexKeeper(options: IndexKeeperOptions): IndexKeeper {
  const { index, clock } = options;
  const log = options.log.with({ engine: index.engine });
  let filled = false;
  let progress: Progress | undefined;
  let atEndMs = -Infinity;
  let restsUntilMs = -Infinity;
  let rebuilding: Promise<number> | undefined;

  const beganMs = clock.now().getTime();
  FEED_LAG.observe(
    () => (clock.now().getTime() - Math.max(beganMs, atEndMs)) / 1_000,
    { engine: index.engine },
  );

  const rests = () => clock.now().getTime() < restsUntilMs;

  /** A full index is empty now and stays so for a while. */
  async function unlessFull<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof SearchUnavailable) || error.index !== "full") throw error;
      filled = false;
      restsUntilMs = clock.now().getTime() + FULL_REST_MS;
      log.info("search index is full", { reason: error.reason });
    }
  }

  /** Looks at the feed once, and whether it was taken to its end. */
  async function takeNext(): Promise<boolean> {
    const beganMs = clock.now().getTime();
    const outcome = await catchUp(options);
    if (outcome === "rebuild") {
      filled = false;
      await rebuild();
      return true;
    }
    filled = true;
    if (outcome !== "more") atEndMs = beganMs;
    return outcome === "more";
  }

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
    get current() {
      return filled && clock.now().getTime() - atEndMs < MAX_BEHIND_MS;
    },
    async apply(changes) {
      if (!rests()) await unlessFull(index.apply(changes));
    },
    forget: (eventId) => index.forget(eventId),
    async catchUp() {
      return !rests() && (await unlessFull(takeNext()) ?? false);
    },
  };
}
