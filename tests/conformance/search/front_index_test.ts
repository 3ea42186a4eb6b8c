import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { SILENT_LOGGER } from "@evently/shared/log";
import { createFailoverReader } from "../../../services/search/discovery/failover_reader.ts";
import { openEmbedded } from "../../../services/search/index/open.ts";
import type {
  EventPage,
  EventQuery,
  Rebuild,
  SearchIndex,
  Sort,
} from "../../../services/search/index/search_index.ts";
import { type IndexOfTest, NOW, openTestIndex } from "../../../services/search/testing/world.ts";
import { testSearchIndex } from "./mod.ts";

const OF_ONE_ENGINE: ReadonlySet<Sort> = new Set(["relevance", "distance"]);

testSearchIndex("front", openFront);

/** The copy in the process and the run's engine behind it as one index. Each search must have one answer in both. */
async function openFront(): Promise<IndexOfTest> {
  const copy = await openEmbedded();
  const opened = await openTestIndex();
  const both: SearchIndex[] = [copy, opened.index];
  const sources = both.map((index) => ({ index, filled: true, continues: true }));
  const reader = createFailoverReader(sources, {
    clock: new ManualClock(NOW),
    log: SILENT_LOGGER,
  });
  const index: SearchIndex = {
    engine: "embedded",
    async search(query) {
      const page = await reader.search(query, query);
      assert.equal(page.engine, "embedded");
      // Each engine computes scores and distances in its own way, so that a position among them is of one engine.
      const isShared = query.after === undefined || !OF_ONE_ENGINE.has(query.sort);
      if (isShared) assertAlike(page, await opened.index.search(query), query);
      return page;
    },
    find: (eventIds, options) => reader.find(eventIds, options),
    suggest: (query) => reader.suggest(query),
    async filters(options) {
      const filters = await reader.filters(options);
      assert.deepEqual(filters, await opened.index.filters(options));
      return filters;
    },
    edition: (now) => copy.edition(now),
    async apply(changes) {
      await Promise.all(both.map((each) => each.apply(changes)));
    },
    async forget(eventId) {
      await Promise.all(both.map((each) => each.forget(eventId)));
    },
    refused: () => opened.index.refused(),
    position: () => opened.index.position(),
    async moveTo(position) {
      await Promise.all(both.map((each) => each.moveTo(position)));
    },
    rebuild: async () => rebuildOf(await Promise.all(both.map((each) => each.rebuild()))),
    check: () => opened.index.check(),
    close: () => copy.close(),
  };
  return { index, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
}

/** The rebuilds of both indices as one. */
function rebuildOf(rebuilds: readonly Rebuild[]): Rebuild {
  return {
    async apply(changes) {
      await Promise.all(rebuilds.map((rebuild) => rebuild.apply(changes)));
    },
    async seal() {
      await Promise.all(rebuilds.map((rebuild) => rebuild.seal()));
    },
    async complete(position) {
      const done = await Promise.all(rebuilds.map((rebuild) => rebuild.complete(position)));
      return done.every(Boolean);
    },
    async abandon() {
      await Promise.all(rebuilds.map((rebuild) => rebuild.abandon()));
    },
  };
}

/** Asserts the same events, counts and facets; the engines score alike but not equally, so ranks may differ. */
function assertAlike(page: EventPage, other: EventPage, query: EventQuery): void {
  const seen = ({ total, facets, hits }: EventPage) => {
    const ids = hits.map(({ document }) => document.eventId);
    const isWhole = total === hits.length;
    const isRanked = query.sort === "relevance" && query.text !== "";
    return { total, facets, events: !isRanked ? ids : isWhole ? ids.toSorted() : ids.length };
  };
  assert.deepEqual(seen(page), seen(other), `not alike: ${JSON.stringify(query)}`);
}
