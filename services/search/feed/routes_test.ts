import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createSearchWorld, down, eventDocument, type SearchWorld } from "../testing/world.ts";
import { type SearchDocument, toDocumentBody } from "../index/document.ts";

const EVENTS = "/internal/search/events";
const RESYNC = "/internal/search/resync";

async function namesFound(world: SearchWorld): Promise<string[]> {
  const { body } = await world.send("GET", "/api/v1/search");
  return body.results.map(({ name }) => name);
}

Deno.test("POST /internal/search/events indexes an event at once and ignores older changes", async () => {
  await using world = await createSearchWorld();
  const event = eventDocument({ name: "New", version: 2 });
  assert.deepEqual(await world.tell(event), {
    status: 200,
    body: { status: "indexed", event_id: event.eventId },
  });
  assert.equal((await world.tell({ ...event, name: "Old", version: 1 })).status, 200);
  assert.deepEqual(await namesFound(world), ["New"]);
});

Deno.test("POST /internal/search/events refuses a malformed document", async () => {
  await using world = await createSearchWorld();
  const event = toDocumentBody(eventDocument());
  const refusals: [unknown, string][] = [
    [{}, "Event ID is required"],
    [{ event: null }, "Event ID is required"],
    [{ event: { ...event, event_id: undefined } }, "Event ID is required"],
    [{ event: { ...event, event_id: "" } }, "Event ID is required"],
    [{ event: { ...event, event_id: "7" } }, "Invalid event_id format"],
    [{ event: { ...event, name: "" } }, "name is required"],
    [{ event: { ...event, name: "a\u0000b" } }, "name must not contain NUL characters"],
    [
      { event: { ...event, start_datetime: "soon" } },
      "start_datetime must be a date and time such as 2030-12-31T18:30:00Z",
    ],
    [{ event: { ...event, available_seats: 1e300 } }, "available_seats must be a whole number"],
    [
      { event: { ...event, image_url: "x".repeat(2_001) } },
      "image_url must have at most 2000 characters",
    ],
    [{ event: { ...event, organiser_name: 5 } }, "organiser_name must be a string"],
    [{ event: { ...event, latitude: 91 } }, "latitude must be at most 90"],
    [
      { event: { ...event, status: "lost" } },
      "status must be one of draft, published, sold_out, cancelled",
    ],
  ];
  for (const [body, error] of refusals) {
    const answer = await world.send("POST", EVENTS, { body });
    assert.deepEqual([answer.status, answer.body.error], [400, error]);
  }
  assert.deepEqual(await namesFound(world), []);
});

Deno.test("DELETE /internal/search/events/{id} removes an event; late changes do not restore it", async () => {
  await using world = await createSearchWorld();
  const event = eventDocument();
  await world.tell(event);
  assert.deepEqual(await world.send("DELETE", `${EVENTS}/${event.eventId}`), {
    status: 200,
    body: { status: "deleted", event_id: event.eventId },
  });
  await world.tell({ ...event, version: 0 });
  assert.deepEqual(await namesFound(world), []);
  await world.tell({ ...event, version: 2 });
  assert.deepEqual(await namesFound(world), [event.name]);
  await world.send("DELETE", `${EVENTS}/${event.eventId}?version=1`);
  assert.deepEqual(await namesFound(world), [event.name]);
});

Deno.test("DELETE /internal/search/events/{id} accepts unknown ids and refuses malformed ones", async () => {
  await using world = await createSearchWorld();
  assert.equal((await world.send("DELETE", `${EVENTS}/${newId()}`)).status, 200);
  const { status, body } = await world.send("DELETE", `${EVENTS}/7`);
  assert.deepEqual([status, body.error], [400, "Invalid event ID"]);
  const answer = await world.send("DELETE", `${EVENTS}/${newId()}?version=x`);
  assert.deepEqual([answer.status, answer.body.error], [400, "version must be a whole number"]);
});

Deno.test("POST /internal/search/resync reads all pages and drops deleted events", async () => {
  await using world = await createSearchWorld();
  await world.tell(eventDocument({ name: "forgotten" }));
  world.clock.advance(1_000);
  world.neighbours.pages = [
    [eventDocument({ name: "a" }), { name: "malformed" }],
    [eventDocument({ name: "b" })],
  ];
  const { status, body } = await world.send("POST", RESYNC, { body: { force_reindex: true } });
  assert.equal(status, 200);
  assert.deepEqual([body.message, body.events_indexed], ["Resync completed", 2]);
  assert.match(body.time_taken, /^\d+\.\dms$/);
  assert.deepEqual((await namesFound(world)).toSorted(), ["a", "b"]);
  assert.equal((await world.send("POST", RESYNC)).status, 200);
});

Deno.test("POST /internal/search/resync keeps changes of concurrent calls", async () => {
  await using world = await createSearchWorld();
  const [booked, cancelled, made] = [eventDocument(), eventDocument(), eventDocument()];
  const tell = (event: SearchDocument, change: number) =>
    world.send("POST", EVENTS, { body: { event: toDocumentBody(event), change } });
  world.neighbours.pages = [[booked], [cancelled]];
  world.neighbours.beforePage = async (page) => {
    if (page > 0) return;
    await tell({ ...booked, availableSeats: 1 }, 3);
    await world.send("DELETE", `${EVENTS}/${cancelled.eventId}?version=1&change=4`);
    await tell(made, 5);
  };
  await world.send("POST", RESYNC);
  const { body } = await world.send("GET", "/api/v1/search");
  const seats = body.results.map((
    { event_id, available_seats },
  ) => [event_id, available_seats] as const);
  assert.deepEqual(new Map(seats), new Map([[booked.eventId, 1], [made.eventId, 40]]));
});

Deno.test("GET /internal/search/resync reports the progress", async () => {
  await using world = await createSearchWorld();
  const told: { events_indexed: number }[] = [];
  const [a, b, c, d] = [eventDocument(), eventDocument(), eventDocument(), eventDocument()];
  world.neighbours.pages = [[a, b], [c], [d]];
  world.neighbours.beforePage = async () => {
    told.push((await world.send("GET", RESYNC)).body);
  };
  await world.send("POST", RESYNC);
  // A page is asked for while the one before is taken, so with the third one the second may be in or not.
  const refusals = { refused: 0, refused_events: [] };
  const indexed = told[2]!.events_indexed;
  assert.ok([2, 3].includes(indexed), `${indexed} are indexed`);
  assert.deepEqual(told[2], {
    running: true,
    events_indexed: indexed,
    position: indexed,
    last: 4,
    ...refusals,
  });
  const { body } = await world.send("GET", RESYNC);
  assert.deepEqual(body, { running: false, events_indexed: 0, position: 0, last: 0, ...refusals });
});

Deno.test("POST /internal/search/resync returns 503 and keeps the index without the event service", async () => {
  await using world = await createSearchWorld();
  await world.tell(eventDocument({ name: "kept" }));
  world.clock.advance(1_000);
  world.neighbours.beforePage = down;
  const { status, body } = await world.send("POST", RESYNC);
  assert.deepEqual([status, body.code], [503, "UNAVAILABLE"]);
  assert.deepEqual(await namesFound(world), ["kept"]);
});

Deno.test("internal routes of search require the internal key", async () => {
  await using world = await createSearchWorld();
  const routes = [["POST", EVENTS], ["DELETE", `${EVENTS}/${newId()}`], ["POST", RESYNC]] as const;
  for (const [method, path] of routes) {
    const missing = await world.send(method, path, { key: "" });
    assert.deepEqual([missing.status, missing.body.error], [401, "Missing or invalid API key"]);
    const wrong = await world.send(method, path, { key: "wrong" });
    assert.deepEqual([wrong.status, wrong.body.error], [403, "Invalid API key"]);
  }
});
