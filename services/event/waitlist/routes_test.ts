import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createEventWorld, type EventWorld, type Json } from "../testing/world.ts";

/** A page as the booking service sends it. */
function pageOf(query: URLSearchParams) {
  const [page, limit] = [Number(query.get("page")), Number(query.get("limit"))];
  const entry = {
    waitlist_id: newId(),
    user_id: newId(),
    buyer_name: "Asha Rao",
    buyer_email: "asha.rao@example.com",
    position: 1,
    quantity: 4,
    min_quantity: 4,
    ticket_type_ids: [newId()],
    status: "waiting",
    joined_at: "2030-01-01T12:00:00.000Z",
    passed: 1,
    passes: [{ at: "2030-01-01T12:30:00.000Z", by_position: 2, seats: 1, kept: 1 }],
    why: { code: "GATHERING", kept: 1, of: 4, passed: 1, until: "2030-01-01T18:00:00.000Z" },
  };
  return { entries: [entry], total: 1, page, limit, has_more: false, paused: false };
}

/** Replaces the booking service; returns its requests and its last answer. */
function replaceBooking({ context }: EventWorld) {
  const seen: { requests: string[]; answer: Json } = { requests: [], answer: undefined };
  context.provide("booking", {
    fetch(request: Request) {
      assert.equal(request.headers.get("X-API-Key"), context.internalApiKey);
      const { pathname, searchParams } = new URL(request.url);
      seen.requests.push(`${request.method} ${pathname}`);
      seen.answer = pathname.endsWith("/waitlist")
        ? pageOf(searchParams)
        : { paused: pathname.endsWith("/pause") };
      return Response.json(seen.answer);
    },
  });
  return seen;
}

const EVENT_NOT_YOURS = "Event not found or you don't have permission";

Deno.test("GET /admin/events/{id}/waitlist shows the booking service's list, by page", async () => {
  await using world = await createEventWorld();
  const booking = replaceBooking(world);
  const organiser = await world.actor();
  const { token } = organiser;
  const { event_id } = await world.event({ organiser });
  const path = `/admin/events/${event_id}/waitlist`;

  const { status, body } = await world.send("GET", path, { token });
  assert.equal(status, 200);
  assert.deepEqual([body.page, body.limit], [1, 20]);
  assert.deepEqual(body, booking.answer);
  assert.deepEqual(booking.requests, [`GET /internal/events/${event_id}/waitlist`]);

  const { body: clamped } = await world.send("GET", `${path}?page=-1&limit=1000`, { token });
  assert.deepEqual([clamped.page, clamped.limit], [1, 100]);
});

for (const [verb, paused] of [["pause", true], ["resume", false]] as const) {
  Deno.test(`POST /admin/events/{id}/waitlist/${verb} is passed on and answered`, async () => {
    await using world = await createEventWorld();
    const booking = replaceBooking(world);
    const organiser = await world.actor();
    const { event_id } = await world.event({ organiser });
    const path = `/admin/events/${event_id}/waitlist/${verb}`;
    const { status, body } = await world.send("POST", path, { token: organiser.token });
    assert.deepEqual([status, body], [200, { paused }]);
    assert.deepEqual(booking.requests, [`POST /internal/events/${event_id}/waitlist/${verb}`]);
  });
}

const ROUTES = [
  ["GET", "/waitlist"],
  ["POST", "/waitlist/pause"],
  ["POST", "/waitlist/resume"],
] as const;

for (const [method, path] of ROUTES) {
  Deno.test(`${method} /admin/events/{id}${path} is refused with 400, 401, 403, 404 and 503`, async () => {
    await using world = await createEventWorld();
    const organiser = await world.actor();
    const { event_id } = await world.event({ organiser });
    const send = async (id: string, token?: string) => {
      const sent = token ? { token } : {};
      const { status, body } = await world.send(method, `/admin/events/${id}${path}`, sent);
      return [status, body.error];
    };
    const unavailable = await send(event_id, organiser.token);
    assert.equal(unavailable[0], 503, "the booking service is down");

    const booking = replaceBooking(world);
    assert.deepEqual(await send("x", organiser.token), [400, "Invalid event ID"]);
    const [unauthorized] = await send(event_id);
    assert.equal(unauthorized, 401);
    const user = await world.context.tokens.issueForUser(newId());
    assert.equal((await send(event_id, user))[0], 401, "of a buyer");
    const stranger = await world.actor();
    assert.deepEqual(await send(event_id, stranger.token), [404, EVENT_NOT_YOURS]);
    assert.deepEqual(await send(newId(), organiser.token), [404, EVENT_NOT_YOURS]);
    assert.deepEqual(booking.requests, [], "the booking service is not asked");

    const analyst = await world.actor("analyst");
    const [status] = await send(event_id, analyst.token);
    assert.equal(status, method === "GET" ? 200 : 403, "an analyst reads only");
    const [ofAll] = await send(event_id, (await world.actor("super_admin")).token);
    assert.equal(ofAll, 200);
  });
}

Deno.test("GET /admin/events/{id}/waitlist refuses a page that is no number", async () => {
  await using world = await createEventWorld();
  replaceBooking(world);
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const path = `/admin/events/${event_id}/waitlist?page=two`;
  const { status, body } = await world.send("GET", path, { token: organiser.token });
  assert.deepEqual([status, body.error], [400, "page must be a number"]);
});
