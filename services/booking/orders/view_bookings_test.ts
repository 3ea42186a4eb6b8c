import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { jsonRequest, readAnswer } from "@evently/shared/testing";
import { createWorld, type World } from "../testing/world.ts";

async function get(
  world: World,
  path: string,
  { userId, accept = "*/*" }: { userId?: string; accept?: string } = {},
) {
  const token = userId && await world.context.tokens.issueForUser(userId);
  const headers = { Accept: accept };
  const url = `http://booking.test/api/v1${path}`;
  return await readAnswer(world.app.request(jsonRequest("GET", url, { token, headers })));
}

/** What every booking and ticket tells of the event of the world. */
function factsOf({ clock }: World) {
  const start = new Date(clock.now().getTime() + 30 * 24 * 3_600_000);
  return {
    name: "Diwali Night",
    venue: "Shaniwar Wada",
    datetime: start.toISOString(),
    timezone: "Asia/Kolkata",
    event_type: "festival",
    end_datetime: new Date(start.getTime() + 2 * 3_600_000).toISOString(),
    status: "published",
    organiser_name: "Admin",
    venue_address: "1 Fort Road",
    venue_city: "Pune",
    venue_country: "India",
  };
}

/** Confirms a booking; returns the path of its ticket. */
async function ticketPathOf(world: World, userId: string): Promise<string> {
  const eventId = await world.createEvent();
  const { booking } = await world.confirm(await world.reserve({ eventId, quantity: 2, userId }));
  return `/tickets/${booking.ticketCode}`;
}

Deno.test("GET /bookings/user/{userId} lists the bookings that have a status now", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const userId = newId();
  const reserve = () => world.reserve({ eventId, userId });
  const overdue = await reserve();
  world.clock.advance(300_000);
  const [held, paid, gone] = [await reserve(), await reserve(), await reserve()];
  await world.confirm(paid);
  const token = await world.context.tokens.issueForUser(userId);
  const url = `http://booking.test/api/v1/bookings/${gone.bookingId}`;
  await world.app.request(jsonRequest("DELETE", url, { token }));

  const list = async (query: string) => {
    const { status, body } = await get(world, `/bookings/user/${userId}${query}`, { userId });
    assert.equal(status, 200);
    const found = body.bookings.map((booking: { booking_id: string; status: string }) => [
      booking.booking_id,
      booking.status,
    ]);
    assert.equal(body.total, found.length);
    return found;
  };

  assert.deepEqual(await list("?status=pending"), [[held.bookingId, "pending"]]);
  assert.deepEqual(await list("?status=confirmed"), [[paid.bookingId, "confirmed"]]);
  assert.deepEqual(await list("?status=cancelled"), [[gone.bookingId, "cancelled"]]);
  assert.deepEqual(await list("?status=expired"), [[overdue.bookingId, "expired"]]);
  assert.equal((await list("?status=")).length, 4);
});

Deno.test("GET /bookings/user/{userId} answers 400 to another status, and 403 to another user", async () => {
  await using world = await createWorld();
  const userId = newId();
  for (const status of ["paid", "confirming", "PENDING", "pending&status=expired"]) {
    const path = `/bookings/user/${userId}?status=${status}`;
    const { status: code, body } = await get(world, path, { userId });
    assert.equal(code, 400, status);
    assert.equal(body.error, "status must be one of pending, confirmed, cancelled, expired");
  }
  const foreign = await get(world, `/bookings/user/${userId}?status=pending`, { userId: newId() });
  assert.equal(foreign.status, 403);
  assert.equal((await get(world, `/bookings/user/${userId}?status=pending`)).status, 401);
});

Deno.test("a booking shows the kind, the place and the organiser of its event", async () => {
  await using world = await createWorld();
  const { bookingId, userId } = await world.reserve({ eventId: await world.createEvent() });
  const facts = factsOf(world);
  const one = await get(world, `/bookings/${bookingId}`, { userId });
  assert.deepEqual(one.body.event, facts);
  assert.equal(one.body.event_type, "festival");
  const list = await get(world, `/bookings/user/${userId}?status=pending`, { userId });
  assert.deepEqual(list.body.bookings, [one.body]);
});

Deno.test("a ticket shows the event, the lines and the name of its holder", async () => {
  await using world = await createWorld();
  const userId = newId();
  const asked: string[] = [];
  world.context.provide("user", {
    fetch(request) {
      asked.push(new URL(request.url).pathname);
      return Response.json({ user_id: userId, name: "Asha Kulkarni" });
    },
  });
  const facts = factsOf(world);
  const path = await ticketPathOf(world, userId);

  const { status, body, headers } = await get(world, path);
  assert.equal(status, 200);
  assert.deepEqual(body.event, facts);
  assert.equal(body.holder_name, "Asha Kulkarni");
  assert.equal(body.confirmed_at, world.clock.now().toISOString());
  assert.deepEqual([body.quantity, body.total_amount, body.currency], [2, 3_000, "INR"]);
  const [{ ticket_type_id, ...line }] = body.lines;
  assert.equal(ticket_type_id, body.event_id);
  assert.equal(line.quantity * line.unit_price, line.total);
  assert.equal(line.total, 3_000);
  assert.equal(headers.get("Cache-Control"), "no-store");

  await get(world, path);
  assert.deepEqual(asked, [`/internal/users/${userId}`], "names are kept for a while");
});

Deno.test("a ticket is valid without the name of its holder", async () => {
  await using world = await createWorld();
  const path = await ticketPathOf(world, newId());
  const { status, body } = await get(world, path);
  assert.deepEqual([status, body.status, body.holder_name], [200, "valid", undefined]);
});

Deno.test("GET /tickets/{code} sends clients that prefer a page to it, and others JSON", async () => {
  await using world = await createWorld();
  const path = await ticketPathOf(world, newId());
  const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  const page = await get(world, path, { accept: browser });
  assert.deepEqual([page.status, page.headers.get("Location")], [303, path]);
  assert.equal(page.headers.get("Cache-Control"), "no-store");
  for (const accept of ["*/*", "application/json", "application/json, text/html;q=0.9"]) {
    const json = await get(world, path, { accept });
    assert.equal(json.status, 200, accept);
    assert.match(json.headers.get("Vary") ?? "", /\bAccept\b/);
  }
  assert.equal((await get(world, "/tickets/none")).status, 404);
});
