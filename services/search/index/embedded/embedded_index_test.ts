import assert from "node:assert/strict";
import { randomFrom, times } from "@evently/shared/testing";
import { daysAhead, eventDocument, eventQuery, NOW } from "../../testing/world.ts";
import type { SearchDocument } from "../document.ts";
import type { EventQuery } from "../search_index.ts";
import { EmbeddedSearchIndex } from "./embedded_index.ts";

const CITIES = ["Pune", "PUNE", "Delhi", "Zürich", "Agra"];
const NAMES = ["Jazz Night", "Rock Night", "Jazz and Rock", "AC/DC Tribute", "Opera"];
/** Enough for a vocabulary and columns that were filled, emptied and filled again. */
const EVENTS = 120;
const ROUNDS = 5;
/** More ended events than one search removes. */
const ENDED = 250;

const QUERIES: Partial<EventQuery>[] = [
  {},
  { text: "jazz" },
  { text: "jaz nigt", sort: "price" },
  { text: '"rock night"', city: "pune" },
  { text: "ac", maxPrice: 600 },
  { text: "op", type: "concert", sort: "date", offset: 3 },
  { city: "zurich", onlyAvailable: true },
  { minPrice: 300, fromDay: "2026-11-04", sort: "popularity" },
  { status: "sold_out" },
];

/** The `seed`th version of an event: what a search compares differs from version to version. */
function versionOf(document: SearchDocument, seed: number): SearchDocument {
  const { below, pick } = randomFrom(seed);
  const day = 1 + below(9);
  return {
    ...document,
    name: `${pick(NAMES)} ${below(40)}`,
    venueCity: pick(CITIES),
    eventType: pick(["concert", "Concert", "opera"]),
    startsAt: daysAhead(day),
    endsAt: daysAhead(day + 1),
    currency: pick(["INR", "INR", "JPY"]),
    prices: pick([[100], [500], [100, 700], [0]]),
    availableSeats: below(5),
    status: pick(["published", "published", "sold_out"]),
    version: seed + 1,
  };
}

/** Twice, as matches of a text are kept, and once more with their scores. */
const SEARCHES = 3;

Deno.test("embedded index: after many edits and removals it answers as a newly filled one", async () => {
  const index = new EmbeddedSearchIndex();
  const events = times(EVENTS, () => eventDocument());
  let last: SearchDocument[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const changes = events.map((event, i) => {
      const seed = round * EVENTS + i * (round + 1);
      const isRemoved = (i + round) % 4 === 0;
      return {
        eventId: event.eventId,
        change: round,
        document: isRemoved ? undefined : versionOf(event, seed),
      };
    });
    await index.apply(changes);
    for (const query of [...QUERIES, ...QUERIES]) await index.search(eventQuery(query));
    last = changes.map(({ document }) => document).filter((document) => document !== undefined);
  }
  const fresh = new EmbeddedSearchIndex();
  await fresh.apply(
    last.map((document) => ({ eventId: document.eventId, change: ROUNDS, document })),
  );
  for (const query of QUERIES) {
    const expected = await fresh.search(eventQuery(query));
    assert.ok(expected.total > 0, JSON.stringify(query));
    for (let search = 0; search < SEARCHES; search++) {
      assert.deepEqual(await index.search(eventQuery(query)), expected, JSON.stringify(query));
    }
  }
  for (const text of ["ja", "pu", "roc", "sprin"]) {
    const query = { text, limit: 5, now: NOW };
    assert.deepEqual(await index.suggest(query), await fresh.suggest(query), text);
  }
  assert.deepEqual(await index.filters({ now: NOW }), await fresh.filters({ now: NOW }));
});

Deno.test("embedded index: a text that was searched before shows seats and filters as they are now", async () => {
  const index = new EmbeddedSearchIndex();
  const jazz = times(3, () => eventDocument({ name: "Jazz", availableSeats: 2, prices: [100] }));
  const change = (number: number, documents: SearchDocument[]) =>
    index.apply(documents.map((document) => ({
      eventId: document.eventId,
      change: number,
      document,
    })));
  await change(1, jazz);
  const found = async (query: Partial<EventQuery>) =>
    (await index.search(eventQuery({ text: "jazz", onlyAvailable: true, ...query }))).total;
  for (let search = 0; search < SEARCHES; search++) assert.equal(await found({}), 3);
  await change(2, jazz.slice(1).map((document) => ({ ...document, availableSeats: 0 })));
  assert.equal(await found({}), 1);
  await change(3, jazz.map((document) => ({ ...document, prices: [200] })));
  assert.deepEqual([await found({ maxPrice: 150 }), await found({ maxPrice: 250 })], [0, 3]);
  await change(4, [{ ...jazz[0]!, name: "Opera" }, eventDocument({ name: "Jazz anew" })]);
  assert.equal(await found({}), 3);
});

Deno.test("embedded index: searches remove ended events bit by bit and never show them", async () => {
  const index = new EmbeddedSearchIndex();
  const ended = times(ENDED, () => eventDocument({ name: "Gone", endsAt: daysAhead(11) }));
  const lasting = eventDocument({ name: "Here", startsAt: daysAhead(30) });
  await index.apply([...ended, lasting].map((document) => {
    return { eventId: document.eventId, change: 1, document };
  }));
  const [gone] = ended;
  for (let search = 0; search < 4; search++) {
    const { total, hits } = await index.search(eventQuery({ now: daysAhead(12) }));
    assert.deepEqual([total, hits[0]?.document.name], [1, "Here"]);
  }
  await index.apply([{ eventId: gone!.eventId, change: 0, document: gone! }]);
  const { total } = await index.search(eventQuery({ now: daysAhead(12), text: "gone" }));
  assert.equal(total, 0, "an older change does not bring it back");
  assert.equal((await index.search(eventQuery({ text: "gone" }))).total, 0);
});
