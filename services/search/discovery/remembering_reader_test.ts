import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { Unavailable } from "@evently/shared/errors";
import { times } from "@evently/shared/testing";
import { type EventPage, type EventQuery, FACETED, noFacets } from "../index/search_index.ts";
import { eventDocument, eventQuery, NOW } from "../testing/world.ts";
import { createRememberingReader, type RememberedIndex } from "./remembering_reader.ts";

function pageOf(...descriptions: string[]): EventPage {
  const hits = descriptions.map((description) => {
    return { document: eventDocument({ description }), score: 0, distanceKm: undefined };
  });
  return { hits, total: hits.length, facets: noFacets("INR"), next: undefined };
}

/** An index that counts its searches; its edition is replaced by the test. */
function createCountingIndex({ maxBytes }: { maxBytes?: number } = {}) {
  const clock = new ManualClock(NOW);
  const asked: EventQuery[] = [];
  const state = {
    edition: { now: NOW, currency: "INR" },
    answer: (): Promise<EventPage> => Promise.resolve(pageOf()),
  };
  const index: RememberedIndex = {
    engine: "embedded",
    edition: () => Promise.resolve(state.edition),
    search(query) {
      asked.push(query);
      return state.answer();
    },
    find: () => Promise.resolve([]),
    suggest: () => Promise.resolve([]),
    filters: () =>
      Promise.resolve({
        cities: [],
        eventTypes: [],
        priceRange: { min: 0, max: 0, currency: "INR" },
      }),
  };
  const reader = createRememberingReader(index, maxBytes === undefined ? {} : { maxBytes });
  const search = (text: string, given: Partial<EventQuery> = {}) =>
    reader.search(eventQuery({ text, ...given }), { now: clock.now() });
  return { clock, asked, state, reader, search };
}

Deno.test("remembering reader: equal searches of an edition share one answer", async () => {
  const { clock, asked, search } = createCountingIndex();
  const [first, ...others] = await Promise.all([
    search("cafe", { city: "Zurich" }),
    search("Café", { city: "Zürich" }),
    search("CAFE ", { city: "ZURICH" }),
  ]);
  clock.advance(3_600_000);
  others.push(await search("cafe", { city: "zurich" }));
  for (const other of others) assert.equal(other, first);
  assert.equal(asked.length, 1);
  for (const given of [{ limit: 5 }, { offset: 20 }, { sort: "date" as const }, { city: "Pune" }]) {
    await search("cafe", given);
  }
  assert.equal(asked.length, 5);
});

Deno.test("remembering reader: searches ask with the time of their edition", async () => {
  const { clock, asked, search } = createCountingIndex();
  clock.advance(60_000);
  await search("jazz");
  assert.deepEqual(asked.map(({ now }) => now), [NOW]);
});

Deno.test("remembering reader: an answer does not outlive its edition", async () => {
  const { clock, asked, state, search } = createCountingIndex();
  const late = Promise.withResolvers<EventPage>();
  state.answer = () => late.promise;
  const before = search("jazz");
  while (asked.length === 0) await Promise.resolve();
  state.answer = () => Promise.resolve(pageOf("new"));
  state.edition = { now: clock.now(), currency: "INR" };
  const asking = search("jazz");
  late.resolve(pageOf("old"));
  const after = await asking;
  assert.notEqual(await before, after);
  assert.equal(await search("jazz"), after);
  assert.equal(asked.length, 2);
});

Deno.test("remembering reader: a query that came again gets the answer of its currency", async () => {
  const { state, reader } = createCountingIndex();
  const query = eventQuery({ text: "jazz", currency: undefined });
  const now = NOW;
  state.answer = () => Promise.resolve(pageOf("rupees"));
  for (const _ of times(3, (i) => i)) await reader.search(query, { now });
  state.edition = { now, currency: "JPY" };
  const rupees = await reader.search({ ...query, currency: "INR" }, { now });
  state.answer = () => Promise.resolve(pageOf("yen"));
  const yen = await reader.search(query, { now });
  assert.notEqual(yen, rupees);
  assert.equal(await reader.search({ ...query, currency: "JPY" }, { now }), yen);
});

Deno.test("remembering reader: failures are not remembered", async () => {
  const { asked, state, search } = createCountingIndex();
  const { answer } = state;
  state.answer = () => Promise.reject(new Unavailable("gone"));
  await assert.rejects(search("jazz"));
  state.answer = answer;
  await search("jazz");
  assert.equal(asked.length, 2);
});

Deno.test("remembering reader: answers beyond its bytes push the oldest out", async () => {
  const { asked, state, search } = createCountingIndex({ maxBytes: 190_000 });
  state.answer = () => Promise.resolve(pageOf("x".repeat(10_000)));
  for (const i of times(4, (i) => i)) await search(`word ${i}`);
  assert.equal(asked.length, 4);
  await search("word 3");
  assert.equal(asked.length, 4, "the newest is remembered");
  await search("word 0");
  assert.equal(asked.length, 5, "the oldest is not");
  state.answer = () => Promise.resolve(pageOf("x".repeat(100_000)));
  await search("large");
  await search("large");
  assert.equal(asked.length, 7, "an answer larger than the memory is not remembered");
});

Deno.test("remembering reader: facets are counted once for all pages and orders", async () => {
  const { asked, state, search } = createCountingIndex();
  const facets = { ...noFacets("INR"), cities: [{ value: "Pune", count: 2 }] };
  state.answer = () => Promise.resolve({ ...pageOf(), facets });
  const facetsAsked = () => asked.at(-1)?.facets;
  await search("jazz", { city: "Pune", maxPrice: 10 });
  assert.deepEqual(facetsAsked(), FACETED);
  state.answer = () => Promise.resolve({ ...pageOf(), facets: noFacets("INR") });
  const page = await search("JAZZ", { city: "pune", maxPrice: 10, sort: "date", offset: 20 });
  assert.deepEqual(facetsAsked(), []);
  assert.deepEqual(page.facets, facets);
  await search("jazz", { city: "Pune", maxPrice: 20 });
  assert.deepEqual(facetsAsked(), ["city", "type", "date"], "a price's facet ignores the price");
  await search("jazz", { city: "Agra", maxPrice: 10 });
  assert.deepEqual(facetsAsked(), ["type", "price", "date"]);
  await search("jazz", { city: "Agra", maxPrice: 10, onlyAvailable: true });
  assert.deepEqual(facetsAsked(), FACETED);
});

Deno.test("remembering reader: 2,000 full pages of one edition are remembered together", async () => {
  const { asked, state, search } = createCountingIndex();
  const full = pageOf(...times(20, () => "x".repeat(100)));
  state.answer = () => Promise.resolve({ ...full });
  const searchAll = async () => {
    for (let price = 0; price < 2_000; price++) await search("jazz", { maxPrice: price });
  };
  await searchAll();
  await searchAll();
  assert.equal(asked.length, 2_000);
});
