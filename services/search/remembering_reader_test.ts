import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { Unavailable } from "@evently/shared/errors";
import type { EventPage, EventQuery, SearchReader } from "./index/search_index.ts";
import { rememberingReader } from "./remembering_reader.ts";
import { eventQuery, NOW } from "./testing/documents.ts";

/** A reader that counts its searches and answers an empty page, once it is told to. */
function createCountingReader() {
  const clock = new ManualClock(NOW);
  const asked: EventQuery[] = [];
  const state = { answer: (): Promise<EventPage> => Promise.resolve({} as EventPage) };
  const source: SearchReader = {
    search(query) {
      asked.push(query);
      return state.answer();
    },
    find: () => Promise.resolve([]),
    suggest: () => Promise.resolve([]),
    filters: () => Promise.resolve({ cities: [], eventTypes: [], priceRange: { min: 0, max: 0 } }),
  };
  const reader = rememberingReader(source, { clock });
  const search = (text: string) => reader.search(eventQuery({ text, now: clock.now() }));
  return { clock, asked, state, reader, search };
}

Deno.test("searches that differ in case and accents only are one, for a quarter of a second", async () => {
  const { clock, asked, search } = createCountingReader();
  await Promise.all([search("cafe"), search("Café"), search("CAFE ")]);
  assert.equal(asked.length, 1);
  await search("tea");
  assert.equal(asked.length, 2);
  clock.advance(250);
  await search("cafe");
  assert.equal(asked.length, 3);
});

Deno.test("nothing is answered from before a change of the index", async () => {
  const { asked, reader, search } = createCountingReader();
  const before = search("jazz");
  reader.forgetAll();
  await Promise.all([before, search("jazz")]);
  assert.equal(asked.length, 2);
});

Deno.test("a search that failed is not remembered", async () => {
  const { asked, state, search } = createCountingReader();
  const { answer } = state;
  state.answer = () => Promise.reject(new Unavailable("gone"));
  await assert.rejects(search("jazz"));
  state.answer = answer;
  await search("jazz");
  assert.equal(asked.length, 2);
});
