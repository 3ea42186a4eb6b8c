import type { Clock } from "@evently/shared/clock";
import type { Logger } from "@evently/shared/log";
import { SearchUnavailable } from "../index/errors.ts";
import type { SearchIndex, SearchReader } from "../index/search_index.ts";
import { createRememberingReader } from "./remembering_reader.ts";

/** Time for which an engine is skipped after a failure, so that not every search waits for its timeout. */
const REST_MS = 1_000;

/** An index and whether it holds all events. */
export interface SearchSource {
  readonly index: SearchIndex;
  readonly filled: boolean;
}

/** Creates a reader of the first index that is filled and answers; the answers of each are remembered. */
export function createFailoverReader(
  sources: readonly SearchSource[],
  { clock, log }: { clock: Clock; log: Logger },
): SearchReader {
  const restsUntilMs = new Map<SearchSource, number>();
  const readers = sources.map((source) => ({
    source,
    reader: createRememberingReader(source.index),
  }));

  async function read<T>(ask: (reader: SearchReader) => Promise<T>): Promise<T> {
    let trouble: SearchUnavailable | undefined;
    for (const { source, reader } of readers) {
      const alone = sources.length === 1;
      if (!source.filled && !alone) continue;
      if (clock.now().getTime() < (restsUntilMs.get(source) ?? -Infinity)) continue;
      try {
        return await ask(reader);
      } catch (error) {
        if (!(error instanceof SearchUnavailable)) throw error;
        trouble = error;
        restsUntilMs.set(source, clock.now().getTime() + REST_MS);
        log.warn("search engine does not answer", { engine: source.index.engine, error });
      }
    }
    throw trouble ?? new SearchUnavailable("No search engine is ready");
  }

  return {
    search: (query) => read((reader) => reader.search(query)),
    find: (eventIds, options) => read((reader) => reader.find(eventIds, options)),
    suggest: (query) => read((reader) => reader.suggest(query)),
    filters: (options) => read((reader) => reader.filters(options)),
  };
}
