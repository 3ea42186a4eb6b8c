import type { Clock } from "@evently/shared/clock";
import type { Logger } from "@evently/shared/log";
import { SearchUnavailable } from "../index/errors.ts";
import type { Engine, SearchIndex, Sort } from "../index/search_index.ts";
import { createRememberingReader } from "./remembering_reader.ts";
import type { AnsweringReader, AskedQuery, SearchSource } from "./sources.ts";
import { MAX_REACHABLE_RESULTS } from "./wire.ts";

/** Time for which an engine is skipped after a failure, so that not every search waits for its timeout. */
const REST_MS = 1_000;
/** Sorts whose values each engine computes in its own way. */
const OF_ONE_ENGINE: ReadonlySet<Sort> = new Set(["relevance", "distance"]);

/**
 * Creates a reader of the first index that is to answer and does; the answers of each are remembered. Pages in an order
 * of one engine are continued by that engine as long as it can, and by another one from the same number of results on.
 */
export function createFailoverReader(
  sources: readonly SearchSource[],
  { clock, log }: { clock: Clock; log: Logger },
): AnsweringReader {
  const restsUntilMs = new Map<SearchIndex, number>();
  const readers = new Map(
    sources.map(({ index }) => [index, createRememberingReader(index)] as const),
  );

  /** The indices to ask, those first that can continue pages of an engine. */
  function indicesFor(engine: Engine | undefined): Set<SearchIndex> {
    const begun = sources.filter(({ index, continues }) => index.engine === engine && continues);
    const filled = sources.filter((source) => source.filled);
    const others = filled.length > 0 ? filled : sources.filter(({ isLastResort }) => isLastResort);
    return new Set([...begun, ...others].map(({ index }) => index));
  }

  async function read<T>(
    ask: (reader: AnsweringReader, engine: Engine) => Promise<T>,
    engine?: Engine,
  ): Promise<T> {
    let trouble: SearchUnavailable | undefined;
    for (const index of indicesFor(engine)) {
      if (clock.now().getTime() < (restsUntilMs.get(index) ?? -Infinity)) continue;
      try {
        return await ask(readers.get(index)!, index.engine);
      } catch (error) {
        if (!(error instanceof SearchUnavailable)) throw error;
        trouble = error;
        restsUntilMs.set(index, clock.now().getTime() + REST_MS);
        log.warn("search engine does not answer", { engine: index.engine, error });
      }
    }
    throw trouble ?? new SearchUnavailable("No search engine is ready");
  }

  return {
    search: (query, options) =>
      read(
        (reader, engine) => reader.search(continuedBy(engine, query), options),
        OF_ONE_ENGINE.has(query.sort) ? query.before?.engine : undefined,
      ),
    find: (eventIds, options) => read((reader) => reader.find(eventIds, options)),
    suggest: (query) => read((reader) => reader.suggest(query)),
    filters: (options) => read((reader) => reader.filters(options)),
  };
}

/** The search as an engine can continue it: a position in another engine's order becomes a number of results. */
function continuedBy(engine: Engine, query: AskedQuery): AskedQuery {
  const { before, sort, limit } = query;
  const isForeign = before !== undefined && before.engine !== engine && OF_ONE_ENGINE.has(sort);
  if (!isForeign || before.results + limit > MAX_REACHABLE_RESULTS) return query;
  return { ...query, after: undefined, offset: before.results };
}
