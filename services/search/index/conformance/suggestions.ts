import assert from "node:assert/strict";
import { eventDocument, NOW } from "../../testing/documents.ts";
import { add, type Register } from "./register.ts";
import type { SearchIndex } from "../search_index.ts";

/** What is suggested as one types. */
export function testSuggestions(test: Register): void {
  const suggest = (index: SearchIndex, text: string, limit = 10) =>
    index.suggest({ text, limit, now: NOW });

  test("suggests distinct names, venues and cities as one types", async (index) => {
    await add(
      index,
      eventDocument({ name: "Mumbai Marathon", venue_city: "Mumbai", description: "Music" }),
      eventDocument({ name: "Tech Summit", venue_name: "Museum Hall", venue_city: "Mumbai" }),
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
}
