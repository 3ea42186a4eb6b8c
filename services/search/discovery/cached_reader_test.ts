import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { Unavailable } from "@evently/shared/errors";
import type { EventPage, EventQuery, SearchReader } from "../index/search_index.ts";
import type { SearchDocument } from "../index/document.ts";
import { createCachedReader } from "./cached_reader.ts";
import { eventDocument, eventQuery, NOW } from "../testing/world.ts";

function pageOf(...documents: SearchDocument[]): EventPage {
  const hits = documents.map((document) => ({ document, score: 0, distanceKm: undefined }));
  return { hits } as unknown as EventPage;
}

/** A reader that counts its searches and answers an empty page, once it is told to. */
function createCountingReader() {
  const clock = new ManualClock(NOW);
  const asked: EventQuery[] = [];
  const state = { answer: (): Promise<EventPage> => Promise.resolve(pageOf()) };
  const source: SearchReader = {
    search(query) {
      asked.push(query);
      return state.answer();
    },
    find: () => Promise.resolve([]),
    suggest: () => Promise.resolve([]),
    filters: () => Promise.resolve({ cities: [], eventTypes: [], priceRange: { min: 0, max: 0 } }),
  };
  const reader = createCachedReader(source);
  const search = (text: string) => reader.search(eventQuery({ text, now: clock.now() }));
  return { clock, asked, state, reader, search };
}

Deno.test("cached reader: queries that differ only in case and accents share a page for 250 ms", async () => {
  const { clock, asked, search } = createCountingReader();
  await Promise.all([search("cafe"), search("Café"), search("CAFE ")]);
  assert.equal(asked.length, 1);
  await search("tea");
  assert.equal(asked.length, 2);
  clock.advance(250);
  await search("cafe");
  assert.equal(asked.length, 3);
});

Deno.test("cached reader: clear() drops all pages", async () => {
  const { asked, reader, search } = createCountingReader();
  const before = search("jazz");
  reader.clear();
  await Promise.all([before, search("jazz")]);
  assert.equal(asked.length, 2);
});

Deno.test("cached reader: a page expires when one of its events begins or ends", async () => {
  const { clock, asked, state, search } = createCountingReader();
  const after = (ms: number) => new Date(NOW.getTime() + ms);
  state.answer = () =>
    Promise.resolve(pageOf(
      eventDocument({ startsAt: after(100) }),
      eventDocument({ startsAt: after(-5), endsAt: after(200) }),
    ));
  for (const searches of [1, 1, 2, 3]) {
    await Promise.all([search("jazz"), search("jazz")]);
    assert.equal(asked.length, searches, `after ${clock.now().getTime() - NOW.getTime()} ms`);
    clock.advance(70);
  }
});

Deno.test("cached reader: failures are not cached", async () => {
  const { asked, state, search } = createCountingReader();
  const { answer } = state;
  state.answer = () => Promise.reject(new Unavailable("gone"));
  await assert.rejects(search("jazz"));
  state.answer = answer;
  await search("jazz");
  assert.equal(asked.length, 2);
});
