import assert from "node:assert/strict";
import {
  daysAhead,
  eventDocument,
  eventQuery,
  NOW,
} from "../../../services/search/testing/world.ts";
import { add, changeOf, namesFound, type Register, removalOf } from "./changes.ts";

/** Tests which of several writes of an event wins. */
export function testWrites(test: Register): void {
  test("an older change never overwrites a newer one", async (index) => {
    const event = eventDocument({ name: "New" });
    await index.apply([changeOf(event, 3)]);
    await index.apply([changeOf({ ...event, name: "Old" }, 2)]);
    assert.deepEqual(await namesFound(index, {}), ["New"]);
    assert.deepEqual(await namesFound(index, { text: "old" }), []);
    await index.apply([
      changeOf({ ...event, name: "Newest" }, 5),
      changeOf({ ...event, name: "Late" }, 4),
    ]);
    assert.deepEqual(await namesFound(index, {}), ["Newest"]);
  });

  test("the last to arrive of changes with one number wins", async (index) => {
    const event = eventDocument({ availableSeats: 9 });
    await add(index, event, { ...event, availableSeats: 7 });
    assert.equal((await index.find([event.eventId], { now: NOW }))[0]?.availableSeats, 7);
  });

  test("a search returns every field of an event as it was written", async (index) => {
    const event = eventDocument({
      description: "Lamps",
      venueAddress: "1 Main Road",
      totalCapacity: 100,
      latitude: 19.076,
      longitude: 72.8777,
      imageUrl: "https://x.test/a.png",
      organiserName: "Asha Kulkarni",
      prices: [10, 500],
      seatsTaken: 60,
      laterSeats: [{ from: daysAhead(1), availableSeats: 3 }],
    });
    await add(index, event);
    const found = async () => (await index.search(eventQuery())).hits.map((hit) => hit.document);
    assert.deepEqual(await found(), [event]);
    const changed = { ...event, imageUrl: undefined, organiserName: "Ravi Shah", version: 2 };
    await add(index, changed);
    assert.deepEqual(await found(), [changed]);
  });

  test("an edited event is found by its new words only", async (index) => {
    const event = eventDocument({ name: "Waltz" });
    await add(index, event);
    await add(index, { ...event, name: "Polka", version: 2 });
    assert.deepEqual(await namesFound(index, { text: "polka" }), ["Polka"]);
    assert.deepEqual(await namesFound(index, { text: "waltz" }), []);
  });

  test("a removed event ignores older changes, even if unseen", async (index) => {
    const [known, unknown] = [eventDocument({ name: "known" }), eventDocument({ name: "unknown" })];
    await index.apply([changeOf(known, 1), removalOf(known, 3), removalOf(unknown, 3)]);
    await index.apply([changeOf(known, 2), changeOf(unknown, 2)]);
    assert.deepEqual(await namesFound(index, {}), []);
    await index.apply([changeOf(known, 4), changeOf(unknown, 4)]);
    assert.deepEqual((await namesFound(index, {})).sort(), ["known", "unknown"]);
  });

  test("a late removal does not remove a newer version", async (index) => {
    const event = eventDocument();
    await index.apply([changeOf(event, 5), removalOf(event, 4)]);
    assert.equal((await namesFound(index, {})).length, 1);
  });

  test("a cancelled event stays removed on older changes", async (index) => {
    const event = eventDocument({ version: 1 });
    await add(index, event);
    await add(index, { ...event, status: "cancelled", version: 2 });
    await add(index, event);
    assert.deepEqual(await namesFound(index, {}), []);
    assert.deepEqual(await index.find([event.eventId], { now: NOW }), []);
  });

  test("forget() hides an event until its next change", async (index) => {
    const [event, other] = [eventDocument({ version: 2 }), eventDocument({ name: "other" })];
    await add(index, event, other);
    await index.forget(event.eventId);
    await index.forget(eventDocument().eventId);
    await add(index, { ...event, version: 1 });
    assert.deepEqual(await namesFound(index, {}), ["other"]);
    await add(index, { ...event, version: 3 });
    assert.equal((await namesFound(index, {})).length, 2);
  });

  test("finds listed events by id in the requested order", async (index) => {
    const [a, b] = [eventDocument(), eventDocument()];
    const draft = eventDocument({ status: "draft" });
    await add(index, a, b, draft);
    const ids = [b.eventId, draft.eventId, a.eventId, eventDocument().eventId];
    const found = await index.find(ids, { now: NOW });
    assert.deepEqual(found.map(({ eventId }) => eventId), [b.eventId, a.eventId]);
    assert.deepEqual(JSON.stringify(found), JSON.stringify([b, a]));
    assert.deepEqual(await index.find([], { now: NOW }), []);
  });
}
