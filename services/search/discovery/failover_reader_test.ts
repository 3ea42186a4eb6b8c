import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { SILENT_LOGGER } from "@evently/shared/log";
import { times } from "@evently/shared/testing";
import { SearchUnavailable } from "../index/errors.ts";
import { openEmbedded } from "../index/open.ts";
import type { EventQuery, SearchIndex, Sort } from "../index/search_index.ts";
import { daysAhead, eventDocument, eventQuery, NOW } from "../testing/world.ts";
import { createFailoverReader } from "./failover_reader.ts";
import type { SearchSource } from "./sources.ts";

const EVENTS = 40;
const PAGE = 7;
/** Scores of the other engine are on another scale; a power of two, so that they scale back exactly. */
const SCALE = 8;

/** The same index as another engine, with scores of its own and a switch. */
function otherEngine(index: SearchIndex, isUp: () => boolean): SearchIndex {
  async function search(query: EventQuery) {
    if (!isUp()) throw new SearchUnavailable("down");
    const scaled = (key: EventQuery["after"], factor: number) =>
      key && query.sort === "relevance" ? { ...key, value: key.value! * factor } : key;
    const page = await index.search({ ...query, after: scaled(query.after, 1 / SCALE) });
    return { ...page, next: scaled(page.next, SCALE) };
  }
  return Object.assign(Object.create(index), {
    engine: "elasticsearch",
    search,
    edition: (now: Date) => index.edition(now),
  });
}

/** A reader of a copy in the process, and of the other engine behind it. */
async function createSources() {
  const index = await openEmbedded();
  const documents = times(EVENTS, (i) =>
    eventDocument({
      name: `Jazz ${"and more ".repeat(i % 8)}${i}`,
      startsAt: daysAhead(1 + i),
      latitude: 19 + i / 100,
      longitude: 72,
    }));
  await index.apply(documents.map((document) => {
    return { eventId: document.eventId, change: 1, document };
  }));
  const state = { filled: true, continues: true, otherIsUp: true };
  const front: SearchSource = {
    index,
    get filled() {
      return state.filled;
    },
    get continues() {
      return state.continues;
    },
  };
  const behind = {
    index: otherEngine(index, () => state.otherIsUp),
    filled: true,
    continues: true,
  };
  const reader = createFailoverReader([front, behind], {
    clock: new ManualClock(NOW),
    log: SILENT_LOGGER,
  });
  return { reader, state };
}

/** Reads all pages; `beforePage` may change who answers. */
async function readAll(
  { reader }: Awaited<ReturnType<typeof createSources>>,
  sort: Sort,
  beforePage: (page: number) => void = () => {},
) {
  const ids: string[] = [];
  const engines: string[] = [];
  let [after, before]: [EventQuery["after"], { engine: "embedded"; results: number } | undefined] =
    [undefined, undefined];
  for (let number = 0; number * PAGE < EVENTS; number++) {
    beforePage(number);
    const near = { lat: 19, lon: 72, radiusKm: undefined };
    const query = eventQuery({ text: "jazz", sort, near, limit: PAGE, after });
    const page = await reader.search({ ...query, before }, { now: NOW });
    ids.push(...page.hits.map(({ document }) => document.eventId));
    engines.push(page.engine);
    after = page.next;
    before = { engine: page.engine as "embedded", results: ids.length };
  }
  return { ids, engines };
}

for (const sort of ["relevance", "date", "distance", "popularity"] as const) {
  Deno.test(`pages by ${sort} are whole when another engine has to continue them`, async () => {
    const sources = await createSources();
    const { ids } = await readAll(sources, sort);
    assert.equal(new Set(ids).size, EVENTS);
    const switched = await readAll(sources, sort, (page) => {
      sources.state.filled = sources.state.continues = page < 3;
    });
    assert.deepEqual(switched.ids, ids);
    assert.deepEqual(switched.engines, [
      ...Array(3).fill("embedded"),
      ...Array(3).fill("elasticsearch"),
    ]);
  });
}

Deno.test("pages by relevance stay with their engine while it can continue them", async () => {
  const sources = await createSources();
  const engines = async (toCome: boolean) => {
    sources.state.filled = toCome;
    const read = await readAll(sources, "relevance", (page) => {
      if (page === 2) sources.state.filled = !toCome;
    });
    return new Set(read.engines);
  };
  assert.deepEqual(await engines(true), new Set(["embedded"]), "the copy is behind meanwhile");
  assert.deepEqual(await engines(false), new Set(["elasticsearch"]), "the copy caught up");
});

Deno.test("searches go to the copy while it is current, and behind it otherwise", async () => {
  const { reader, state } = await createSources();
  const engine = async () => (await reader.search(eventQuery(), { now: NOW })).engine;
  assert.equal(await engine(), "embedded");
  state.filled = false;
  assert.equal(await engine(), "elasticsearch");
  const query = eventQuery();
  for (const filled of [true, true, true, false, true]) {
    state.filled = filled;
    const { engine } = await reader.search(query, { now: NOW });
    assert.equal(engine, filled ? "embedded" : "elasticsearch", "one query, asked again");
  }
  state.filled = false;
  state.otherIsUp = false;
  await assert.rejects(
    reader.search(eventQuery({ text: "jazz" }), { now: NOW }),
    SearchUnavailable,
  );
  state.filled = true;
  assert.equal(await engine(), "embedded");
});

Deno.test("an index that is not filled is asked only as the last resort", async () => {
  const index = await openEmbedded();
  const shared = { clock: new ManualClock(NOW), log: SILENT_LOGGER };
  const unfilled = { index, filled: false, continues: false };
  const reader = createFailoverReader([{ ...unfilled, isLastResort: true }], shared);
  assert.deepEqual((await reader.search(eventQuery(), { now: NOW })).hits, []);
  const none = createFailoverReader([unfilled], shared);
  await assert.rejects(none.search(eventQuery(), { now: NOW }), SearchUnavailable);
});
