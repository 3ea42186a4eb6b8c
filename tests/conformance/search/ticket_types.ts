import assert from "node:assert/strict";
import {
  daysAhead,
  eventDocument,
  eventQuery,
  NOW,
} from "../../../services/search/testing/world.ts";
import { atTime } from "../../../services/search/index/document.ts";
import type { EventQuery, SearchIndex } from "../../../services/search/index/search_index.ts";
import { add, namesFound, type Register } from "./changes.ts";

const MS_PER_DAY = 86_400_000;

/** Tests events with several prices, and with seats that go on sale and off it by the time. */
export function testTicketTypes(test: Register): void {
  test("finds an event by each of its prices, but not between them", async (index) => {
    await add(
      index,
      eventDocument({ name: "both", prices: [100, 1_000], basePrice: 100 }),
      eventDocument({ name: "cheap", basePrice: 50, startsAt: daysAhead(11) }),
      eventDocument({ name: "dear", basePrice: 500, startsAt: daysAhead(12) }),
    );
    const found = (minPrice?: number, maxPrice?: number) =>
      namesFound(index, { minPrice, maxPrice, sort: "date" });
    assert.deepEqual(await found(100, 100), ["both"]);
    assert.deepEqual(await found(1_000), ["both"]);
    assert.deepEqual(await found(400, 900), ["dear"]);
    assert.deepEqual(await found(101, 999), ["dear"]);
    assert.deepEqual(await found(undefined, 100), ["both", "cheap"]);
    assert.deepEqual(await found(1_001), []);
  });

  test("counts an event in the facet of each of its prices", async (index) => {
    await add(
      index,
      eventDocument({ prices: [0, 60, 70, 300], basePrice: 60 }),
      eventDocument({ basePrice: 60 }),
    );
    const { facets } = await index.search(eventQuery({ minPrice: 300 }));
    assert.deepEqual(facets.prices, [
      { from: 0, to: 0.01, count: 1 },
      { from: 0.01, to: 100, count: 2 },
      { from: 250, to: 500, count: 1 },
    ]);
    assert.deepEqual(facets.priceRange, { min: 0, max: 300, currency: "INR" });
    assert.deepEqual((await index.filters({ now: NOW })).priceRange, {
      min: 0,
      max: 300,
      currency: "INR",
    });
  });

  test("sorts by the lowest price, page by page", async (index) => {
    await add(
      index,
      eventDocument({ name: "c", prices: [30, 40] }),
      eventDocument({ name: "a", prices: [10, 900] }),
      eventDocument({ name: "b", prices: [20] }),
    );
    assert.deepEqual(await namesFound(index, { sort: "price" }), ["a", "b", "c"]);
    const query: Partial<EventQuery> = { sort: "price", limit: 1 };
    const first = await index.search(eventQuery(query));
    assert.deepEqual(first.next?.value, 10);
    assert.deepEqual(await namesFound(index, { ...query, after: first.next }), ["b"]);
  });

  test("popularity counts the seats taken, not those that are off sale", async (index) => {
    const seats = { totalCapacity: 100, availableSeats: 0 };
    await add(
      index,
      eventDocument({ ...seats, name: "off sale", seatsTaken: 1 }),
      eventDocument({ ...seats, name: "full" }),
      eventDocument({ ...seats, name: "half", seatsTaken: 50 }),
    );
    const found = await namesFound(index, { sort: "popularity" });
    assert.deepEqual(found, ["full", "half", "off sale"]);
  });

  test("seats go on sale and off it by the time, without a change", async (index) => {
    // Five seats on the first day, none on the second, three on the third, none afterwards.
    const laterSeats = [[1, 0], [2, 3], [3, 0]].map(([day, availableSeats]) => ({
      from: daysAhead(day!),
      availableSeats: availableSeats!,
    }));
    const always = eventDocument({ name: "always", startsAt: daysAhead(20) });
    const full = eventDocument({ name: "full", status: "sold_out", availableSeats: 0 });
    await add(index, eventDocument({ name: "timed", availableSeats: 5, laterSeats }), always, full);

    const expected: [number, string, number][] = [
      [0, "published", 5],
      [1 - 1 / MS_PER_DAY, "published", 5],
      [1, "published", 0],
      [2, "published", 3],
      [3 - 1 / MS_PER_DAY, "published", 3],
      [3, "sold_out", 0],
      [5, "sold_out", 0],
    ];
    for (const [day, status, seats] of expected) {
      const now = daysAhead(day);
      const { hits } = await index.search(eventQuery({ now, sort: "date" }));
      const seen = hits.map(({ document }) => atTime(document, now))
        .find(({ name }) => name === "timed");
      assert.deepEqual([seen?.status, seen?.availableSeats], [status, seats], `day ${day}`);
      await assertFound(index, { now, status: "published" }, [
        ...(status === "published" ? ["timed"] : []),
        "always",
      ]);
      await assertFound(index, { now, status: "sold_out" }, [
        ...(status === "sold_out" ? ["timed"] : []),
        "full",
      ]);
      const available = [...(seats > 0 ? ["timed"] : []), "always"];
      await assertFound(index, { now, onlyAvailable: true }, available);
    }
  });
}

async function assertFound(
  index: SearchIndex,
  query: Partial<EventQuery>,
  names: readonly string[],
): Promise<void> {
  assert.deepEqual(
    (await namesFound(index, query)).sort(),
    [...names].sort(),
    JSON.stringify(query),
  );
}
