import type { SearchConfig } from "../config.ts";
import type { IndexKeeper } from "../feed/index_keeper.ts";
import type {
  Engine,
  EventPage,
  EventQuery,
  SearchIndex,
  SearchReader,
} from "../index/search_index.ts";

/** An index, and when it is asked. */
export interface SearchSource {
  readonly index: SearchIndex;
  /** Whether it holds all events and is to answer. */
  readonly filled: boolean;
  /** Whether it may at least go on with pages that it began. */
  readonly continues: boolean;
  /** Asked where none is filled: what it holds of earlier is better than no answer. */
  readonly isLastResort?: boolean;
}

/** The copy in the process of an index elsewhere. */
export interface EmbeddedCopy {
  keeper: IndexKeeper;
  /** Number of its events. */
  size: () => number;
}

/** A page and the engine that it is of. */
export interface AnsweredPage extends EventPage {
  engine: Engine;
}

/** The page before: its engine, of which the next position is, and the number of results up to its end. */
export interface PageBefore {
  engine: Engine;
  results: number;
}

/**
 * A search at any time, which may go on with the pages of an earlier one. It is not changed: what a reader derives from it
 * may be kept with the object.
 */
export interface AskedQuery extends Readonly<Omit<EventQuery, "now">> {
  readonly before?: PageBefore | undefined;
}

/** Answers searches with any engine. */
export interface AnsweringReader extends Omit<SearchReader, "search"> {
  search(query: AskedQuery, options: { now: Date }): Promise<AnsweredPage>;
}

/**
 * The order in which indices are asked: the copy in the process while it is current and small enough, the primary index,
 * and the copy again if it is the fallback. Without a fallback the primary index answers even before it is known that it
 * has all events: after a start its changes cannot be read while the event service is down.
 */
export function sourcesOf(
  config: SearchConfig,
  { primary, copy }: { primary: IndexKeeper; copy?: EmbeddedCopy | undefined },
): SearchSource[] {
  const isFilled = () => primary.filled;
  const alone = sourceOf(primary, isFilled, { isLastResort: true });
  if (config.engine === "embedded" || copy === undefined) return [alone];
  const { keeper, size } = copy;
  const { fallback, maxEventsInProcess } = config;
  const front = sourceOf(keeper, () => keeper.current && size() <= maxEventsInProcess);
  return fallback === "embedded"
    ? [front, sourceOf(primary, isFilled), sourceOf(keeper, () => keeper.filled)]
    : [front, alone];
}

function sourceOf(
  keeper: IndexKeeper,
  isToAnswer: () => boolean,
  { isLastResort = false } = {},
): SearchSource {
  return {
    index: keeper.index,
    isLastResort,
    get filled() {
      return isToAnswer();
    },
    get continues() {
      return keeper.filled;
    },
  };
}
