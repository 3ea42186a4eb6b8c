import type { Clock } from "@evently/shared/clock";
import type { Logger } from "@evently/shared/log";
import { SearchUnavailable } from "../index/errors.ts";
import type { SearchReader } from "../index/search_index.ts";
import type { IndexKeeper } from "../feed/index_keeper.ts";

/** How long an engine that failed is left alone, so that its time-outs are not every search's. */
const REST_MS = 1_000;

/** Reads from the first index that is filled and answers. */
export function readerOver(
  keepers: readonly IndexKeeper[],
  { clock, log }: { clock: Clock; log: Logger },
): SearchReader {
  const restsUntilMs = new Map<IndexKeeper, number>();

  async function read<T>(ask: (reader: SearchReader) => Promise<T>): Promise<T> {
    let trouble: SearchUnavailable | undefined;
    for (const keeper of keepers) {
      const alone = keepers.length === 1;
      if (!keeper.filled && !alone) continue;
      if (clock.now().getTime() < (restsUntilMs.get(keeper) ?? -Infinity)) continue;
      try {
        return await ask(keeper.index);
      } catch (error) {
        if (!(error instanceof SearchUnavailable)) throw error;
        trouble = error;
        restsUntilMs.set(keeper, clock.now().getTime() + REST_MS);
        log.warn("search engine does not answer", { engine: keeper.index.engine, error });
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
