import assert from "node:assert/strict";
import {
  dayAhead,
  daysAhead,
  eventDocument,
  eventQuery,
  NOW,
} from "../../../services/search/testing/world.ts";
import { MAX_REACHABLE_RESULTS } from "../../../services/search/discovery/wire.ts";
import { add, changeOf, namesFound, putInPlace, type Register } from "./changes.ts";
import {
  type EventQuery,
  type SortKey,
  SORTS,
} from "../../../services/search/index/search_index.ts";

function shifted(day: string, byDays: number): string {
  const date = new Date(day);
  date.setUTCDate(date.getUTCDate() + byDays);
  return date.toISOString().slice(0, day.length);
}

/** Tests filters, sorting, paging and the list of filters. */
export function testFilters(test: Register): void {
  test("finds events until they begin, or by day until they end", async (index) => {
    await add(
      index,
      eventDocument({ name: "published" }),
      eventDocument({ name: "sold out", status: "sold_out", availableSeats: 0 }),
      eventDocument({ name: "draft", status: "draft" }),
      eventDocument({ name: "cancelled", status: "cancelled" }),
      eventDocument({ name: "started", startsAt: daysAhead(-0.01) }),
      eventDocument({ name: "ended", startsAt: daysAhead(-2) }),
    );
    assert.deepEqual((await namesFound(index, {})).sort(), ["published", "sold out"]);
    for (const days of [{ fromDay: dayAhead(-9) }, { fromDay: dayAhead(0) }]) {
      assert.deepEqual((await namesFound(index, days)).sort(), [
        "published",
        "sold out",
        "started",
      ]);
    }
    assert.deepEqual(await namesFound(index, { toDay: dayAhead(0) }), ["started"]);
    assert.deepEqual(await namesFound(index, { toDay: dayAhead(0), onlyAvailable: true }), []);
    assert.deepEqual(await namesFound(index, { now: daysAhead(30) }), []);
    assert.deepEqual(await namesFound(index, { now: daysAhead(30), toDay: dayAhead(40) }), []);
    assert.deepEqual(await namesFound(index, { text: "cancelled" }), []);
  });

  test("filters by city, type, day, price and seats", async (index) => {
    const wanted = eventDocument({
      name: "wanted",
      venueCity: "São Paulo",
      eventType: "Concert",
      basePrice: 250,
      startsAt: daysAhead(5),
    });
    await add(index, wanted, eventDocument({ name: "other", availableSeats: 0 }));
    const filters: Partial<EventQuery>[] = [
      { city: "sao paulo" },
      { type: "concert" },
      { toDay: dayAhead(5) },
      { maxPrice: 250 },
      { onlyAvailable: true },
      { fromDay: dayAhead(5), toDay: dayAhead(5), minPrice: 250, maxPrice: 250 },
    ];
    for (const filter of filters) {
      assert.deepEqual(await namesFound(index, filter), ["wanted"], JSON.stringify(filter));
    }
    assert.deepEqual(await namesFound(index, { city: "Sao" }), []);
    assert.deepEqual(await namesFound(index, { toDay: dayAhead(4) }), []);
    assert.deepEqual(await namesFound(index, { fromDay: dayAhead(6) }), ["other"]);
    assert.deepEqual(await namesFound(index, { minPrice: 251 }), ["other"]);
  });

  test("finds an event exactly on its days in its own time zone", async (index) => {
    const zones: [string, string, string, string, string][] = [
      // Three days in Kolkata; in UTC it begins a day earlier.
      ["2026-11-09T20:00:00Z", "2026-11-12T10:00:00Z", "Asia/Kolkata", "2026-11-10", "2026-11-12"],
      // Ends exactly at midnight, so the next day is not included.
      ["2026-11-10T15:00:00Z", "2026-11-10T18:30:00Z", "Asia/Kolkata", "2026-11-10", "2026-11-10"],
      // Late evening in New York is the next day in UTC.
      [
        "2026-11-11T03:00:00Z",
        "2026-11-11T04:30:00Z",
        "America/New_York",
        "2026-11-10",
        "2026-11-10",
      ],
      // The same instant on both sides of the date line.
      [
        "2026-11-10T10:30:00Z",
        "2026-11-10T11:30:00Z",
        "Pacific/Kiritimati",
        "2026-11-11",
        "2026-11-11",
      ],
      [
        "2026-11-10T10:30:00Z",
        "2026-11-10T11:30:00Z",
        "Pacific/Pago_Pago",
        "2026-11-09",
        "2026-11-10",
      ],
      // The day on which summer time ends has 25 hours; the day on which it begins has 23.
      ["2027-10-31T00:30:00Z", "2027-10-31T23:00:00Z", "Europe/Berlin", "2027-10-31", "2027-10-31"],
      ["2027-03-27T23:30:00Z", "2027-03-28T22:00:01Z", "Europe/Berlin", "2027-03-28", "2027-03-29"],
      // Midnight does not exist on a day on which summer time begins at midnight.
      ["2027-03-27T21:30:00Z", "2027-03-27T22:00:00Z", "Asia/Beirut", "2027-03-27", "2027-03-27"],
      ["2027-05-01T00:00:00Z", "2027-05-02T00:00:00Z", "UTC", "2027-05-01", "2027-05-01"],
      ["9999-12-31T20:00:00Z", "9999-12-31T22:00:00Z", "Asia/Kolkata", "9999-12-31", "9999-12-31"],
    ];
    const before = (day: string) => shifted(day, -1);
    for (const [start, end, timezone, firstDay, lastDay] of zones) {
      const event = eventDocument({
        name: timezone,
        startsAt: new Date(start),
        endsAt: new Date(end),
        timeZone: timezone,
      });
      await add(index, event);
      for (const day of [firstDay, lastDay]) {
        const found = await namesFound(index, { fromDay: day, toDay: day });
        assert.deepEqual(found, [timezone], `${start} in ${timezone} on ${day}`);
      }
      assert.deepEqual(await namesFound(index, { toDay: before(firstDay) }), [], start);
      assert.deepEqual(await namesFound(index, { fromDay: "0001-01-01" }), [timezone], start);
      if (lastDay < "9999") {
        assert.deepEqual(await namesFound(index, { fromDay: shifted(lastDay, 1) }), [], start);
      }
      const { facets: { months } } = await index.search(eventQuery());
      assert.deepEqual(months, [{ value: firstDay.slice(0, 7), count: 1 }], start);
      await index.forget(event.eventId);
    }
  });

  test("counts months of upcoming events only", async (index) => {
    await add(
      index,
      eventDocument({ startsAt: daysAhead(-1), endsAt: daysAhead(60) }),
      eventDocument({ startsAt: daysAhead(2) }),
    );
    const { total, facets } = await index.search(eventQuery({ fromDay: dayAhead(-1) }));
    assert.equal(total, 2);
    assert.deepEqual(facets.months, [{ value: "2026-11", count: 1 }]);
  });

  test("filters and sorts by distance and returns it", async (index) => {
    await add(
      index,
      eventDocument({ name: "Delhi", latitude: 28.6139, longitude: 77.209 }),
      eventDocument({ name: "Pune", latitude: 18.5204, longitude: 73.8567 }),
      eventDocument({ name: "Mumbai", latitude: 19.076, longitude: 72.8777 }),
      eventDocument({ name: "nowhere" }),
    );
    const mumbai = { lat: 19.076, lon: 72.8777 };
    const around = { near: { ...mumbai, radiusKm: 150 }, sort: "distance" } as const;
    assert.deepEqual(await namesFound(index, around), ["Mumbai", "Pune"]);
    const everywhere = { near: { ...mumbai, radiusKm: undefined }, sort: "distance" } as const;
    assert.deepEqual(await namesFound(index, everywhere), ["Mumbai", "Pune", "Delhi", "nowhere"]);
    const { hits: [, pune] } = await index.search(eventQuery(around));
    assert.ok(Math.abs(pune!.distanceKm! - 120) < 2, `${pune!.distanceKm} km`);
  });

  test("sorts by date and price; ties by date, then by id", async (index) => {
    const [idA, idB] = [
      "11111111-1111-4111-8111-111111111111",
      "22222222-2222-4222-8222-222222222222",
    ];
    await add(
      index,
      eventDocument({ name: "late", startsAt: daysAhead(9), basePrice: 1 }),
      eventDocument({ name: "b", startsAt: daysAhead(3), basePrice: 2, eventId: idB }),
      eventDocument({ name: "a", startsAt: daysAhead(3), basePrice: 2, eventId: idA }),
      eventDocument({ name: "soon", startsAt: daysAhead(2), basePrice: 2 }),
    );
    assert.deepEqual(await namesFound(index, {}), ["soon", "a", "b", "late"]);
    assert.deepEqual(await namesFound(index, { sort: "date" }), ["soon", "a", "b", "late"]);
    assert.deepEqual(await namesFound(index, { sort: "price" }), ["late", "soon", "a", "b"]);
  });

  test("pages without gaps or duplicates, with facets over all", async (index) => {
    await add(
      index,
      ...Array.from({ length: 7 }, (_, i) =>
        eventDocument({
          name: `Event ${i}`,
          startsAt: daysAhead(i + 1),
          venueCity: i < 5 ? "Pune" : "Delhi",
          basePrice: i * 100,
        })),
      eventDocument({ name: "Elsewhere", eventType: "sport", basePrice: 9_999 }),
    );
    const query = eventQuery({ text: "event", limit: 3 });
    const pages = await Promise.all(
      [0, 3, 6].map((offset) => index.search({ ...query, sort: "date", offset })),
    );
    const names = pages.flatMap(({ hits }) => hits.map(({ document }) => document.name));
    assert.deepEqual(names, Array.from({ length: 7 }, (_, i) => `Event ${i}`));
    for (const { total, facets } of pages) {
      assert.equal(total, 7);
      assert.deepEqual(facets.cities, [{ value: "Pune", count: 5 }, { value: "Delhi", count: 2 }]);
    }
  });

  test("continues after any event in every sort order", async (index) => {
    const documents = Array.from({ length: 9 }, (_, i) =>
      eventDocument({
        name: `Event ${"x ".repeat(i % 3)}`,
        startsAt: daysAhead(1 + i % 4),
        basePrice: i % 2,
        totalCapacity: 40 + i % 3,
        ...(i % 4 === 0 ? {} : { latitude: 18 + i % 2, longitude: 73 }),
      }));
    await add(index, ...documents);
    for (const sort of SORTS) {
      const near = { lat: 18, lon: 73, radiusKm: undefined };
      const query = eventQuery({ text: "event", sort, near, limit: 2 });
      const { hits: whole } = await index.search({ ...query, limit: 20 });
      const found: string[] = [];
      let after: SortKey | undefined;
      for (let page = 0; page < 9; page++) {
        const { hits, next } = await index.search({ ...query, after });
        found.push(...hits.map(({ document }) => document.eventId));
        if (next === undefined) break;
        after = JSON.parse(JSON.stringify(next));
      }
      assert.deepEqual(found, whole.map(({ document }) => document.eventId), sort);
      assert.equal(new Set(found).size, documents.length, sort);
    }
  });

  test("continues by cursor beyond the last reachable page", async (index) => {
    const next = await index.rebuild();
    const documents = Array.from(
      { length: MAX_REACHABLE_RESULTS + 15 },
      (_, i) => eventDocument({ startsAt: new Date(daysAhead(1).getTime() + i) }),
    );
    await next.apply(documents.map((document) => changeOf(document)));
    await putInPlace(next, 1);
    const query = eventQuery({ sort: "date", limit: 10 });
    const last = await index.search({ ...query, offset: MAX_REACHABLE_RESULTS - 10 });
    assert.equal(last.total, documents.length);
    const beyond = await index.search({ ...query, after: last.next });
    const end = await index.search({ ...query, after: beyond.next });
    assert.deepEqual(
      [last, beyond, end].flatMap(({ hits }) => hits.map(({ document }) => document.eventId)),
      documents.slice(MAX_REACHABLE_RESULTS - 10).map(({ eventId }) => eventId),
    );
    assert.equal(end.next, undefined);
  });

  test("sorts by popularity, which is the number of taken seats", async (index) => {
    const seats = { totalCapacity: 100 };
    await add(
      index,
      eventDocument({ name: "unknown" }),
      eventDocument({ ...seats, name: "quiet", availableSeats: 90, startsAt: daysAhead(1) }),
      eventDocument({ ...seats, name: "hot", availableSeats: 0, status: "sold_out" }),
    );
    const found = await namesFound(index, { sort: "popularity" });
    assert.deepEqual(found, ["hot", "quiet", "unknown"]);
    assert.deepEqual(await namesFound(index, { status: "sold_out" }), ["hot"]);
  });

  test("lists the filters of findable events only", async (index) => {
    await add(
      index,
      eventDocument({ venueCity: "Pune", eventType: "sport", basePrice: 20 }),
      eventDocument({ venueCity: "Delhi", eventType: "sport", basePrice: 10 }),
      eventDocument({ venueCity: "Agra", eventType: "secret", basePrice: 1, status: "draft" }),
    );
    assert.deepEqual(await index.filters({ now: NOW }), {
      cities: ["Delhi", "Pune"],
      eventTypes: ["sport"],
      priceRange: { min: 10, max: 20, currency: "INR" },
    });
    assert.deepEqual(await index.filters({ now: daysAhead(30) }), {
      cities: [],
      eventTypes: [],
      priceRange: { min: 0, max: 0, currency: "INR" },
    });
  });
}
