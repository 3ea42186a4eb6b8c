import assert from "node:assert/strict";
import { daysAhead, eventDocument, NOW } from "../../../services/search/testing/world.ts";
import { add, type Register } from "./changes.ts";
import type { SearchIndex } from "../../../services/search/index/search_index.ts";

/** What is suggested as one types. */
export function testSuggestions(test: Register): void {
  const suggest = (index: SearchIndex, text: string, limit = 10) =>
    index.suggest({ text, limit, now: NOW });

  test("suggests distinct names, venues and cities as one types", async (index) => {
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

  test("suggests what is popular first, then what is soon", async (index) => {
    const names = { quiet: "Jazz quiet", hot: "Jazz hot", soon: "Jazz soon" };
    await add(
      index,
      eventDocument({ name: names.quiet, startsAt: daysAhead(9) }),
      eventDocument({ name: names.hot, startsAt: daysAhead(20), totalCapacity: 90 }),
      eventDocument({ name: names.soon, startsAt: daysAhead(2) }),
    );
    assert.deepEqual(await suggest(index, "jaz"), [names.hot, names.soon, names.quiet]);
  });

  test("suggests in spite of a typo in a word that is not whole yet", async (index) => {
    await add(index, eventDocument({ name: "Orchestra" }));
    assert.deepEqual(await suggest(index, "orkest"), ["Orchestra"]);
  });

  test("suggests neither what has ended nor what is taken out, and one spelling of a value", async (index) => {
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
