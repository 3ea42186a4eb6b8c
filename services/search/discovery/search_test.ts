import assert from "node:assert/strict";
import {
  type Answer,
  createSearchWorld,
  dayAhead,
  daysAhead,
  eventDocument,
  NOW,
  TEST_ELASTICSEARCH_URL,
} from "../testing/world.ts";

Deno.test("GET /search returns results, facets and the time taken; events repeats results", async () => {
  await using world = await createSearchWorld();
  const event = eventDocument({
    name: "Diwali Lights",
    description: "Lamps",
    venueAddress: "1 Main Road",
    basePrice: 499.5,
    latitude: 19.076,
    longitude: 72.8777,
    imageUrl: "https://x.test/a.png",
    organiserName: "Asha Kulkarni",
    totalCapacity: 100,
  });
  await world.tell(event);
  await world.tell(eventDocument());
  const { status, body } = await world.send(
    "GET",
    "/api/v1/search?q=diwalli&lat=19.076&lon=72.8777",
  );
  assert.equal(status, 200);
  const result = body.results[0]!;
  assert.ok(result.score > 0);
  assert.match(body.query_time, /^\d+\.\dms$/);
  assert.deepEqual(body, {
    results: [{
      event_id: event.eventId,
      name: "Diwali Lights",
      description: "Lamps",
      venue_name: "Town Square",
      venue_city: "Springfield",
      venue_address: "1 Main Road",
      event_type: "meetup",
      start_datetime: "2026-11-11T12:00:00.000Z",
      end_datetime: "2026-11-11T15:00:00.000Z",
      base_price: 499.5,
      price_min: 499.5,
      price_max: 499.5,
      currency: "INR",
      timezone: "UTC",
      available_seats: 40,
      status: "published",
      on_sale: true,
      score: result.score,
      distance_km: 0,
      latitude: 19.076,
      longitude: 72.8777,
      organiser_name: "Asha Kulkarni",
      image_url: "https://x.test/a.png",
      total_capacity: 100,
      state: "on_sale",
    }],
    total: 1,
    page: 1,
    limit: 20,
    query_time: body.query_time,
    facets: {
      cities: [{ value: "Springfield", count: 1 }],
      event_types: [{ value: "meetup", count: 1 }],
      price_range: { min: 499.5, max: 499.5, currency: "INR" },
      currencies: [{ value: "INR", count: 1 }],
      prices: [{ from: 250, to: 500, count: 1 }],
      months: [{ value: "2026-11", count: 1 }],
    },
    events: body.results,
  });
});

Deno.test("GET /search omits absent fields and returns empty lists for an empty index", async () => {
  await using world = await createSearchWorld();
  const { body: empty } = await world.send("GET", "/api/v1/search");
  assert.deepEqual([empty.results, empty.events, empty.total], [[], [], 0]);
  assert.deepEqual(empty.facets, {
    cities: [],
    event_types: [],
    price_range: { min: 0, max: 0, currency: "INR" },
    currencies: [],
    prices: [],
    months: [],
  });
  await world.tell(eventDocument());
  const { body } = await world.send("GET", "/api/v1/search");
  const optional = "description venue_address distance_km latitude longitude organiser_name " +
    "image_url total_capacity sales_start";
  for (const field of optional.split(" ")) {
    assert.ok(!(field in body.results[0]!), field);
  }
});

Deno.test("a result tells sold out, on sale soon and begun apart", async () => {
  await using world = await createSearchWorld();
  const sold = { status: "sold_out", availableSeats: 0 } as const;
  const later = [{ from: daysAhead(2), availableSeats: 5 }, {
    from: daysAhead(3),
    availableSeats: 0,
  }];
  await world.tell(eventDocument({ name: "open" }));
  await world.tell(eventDocument({ name: "full", ...sold }));
  await world.tell(eventDocument({ name: "soon", availableSeats: 0, laterSeats: later }));
  await world.tell(eventDocument({ name: "off", ...sold, laterSeats: [later[1]!] }));
  const begun = { startsAt: daysAhead(-0.01), endsAt: daysAhead(1) };
  await world.tell(eventDocument({ name: "begun", ...begun }));

  const path = `/api/v1/search?date_from=${dayAhead(0)}`;
  const { body } = await world.send("GET", path);
  const seen = body.results.map(({ name, state, sales_start }) => [name, state, sales_start]);
  assert.deepEqual(seen.sort(), [
    ["begun", "ended", undefined],
    ["full", "sold_out", undefined],
    ["off", "sold_out", undefined],
    ["open", "on_sale", undefined],
    ["soon", "soon", daysAhead(2).toISOString()],
  ]);
});

Deno.test("GET /search applies every filter and ignores empty ones", async () => {
  await using world = await createSearchWorld();
  await world.tell(eventDocument({
    name: "wanted",
    venueCity: "Pune",
    eventType: "concert",
    startsAt: new Date("2026-11-20T23:00:00Z"),
    basePrice: 99.5,
    latitude: 18.5,
    longitude: 73.8,
  }));
  await world.tell(eventDocument({ name: "other", basePrice: 1_000, availableSeats: 0 }));
  const filters = [
    "city=pune",
    "type=Concert",
    "date_from=2026-11-20",
    "date_from=2026-11-20&date_to=2026-11-20",
    "max_price=99.5",
    "min_price=99.5&max_price=100",
    "available=true",
    "lat=18.5&lon=73.8&radius_km=5&sort=distance",
    "city=pune&type=&date_from=&min_price=&available=&lat=&sort=",
  ];
  for (const filter of filters) {
    const { body } = await world.send("GET", `/api/v1/search?${filter}`);
    assert.deepEqual(body.results.map(({ name }) => name), ["wanted"], filter);
  }
  const { body } = await world.send("GET", "/api/v1/search?date_to=2026-11-19&min_price=99.6");
  assert.deepEqual(body.results.map(({ name }) => name), ["other"]);
});

Deno.test("GET /search decides on_sale by the clock, not by the time of indexing", async () => {
  await using world = await createSearchWorld();
  const startDatetime = new Date(NOW.getTime() + 1_000);
  const timezone = "Asia/Kolkata";
  await world.tell(eventDocument({ name: "Evening", startsAt: startDatetime, timeZone: timezone }));
  const find = async (query: string) => {
    const { body } = await world.send("GET", `/api/v1/search?${query}`);
    return body.results.map(({ name, on_sale, timezone }) => [name, on_sale, timezone]);
  };
  const [toCome, onItsDay, available] = ["q=", "date_from=2026-11-01", "available=true"];
  const trending = async () =>
    (await world.send("GET", "/api/v1/search/trending")).body.events.length;
  const suggested = async () =>
    (await world.send("GET", "/api/v1/search/suggestions?q=eve")).body.suggestions.length;

  world.clock.advance(999);
  for (const query of [toCome, onItsDay, available]) {
    assert.deepEqual(await find(query), [["Evening", true, timezone]], query);
  }
  assert.deepEqual([await trending(), await suggested()], [1, 1]);
  world.clock.advance(1);
  assert.deepEqual(await find(onItsDay), [["Evening", false, timezone]]);
  for (const query of [toCome, available, `${onItsDay}&${available}`]) {
    assert.deepEqual(await find(query), [], query);
  }
  assert.deepEqual([await trending(), await suggested()], [0, 0]);
});

Deno.test("GET /search pages, and clamps page and limit", async () => {
  await using world = await createSearchWorld();
  for (const day of [1, 2, 3]) {
    await world.tell(eventDocument({ name: `Day ${day}`, startsAt: daysAhead(day) }));
  }
  const { body: second } = await world.send("GET", "/api/v1/search?page=2&limit=2&sort=date");
  assert.deepEqual(second.results.map(({ name }) => name), ["Day 3"]);
  assert.deepEqual([second.total, second.page, second.limit], [3, 2, 2]);
  const { body: clamped } = await world.send("GET", "/api/v1/search?page=-1&limit=1000");
  assert.deepEqual([clamped.page, clamped.limit, clamped.results.length], [1, 100, 3]);
  const { body: least } = await world.send("GET", "/api/v1/search?limit=0");
  assert.equal(least.limit, 1);
});

Deno.test("GET /search pages by cursor to the end, only in the cursor's own sort", async () => {
  await using world = await createSearchWorld();
  for (const day of [1, 2, 3, 4]) {
    await world.tell(eventDocument({ name: `Day ${day}`, startsAt: daysAhead(day) }));
  }
  const path = "/api/v1/search?limit=3&sort=date";
  const { body: first } = await world.send("GET", path);
  const { body: second } = await world.send("GET", `${path}&cursor=${first.next_cursor}`);
  assert.deepEqual(second.results.map(({ name }) => name), ["Day 4"]);
  assert.equal(second.total, 4);
  assert.ok(!("next_cursor" in second));
  const { status, body } = await world.send(
    "GET",
    `/api/v1/search?sort=price&cursor=${first.next_cursor}`,
  );
  assert.deepEqual([status, body.error], [400, "cursor is of a search by date"]);
});

Deno.test("GET /search refuses a malformed parameter and names it", async () => {
  await using world = await createSearchWorld();
  const refusals = [
    ["date_from=tomorrow", "date_from must be a date (YYYY-MM-DD)"],
    ["date_to=2026-02-30", "date_to must be a date (YYYY-MM-DD)"],
    ["min_price=cheap", "min_price must be a number"],
    ["max_price=1e999", "max_price must be a number"],
    ["page=two", "page must be a number"],
    ["page=501", "page must not go past 10000 results"],
    ["page=99999999999999999&limit=1", "page must not go past 10000 results"],
    ["lat=91&lon=0", "lat must be a number from -90 to 90"],
    ["lat=9", "lat and lon must be given together"],
    ["radius_km=5", "radius_km needs lat and lon"],
    ["sort=distance", "sort=distance needs lat and lon"],
    ["sort=fame", "sort must be one of relevance, date, price, distance, popularity"],
    ["status=draft", "status must be one of published, sold_out"],
    ["cursor=abc", "cursor must be the next_cursor of a search"],
    [`cursor=${btoa('["price",1,1,"x"]')}`, "cursor must be the next_cursor of a search"],
    ["available=maybe", "available must be true or false"],
    [`q=${"x".repeat(501)}`, "q must have at most 500 characters"],
    ["q=a&q=b", "q must be given once"],
  ];
  for (const [query, error] of refusals) {
    const { status, body } = await world.send("GET", `/api/v1/search?${query}`);
    assert.equal(status, 400, query);
    assert.equal(body.error, error);
    assert.equal(body.code, "VALIDATION_FAILED");
  }
  const { status } = await world.send("GET", "/api/v1/search?page=500");
  assert.equal(status, 200);
});

Deno.test("GET /search survives any text", async () => {
  await using world = await createSearchWorld();
  await world.tell(eventDocument());
  for (const text of ["%", "\ud800", "💥", "a".repeat(200), "() => __proto__", " "]) {
    const path = `/api/v1/search?${new URLSearchParams({ q: text })}`;
    assert.equal((await world.send("GET", path)).status, 200, JSON.stringify(text));
  }
  const refused = await world.send("GET", "/api/v1/search?q=%00");
  assert.deepEqual(
    [refused.status, refused.body.error],
    [400, "q must not contain NUL characters"],
  );
});

Deno.test("GET /search tells by Cache-Status what it remembers, until a write or a start", async () => {
  await using world = await createSearchWorld();
  const startsAt = new Date(NOW.getTime() + 10_000);
  await world.tell(eventDocument({ name: "Jazz 1", startsAt }));

  async function search(query: string): Promise<[string | null, string[]]> {
    const answer = await world.read(`/api/v1/search?${query}`);
    const { events, results }: Answer["body"] = await answer.json();
    assert.deepEqual(events, results);
    return [answer.headers.get("Cache-Status"), results.map(({ name }) => name)];
  }

  const engine = TEST_ELASTICSEARCH_URL ? "elasticsearch" : "embedded";
  const miss = `evently-search; fwd=miss; detail=${engine}`;
  const hit = "evently-search; hit";
  assert.deepEqual(await search("q=jazz"), [miss, ["Jazz 1"]]);
  assert.deepEqual(await search("q=JAZZ&page=1"), [hit, ["Jazz 1"]]);
  await world.tell(eventDocument({ name: "Jazz 2", startsAt: daysAhead(2) }));
  assert.deepEqual(await search("q=jazz"), [miss, ["Jazz 1", "Jazz 2"]]);
  assert.deepEqual(await search("q=jazz"), [hit, ["Jazz 1", "Jazz 2"]]);
  world.clock.set(startsAt);
  assert.deepEqual(await search("q=jazz"), [miss, ["Jazz 2"]]);
});

Deno.test("GET /search compares prices in the currency named, or in the one of most events", async () => {
  await using world = await createSearchWorld();
  await world.tell(eventDocument({ name: "dear", currency: "JPY", basePrice: 5_000 }));
  await world.tell(eventDocument({ name: "cheap", currency: "JPY", basePrice: 400 }));
  await world.tell(eventDocument({ name: "rupees", currency: "INR", basePrice: 500 }));
  async function search(query: string) {
    const { body } = await world.send("GET", `/api/v1/search?${query}`);
    const names = body.results.map(({ name }: { name: string }) => name);
    return [names, body.facets.price_range.currency];
  }
  assert.deepEqual(await search("max_price=1000"), [["cheap"], "JPY"]);
  assert.deepEqual(await search("sort=price"), [["cheap", "dear", "rupees"], "JPY"]);
  assert.deepEqual(await search("max_price=1000&currency=inr"), [["rupees"], "INR"]);
  const filters = await (await world.read("/api/v1/search/filters")).json();
  assert.deepEqual(filters.price_range, { min: 400, max: 5_000, currency: "JPY" });
  const refused = await world.send("GET", "/api/v1/search?currency=rupees");
  assert.deepEqual([refused.status, refused.body.error], [
    400,
    "currency must be an ISO 4217 code of a currency, such as INR",
  ]);
});
