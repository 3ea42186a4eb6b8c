import assert from "node:assert/strict";
import { daysAhead, eventDocument, NOW } from "../../../services/search/testing/world.ts";
import { add, type Register } from "./changes.ts";
import type { SearchIndex } from "../../../services/search/index/search_index.ts";

/** Tests suggestions for a partly typed text. */
export function testSuggestions(test: Register): void {
  const suggest = (index: SearchIndex, text: string, limit = 10) =>
    index.suggest({ text, limit, now: NOW });

  test("suggests distinct names, venues and cities", async (index) => {
    await add(
      index,
      eventDocument({ name: "Mumbai Marathon", venueCity: "Mumbai", description: "Music" }),
      eventDocument({ name: "Tech Summit", venueName: "Museum Hall", venueCity: "Mumbai" }),
      eventDocument({ name: "Mural Walk", status: "draft" }),
    );
    const suggestions = await suggest(index, "mu");
    assert.deepEqual(suggestions.toSorted(), ["Mumbai", "Mumbai Marathon", "Museum Hall"]);
    assert.equal((await suggest(index, "mu", 2)).length, 2);
    assert.deepEqual(await suggest(index, "zzzz"), []);
  });

  test("suggests in spite of a typo", async (index) => {
    await add(index, eventDocument({ name: "Diwali Lights" }));
    for (const text of ["diwalli", "dewali", "DIWALI li"]) {
      assert.deepEqual(await suggest(index, text), ["Diwali Lights"], text);
    }
  });

  test("suggests popular events first, then earlier ones", async (index) => {
    const names = { quiet: "Jazz quiet", hot: "Jazz hot", soon: "Jazz soon" };
    await add(
      index,
      eventDocument({ name: names.quiet, startsAt: daysAhead(9) }),
      eventDocument({ name: names.hot, startsAt: daysAhead(20), totalCapacity: 90 }),
      eventDocument({ name: names.soon, startsAt: daysAhead(2) }),
    );
    assert.deepEqual(await suggest(index, "jaz"), [names.hot, names.soon, names.quiet]);
  });

  test("suggests in spite of a typo in an incomplete word", async (index) => {
    await add(index, eventDocument({ name: "Orchestra" }));
    assert.deepEqual(await suggest(index, "orkest"), ["Orchestra"]);
  });

  test("suggests each value once, without ended or removed events", async (index) => {
    const gone = eventDocument({ name: "Museum gone" });
    await add(
      index,
      gone,
      eventDocument({ name: "Museum ended", startsAt: daysAhead(-3) }),
      eventDocument({ name: "Museum Night" }),
      eventDocument({ name: "MUSEUM night", startsAt: daysAhead(30) }),
    );
    await index.apply([{ eventId: gone.eventId, change: 2, document: undefined }]);
    assert.deepEqual(await suggest(index, "museum"), ["Museum Night"]);
  });
}
