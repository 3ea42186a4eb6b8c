import assert from "node:assert/strict";
import { eventDocument, NOW } from "../../testing/documents.ts";
import { add, later, namesFound, type Register } from "./register.ts";

/** Which of several writes of an event counts. */
export function testWrites(test: Register): void {
  test("an older version never overwrites a newer one", async (index) => {
    const event = eventDocument({ name: "New", version: 3 });
    await add(index, event);
    await index.index([{ ...event, name: "Old", version: 2 }], { asOf: later(10) });
    assert.deepEqual(await namesFound(index, {}), ["New"]);
    assert.deepEqual(await namesFound(index, { text: "old" }), []);
  });

  test("of two readings of one version the later counts, in whatever order they arrive", async (index) => {
    const event = eventDocument({ available_seats: 9 });
    await add(index, event);
    await index.index([{ ...event, available_seats: 7 }], { asOf: later(20) });
    await index.index([{ ...event, available_seats: 8 }], { asOf: later(10) });
    assert.equal((await index.find([event.event_id], { now: NOW }))[0]?.available_seats, 7);
  });

  test("an edited event is found by its new words only", async (index) => {
    const event = eventDocument({ name: "Waltz" });
    await add(index, event);
    await add(index, { ...event, name: "Polka", version: 2 });
    assert.deepEqual(await namesFound(index, { text: "polka" }), ["Polka"]);
    assert.deepEqual(await namesFound(index, { text: "waltz" }), []);
    assert.equal(await index.count(), 1);
  });

  test("a removed event stays out whatever older writes arrive, also one never seen", async (index) => {
    const known = eventDocument({ version: 2 });
    const unknown = eventDocument();
    await add(index, known);
    await index.remove(known.event_id, { asOf: later(10), version: 2 });
    await index.remove(unknown.event_id, { asOf: later(10) });
    await index.index([known, unknown], { asOf: later(20) });
    assert.equal(await index.count(), 0);
    await index.index([{ ...known, version: 3 }], { asOf: later(30) });
    await index.index([{ ...unknown, updated_at: later(10) }], { asOf: later(30) });
    assert.equal(await index.count(), 2);
  });

  test("a removed event comes back when its source, read afterwards, still has it", async (index) => {
    const event = eventDocument();
    await index.remove(event.event_id, { asOf: later(10) });
    await index.index([event], { asOf: later(5), readAfter: later(5) });
    assert.equal(await index.count(), 0);
    await index.index([event], { asOf: later(20), readAfter: later(20) });
    assert.equal(await index.count(), 1);
  });

  test("the removal of an overtaken version removes nothing", async (index) => {
    const event = eventDocument({ version: 5 });
    await add(index, event);
    await index.remove(event.event_id, { asOf: later(10), version: 4 });
    assert.equal(await index.count(), 1);
  });

  test("a cancelled event leaves, and an older write does not bring it back", async (index) => {
    const event = eventDocument({ version: 1 });
    await add(index, event);
    await add(index, { ...event, status: "cancelled", version: 2 });
    await add(index, event);
    assert.equal(await index.count(), 0);
  });

  test("what no write has mentioned since a time can be taken out", async (index) => {
    const [gone, kept] = [eventDocument({ name: "gone" }), eventDocument({ name: "kept" })];
    await add(index, gone, kept);
    await index.index([kept], { asOf: later(10) });
    await index.removeNotIndexedSince(later(10));
    assert.deepEqual(await namesFound(index, {}), ["kept"]);
  });

  test("finds by id in the order asked, and only what may be found", async (index) => {
    const [a, b] = [eventDocument(), eventDocument()];
    const draft = eventDocument({ status: "draft" });
    await add(index, a, b, draft);
    const ids = [b.event_id, draft.event_id, a.event_id];
    assert.deepEqual(await index.find(ids, { now: NOW }), [b, a]);
  });
}
