import assert from "node:assert/strict";
import { daysAhead, eventDocument, eventQuery } from "../../../services/search/testing/world.ts";
import { add, type Register } from "./changes.ts";
import {
  type EventQuery,
  type Facets,
  noFacets,
  type SearchIndex,
} from "../../../services/search/index/search_index.ts";

/** Tests the facets of a search. */
export function testFacets(test: Register): void {
  async function facets(index: SearchIndex, query: Partial<EventQuery> = {}): Promise<Facets> {
    return (await index.search(eventQuery(query))).facets;
  }

  /** Cities Pune (2) and Delhi (2), types concert (3) and sport (1), prices 0, 50, 300, 300. */
  async function addFour(index: SearchIndex): Promise<void> {
    const pune = { venueCity: "Pune", eventType: "concert" };
    const delhi = { venueCity: "Delhi", eventType: "concert" };
    await add(
      index,
      eventDocument({ ...pune, basePrice: 0, startsAt: new Date("2026-11-30T23:59:59Z") }),
      eventDocument({ ...pune, basePrice: 50, startsAt: new Date("2026-12-01T00:00:00Z") }),
      eventDocument({
        ...delhi,
        basePrice: 300,
        startsAt: new Date("2026-12-24T20:00:00Z"),
      }),
      eventDocument({
        ...delhi,
        eventType: "sport",
        basePrice: 300,
        startsAt: new Date("2027-01-05T10:00:00Z"),
      }),
    );
  }

  test("counts cities, types, prices and months of the results", async (index) => {
    await addFour(index);
    assert.deepEqual(await facets(index), {
      cities: [{ value: "Delhi", count: 2 }, { value: "Pune", count: 2 }],
      eventTypes: [{ value: "concert", count: 3 }, { value: "sport", count: 1 }],
      priceRange: { min: 0, max: 300, currency: "INR" },
      currencies: [{ value: "INR", count: 4 }],
      prices: [
        { from: 0, to: 0.01, count: 1 },
        { from: 0.01, to: 100, count: 1 },
        { from: 250, to: 500, count: 2 },
      ],
      months: [
        { value: "2026-11", count: 1 },
        { value: "2026-12", count: 2 },
        { value: "2027-01", count: 1 },
      ],
    });
  });

  test("each facet ignores its own filter and applies the others", async (index) => {
    await addFour(index);
    const found = await index.search(eventQuery({ city: "pune" }));
    assert.equal(found.total, 2);
    assert.deepEqual(found.facets.cities, [{ value: "Delhi", count: 2 }, {
      value: "Pune",
      count: 2,
    }]);
    assert.deepEqual(found.facets.eventTypes, [{ value: "concert", count: 2 }]);
    assert.deepEqual(found.facets.priceRange, { min: 0, max: 50, currency: "INR" });

    const both = await facets(index, { city: "pune", type: "sport" });
    assert.deepEqual(both.cities, [{ value: "Delhi", count: 1 }]);
    assert.deepEqual(both.eventTypes, [{ value: "concert", count: 2 }]);
    assert.deepEqual(both.prices, []);

    const cheap = await facets(index, { maxPrice: 50 });
    assert.deepEqual(cheap.priceRange, { min: 0, max: 300, currency: "INR" });
    assert.deepEqual(cheap.cities, [{ value: "Pune", count: 2 }]);
    assert.deepEqual(cheap.months.map(({ value }) => value), ["2026-11", "2026-12"]);

    const december = await facets(index, {
      fromDay: "2026-12-01",
      toDay: "2026-12-31",
    });
    assert.equal(december.months.length, 3);
    // The event that begins on the last evening of November ends in December.
    assert.deepEqual(december.eventTypes, [{ value: "concert", count: 3 }]);
  });

  test("merges values that differ only in case or accents", async (index) => {
    const cities = ["São Paulo", "SAO PAULO", "São Paulo", "Rio"];
    await add(index, ...cities.map((venueCity) => eventDocument({ venueCity })));
    assert.deepEqual((await facets(index)).cities, [
      { value: "São Paulo", count: 3 },
      { value: "Rio", count: 1 },
    ]);
  });

  test("counts only the facets that are asked for", async (index) => {
    await addFour(index);
    const { city, price, all } = {
      city: await facets(index, { facets: ["city"], city: "pune" }),
      price: await facets(index, { facets: ["price", "date"], maxPrice: 50 }),
      all: await facets(index),
    };
    assert.deepEqual(city, { ...noFacets("INR"), cities: all.cities });
    const { priceRange, currencies, prices } = all;
    const months = all.months.slice(0, 2).map((month) => ({ ...month, count: 1 }));
    assert.deepEqual(price, { ...noFacets("INR"), priceRange, currencies, prices, months });
    assert.deepEqual(await facets(index, { facets: [] }), noFacets("INR"));
  });

  test("words and other filters restrict every facet", async (index) => {
    await add(
      index,
      eventDocument({ name: "Jazz", venueCity: "Pune", startsAt: daysAhead(3) }),
      eventDocument({ name: "Rock", venueCity: "Delhi" }),
      eventDocument({ name: "Jazz full", venueCity: "Agra", availableSeats: 0 }),
    );
    const query = { text: "jazz", onlyAvailable: true };
    assert.deepEqual((await facets(index, query)).cities, [{ value: "Pune", count: 1 }]);
  });
}
