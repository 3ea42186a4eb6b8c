import assert from "node:assert/strict";
import {
  createSearchWorld,
  daysAhead,
  down,
  eventDocument,
  type SearchWorld,
} from "../testing/world.ts";

Deno.test("GET /search/suggestions completes what is typed, and clamps limit", async () => {
  await using world = await createSearchWorld();
  await world.tell(eventDocument({ name: "Diwali Lights", venueCity: "Dispur" }));
  assert.deepEqual((await world.send("GET", "/api/v1/search/suggestions?q=di")).body, {
    suggestions: ["Diwali Lights", "Dispur"],
  });
  const { body } = await world.send("GET", "/api/v1/search/suggestions?q=di&limit=-3");
  assert.equal(body.suggestions.length, 1);
});

Deno.test("GET /search/suggestions needs a text", async () => {
  await using world = await createSearchWorld();
  for (const query of ["", "?q=", "?q=%20", "?limit=3"]) {
    const { status, body } = await world.send("GET", `/api/v1/search/suggestions${query}`);
    assert.equal(status, 400, query);
    assert.equal(body.error, "Query parameter 'q' is required");
  }
  const { body } = await world.send("GET", "/api/v1/search/suggestions?q=a&limit=many");
  assert.equal(body.error, "limit must be a number");
});

Deno.test("GET /search/filters names cities, types and prices", async () => {
  await using world = await createSearchWorld();
  await world.tell(eventDocument({ venueCity: "Pune", basePrice: 10 }));
  await world.tell(eventDocument({ venueCity: "Agra", basePrice: 20.5 }));
  assert.deepEqual((await world.send("GET", "/api/v1/search/filters")).body, {
    cities: ["Agra", "Pune"],
    event_types: ["meetup"],
    price_range: { min: 10, max: 20.5, currency: "INR" },
  });
});

async function trending(world: SearchWorld, query = ""): Promise<[string, number][]> {
  const { status, body } = await world.send("GET", `/api/v1/search/trending${query}`);
  assert.equal(status, 200);
  return body.events.map(({ name, score }) => [name, score]);
}

Deno.test("GET /search/trending lists the most booked events on sale, then the soonest", async () => {
  await using world = await createSearchWorld();
  const hot = eventDocument({ name: "hot", startsAt: daysAhead(9) });
  const warm = eventDocument({ name: "warm", startsAt: daysAhead(1) });
  const begun = eventDocument({ startsAt: daysAhead(-1), endsAt: daysAhead(1) });
  const ended = eventDocument({ startsAt: daysAhead(-3) });
  const soon = eventDocument({ name: "soon", startsAt: daysAhead(2) });
  const late = eventDocument({ name: "late", startsAt: daysAhead(3) });
  for (const event of [hot, warm, begun, ended, soon, late]) await world.tell(event);
  world.neighbours.activity = () => [
    { eventId: hot.eventId, bookings: 7 },
    { eventId: begun.eventId, bookings: 6 },
    { eventId: ended.eventId, bookings: 5 },
    { eventId: warm.eventId, bookings: 2 },
  ];
  assert.deepEqual(await trending(world), [["hot", 7], ["warm", 2], ["soon", 0], ["late", 0]]);
  assert.deepEqual(await trending(world, "?limit=3"), [["hot", 7], ["warm", 2], ["soon", 0]]);
  assert.deepEqual(await trending(world, "?limit=0"), [["hot", 7]]);
});

Deno.test("GET /search/trending asks the booking service once per 30 s", async () => {
  await using world = await createSearchWorld();
  await Promise.all(Array.from({ length: 5 }, () => trending(world)));
  assert.equal(world.neighbours.activityCalls, 1);
  world.clock.advance(30_000);
  await trending(world);
  assert.equal(world.neighbours.activityCalls, 2);
});

Deno.test("GET /search/trending lists the soonest events while the booking service is down", async () => {
  await using world = await createSearchWorld();
  await world.tell(eventDocument({ name: "soon" }));
  world.neighbours.activity = down;
  assert.deepEqual(await trending(world), [["soon", 0]]);
  assert.deepEqual(await trending(world), [["soon", 0]]);
  assert.equal(world.neighbours.activityCalls, 1);
});

Deno.test("GET /search/trending weighs views of the last day less than bookings", async () => {
  await using world = await createSearchWorld();
  const booked = eventDocument({ name: "booked" });
  const viewed = eventDocument({ name: "viewed" });
  await world.tell(booked);
  await world.tell(viewed);
  world.neighbours.activity = () => [{ eventId: booked.eventId, bookings: 2 }];
  const view = (views: number) =>
    world.send("POST", "/internal/search/views", {
      body: { views: [{ event_id: viewed.eventId, views }] },
    });
  await view(20);
  assert.deepEqual(await trending(world), [["booked", 2], ["viewed", 1]]);
  world.clock.advance(3_600_000);
  await view(40);
  assert.deepEqual(await trending(world), [["viewed", 3], ["booked", 2]]);
  world.clock.advance(23.5 * 3_600_000);
  assert.deepEqual(await trending(world), [["booked", 2], ["viewed", 2]]);
});

Deno.test("POST /internal/search/views refuses what is malformed", async () => {
  await using world = await createSearchWorld();
  const eventId = eventDocument().eventId;
  const refusals = [{}, { views: [{ event_id: "7", views: 1 }] }, {
    views: [{ event_id: eventId, views: 0 }],
  }];
  for (const body of refusals) {
    assert.equal((await world.send("POST", "/internal/search/views", { body })).status, 400);
  }
});
