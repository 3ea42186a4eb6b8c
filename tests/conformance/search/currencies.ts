import assert from "node:assert/strict";
import {
  daysAhead,
  eventDocument,
  eventQuery,
  NOW,
} from "../../../services/search/testing/world.ts";
import type { EventQuery, SearchIndex } from "../../../services/search/index/search_index.ts";
import { add, namesFound, type Register } from "./changes.ts";

/** Events of three currencies, cheapest first within each. */
async function addThreeCurrencies(index: SearchIndex): Promise<void> {
  const of = (name: string, currency: string, basePrice: number, day: number) =>
    eventDocument({ name, currency, basePrice, startsAt: daysAhead(day) });
  await add(
    index,
    of("rupees", "INR", 900, 9),
    of("more rupees", "INR", 1_000, 8),
    of("yen", "JPY", 950, 7),
    of("more yen", "JPY", 5_000, 6),
    of("most yen", "JPY", 90_000, 5),
    of("dinars", "KWD", 4.125, 4),
  );
}

/** Tests that prices are compared within one currency. */
export function testCurrencies(test: Register): void {
  test("a price filter finds events of its currency alone", async (index) => {
    await addThreeCurrencies(index);
    const found = (query: Partial<EventQuery>) => namesFound(index, { ...query, sort: "date" });
    assert.deepEqual(await found({ currency: "INR", minPrice: 920 }), ["more rupees"]);
    assert.deepEqual(await found({ currency: "JPY", maxPrice: 5_000 }), ["more yen", "yen"]);
    assert.deepEqual(await found({ currency: "KWD", minPrice: 4.125, maxPrice: 4.125 }), [
      "dinars",
    ]);
    assert.deepEqual(await found({ currency: "EUR", minPrice: 0 }), []);
    await add(index, eventDocument({ name: "free", currency: "EUR", basePrice: 0 }));
    assert.deepEqual(await found({ currency: "INR", maxPrice: 0 }), ["free"], "in any currency");
    assert.equal((await found({ currency: "JPY" })).length, 7, "without a price all are found");
  });

  test("sorts by price within its currency, others last by date, page by page", async (index) => {
    await addThreeCurrencies(index);
    const inYen = ["yen", "more yen", "most yen", "dinars", "more rupees", "rupees"];
    const query: Partial<EventQuery> = { currency: "JPY", sort: "price" };
    assert.deepEqual(await namesFound(index, query), inYen);
    const paged: string[] = [];
    let after: EventQuery["after"];
    do {
      const page = await index.search(eventQuery({ ...query, limit: 2, after }));
      paged.push(...page.hits.map(({ document }) => document.name));
      after = page.next;
    } while (after && paged.length < 10);
    assert.deepEqual(paged, inYen);
  });

  test("facets of prices are of the currency, and count all currencies", async (index) => {
    await addThreeCurrencies(index);
    const { facets, total } = await index.search(eventQuery({ currency: "JPY", minPrice: 6_000 }));
    assert.equal(total, 1);
    assert.deepEqual(facets.priceRange, { min: 950, max: 90_000, currency: "JPY" });
    assert.deepEqual(facets.prices.map(({ from, count }) => [from, count]), [
      [500, 1],
      [5_000, 1],
      [25_000, 1],
    ]);
    assert.deepEqual(facets.currencies, [
      { value: "JPY", count: 3 },
      { value: "INR", count: 2 },
      { value: "KWD", count: 1 },
    ]);
    const none = await index.search(eventQuery({ currency: "EUR" }));
    assert.deepEqual(none.facets.priceRange, { min: 0, max: 0, currency: "EUR" });
    assert.deepEqual(none.facets.prices, []);
    const filters = await index.filters({ now: NOW, currency: "KWD" });
    assert.deepEqual(filters.priceRange, { min: 4.125, max: 4.125, currency: "KWD" });
  });

  test("an edition knows the currency that most events have", async (index) => {
    assert.equal((await index.edition(NOW)).currency, "INR", "of no events");
    await add(index, eventDocument({ currency: "KWD", startsAt: daysAhead(1) }));
    assert.equal((await index.edition(NOW)).currency, "KWD");
    await addThreeCurrencies(index);
    assert.equal((await index.edition(NOW)).currency, "JPY");
  });
}
