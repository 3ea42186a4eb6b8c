import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { cancelBooking } from "../orders/cancel_booking.ts";
import { refundBooking } from "../refunds/refund_booking.ts";
import { knowUsers, organiserClient } from "../testing/organiser_client.ts";
import { createWorld, type World } from "../testing/world.ts";

const EVENT_NOT_YOURS = "Event not found or you don't have permission";

/** An event with a confirmed, a cancelled, a pending and an expired booking of Asha, Ben, Chitra and Dev. */
async function createSales(world: World) {
  const eventId = await world.createEvent();
  const [asha, ben, chitra, dev] = [newId(), newId(), newId(), newId()];
  knowUsers(world, {
    [asha]: "Asha Rao",
    [ben]: "Ben Okri",
    [chitra]: "Chitra Rao",
    [dev]: "Dev Anand",
  });
  const expired = await world.reserve({ eventId, userId: dev });
  world.clock.advance(6 * 60_000);
  const confirmed = await world.reserve({ eventId, userId: asha, quantity: 2 });
  await world.confirm(confirmed);
  world.clock.advance(1_000);
  const cancelled = await world.reserve({ eventId, userId: ben });
  await world.confirm(cancelled);
  await cancelBooking(world.deps, cancelled);
  world.clock.advance(1_000);
  const pending = await world.reserve({ eventId, userId: chitra });
  return { eventId, expired, confirmed, cancelled, pending };
}

Deno.test("an organiser lists the bookings of an event with their buyers, newest first", async () => {
  await using world = await createWorld();
  const organiser = organiserClient(world);
  const { eventId, confirmed, expired, cancelled, pending } = await createSales(world);
  const { status, body } = await organiser.get(`/admin/events/${eventId}/bookings`);
  assert.equal(status, 200);
  assert.deepEqual(body.bookings.map((booking: { booking_id: string }) => booking.booking_id), [
    pending.bookingId,
    cancelled.bookingId,
    confirmed.bookingId,
    expired.bookingId,
  ]);
  assert.deepEqual([body.total, body.page, body.limit, body.has_more], [4, 1, 20, false]);
  const { booked_at, confirmed_at, ...shown } = body.bookings[2];
  assert.equal(booked_at, confirmed_at);
  assert.deepEqual(shown, {
    booking_id: confirmed.bookingId,
    booking_reference: confirmed.reference,
    user_id: confirmed.userId,
    buyer_name: "Asha Rao",
    buyer_email: "asha.rao@example.com",
    quantity: 2,
    lines: [{
      ticket_type_id: eventId,
      name: "General admission",
      quantity: 2,
      unit_price: 1_500,
      total: 3_000,
    }],
    total_amount: 3_000,
    refund_amount: 0,
    currency: "INR",
    status: "confirmed",
    payment_status: "completed",
  });

  const second = await organiser.get(`/admin/events/${eventId}/bookings?page=2&limit=3`);
  assert.deepEqual(
    [second.body.bookings.length, second.body.bookings[0].status, second.body.has_more],
    [1, "expired", false],
  );
});

Deno.test("an organiser finds bookings by reference, name, e-mail and status", async () => {
  await using world = await createWorld();
  const organiser = organiserClient(world);
  const { eventId, confirmed } = await createSales(world);
  async function found(query: Record<string, string>): Promise<string[]> {
    const search = new URLSearchParams(query);
    const { status, body } = await organiser.get(`/admin/events/${eventId}/bookings?${search}`);
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.total, body.bookings.length);
    return body.bookings.map((booking: { buyer_name: string }) => booking.buyer_name);
  }
  assert.deepEqual(await found({ q: "rao" }), ["Chitra Rao", "Asha Rao"]);
  assert.deepEqual(await found({ q: "rao", status: "confirmed" }), ["Asha Rao"]);
  assert.deepEqual(await found({ q: "ben.okri@example.com" }), ["Ben Okri"]);
  assert.deepEqual(await found({ q: confirmed.reference.toLowerCase() }), ["Asha Rao"]);
  assert.deepEqual(await found({ q: "nobody" }), []);
  assert.deepEqual(await found({ status: "pending" }), ["Chitra Rao"]);
  assert.deepEqual(await found({ status: "expired" }), ["Dev Anand"]);
  assert.deepEqual(await found({ status: "cancelled" }), ["Ben Okri"]);
});

Deno.test("an organiser sees payments and refunds of a booking, and what can be refunded", async () => {
  await using world = await createWorld();
  const organiser = organiserClient(world);
  const { eventId, confirmed, pending } = await createSales(world);
  const { bookingId } = confirmed;
  const idempotencyKey = newId();
  await refundBooking(world.deps, { eventId, bookingId, amount: 500.25, idempotencyKey });
  const { status, body } = await organiser.get(`/admin/events/${eventId}/bookings/${bookingId}`);
  assert.equal(status, 200);
  assert.deepEqual([body.refund_amount, body.refundable_amount], [500.25, 2_499.75]);
  assert.deepEqual(
    body.payments.map((payment: Record<string, unknown>) => [
      payment.status,
      payment.amount,
      payment.method,
    ]),
    [["captured", 3_000, "card"]],
  );
  assert.deepEqual(
    body.refunds.map((refund: Record<string, unknown>) => [
      refund.reason,
      refund.amount,
      refund.status,
    ]),
    [["organiser", 500.25, "pending"]],
  );
  assert.doesNotMatch(JSON.stringify(body), /ticket_code|ticket_url|tok_/, "secrets of the buyer");

  const open = await organiser.get(`/admin/events/${eventId}/bookings/${pending.bookingId}`);
  assert.deepEqual([open.body.refundable_amount, open.body.payments], [0, []]);
});

Deno.test("bookings of another organiser's event are not found, in whatever form", async () => {
  await using world = await createWorld();
  const { fetch, get } = organiserClient(world);
  const { eventId, confirmed } = await createSales(world);
  const path = `/admin/events/${eventId}/bookings`;
  const stranger = { adminId: newId() };
  for (const to of [path, `${path}?q=rao`, `${path}/${confirmed.bookingId}`]) {
    const { status, body } = await get(to, stranger);
    assert.deepEqual([status, body.error], [404, EVENT_NOT_YOURS], to);
    assert.equal((await get(to, { ...stranger, role: "analyst" })).status, 200, to);
  }
  const file = await fetch(path, { ...stranger, accept: "text/csv" });
  assert.equal(file.status, 404);
  assert.deepEqual((await file.json()).code, "EVENT_NOT_FOUND");

  const other = await world.createEvent();
  const mixed = await get(`/admin/events/${other}/bookings/${confirmed.bookingId}`);
  assert.deepEqual([mixed.status, mixed.body.code], [404, "BOOKING_NOT_FOUND"]);
});

for (
  const [query, error] of [
    ["?status=paid", "status must be one of pending, confirmed, cancelled, expired"],
    ["?page=two", "page must be a number"],
    [`?q=${"x".repeat(201)}`, "q must have at most 200 characters"],
    ["/x", "Invalid booking ID format"],
  ] as const
) {
  Deno.test(`bookings of an event refuse ${query.slice(0, 20)} with the rule`, async () => {
    await using world = await createWorld();
    const eventId = await world.createEvent();
    const { get } = organiserClient(world);
    const { status, body } = await get(`/admin/events/${eventId}/bookings${query}`);
    assert.deepEqual([status, body.error], [400, error]);
  });
}

Deno.test("bookings are 503 while the user service is down, and a file says so at once", async () => {
  await using world = await createWorld();
  const { fetch, get } = organiserClient(world);
  const eventId = await world.createEvent();
  await world.reserve({ eventId });
  assert.equal((await get(`/admin/events/${eventId}/bookings`)).status, 503);
  const file = await fetch(`/admin/events/${eventId}/bookings`, { accept: "text/csv" });
  assert.equal(file.status, 503);
  assert.ok(file.headers.has("Retry-After"));
});

/** Adds bookings without selling seats; one for each user of the list. */
async function insertBookings(world: World, eventId: string, userIds: string[]): Promise<void> {
  const now = world.clock.now();
  await world.bookingsDb`
    INSERT INTO bookings (booking_id, event_id, user_id, reference, quantity, unit_price_minor, total_minor,
                          currency, refund_policy, sold_with_start, status, payment_status, booked_at,
                          expires_at, confirmed_at)
    SELECT gen_random_uuid(), ${eventId}, u.user_id, 'EVT-' || lpad(u.place::text, 6, '0'), 1, 100, 100,
           'INR', '[]', ${now}, 'confirmed', 'completed', ${now}, ${now}, ${now}
      FROM unnest(${userIds}::uuid[]) WITH ORDINALITY AS u (user_id, place)`;
}

Deno.test("a file has every booking once, over many pages, and formulas defused", async () => {
  await using world = await createWorld();
  const { fetch } = organiserClient(world);
  const eventId = await world.createEvent();
  const userIds = times(1_203, () => newId());
  knowUsers(
    world,
    Object.fromEntries(userIds.map((id, i) => [id, i === 0 ? "=1+1" : `User ${i}`])),
  );
  await insertBookings(world, eventId, userIds);

  const file = await fetch(`/admin/events/${eventId}/bookings`, { accept: "text/csv" });
  assert.equal(
    file.headers.get("Content-Disposition"),
    `attachment; filename="bookings-${eventId}.csv"`,
  );
  const [head, ...lines] = (await file.text()).trimEnd().split("\r\n");
  assert.match(head!, /^reference,booking_id,status,payment_status,name,email,tickets,/);
  assert.equal(lines.length, 1_203);
  assert.equal(new Set(lines.map((line) => line.split(",")[0])).size, 1_203);
  const first = lines.find((line) => line.startsWith("EVT-000001,"));
  assert.match(first!, /,confirmed,completed,'=1\+1,/);
  assert.match(first!, /,1 × General admission,1,0,INR,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,/);
  assert.match(first!, /,Asia\/Kolkata$/);

  const some = await fetch(`/admin/events/${eventId}/bookings?q=user+12&status=confirmed`, {
    accept: "text/csv",
  });
  const found = (await some.text()).trimEnd().split("\r\n").slice(1);
  const expected = times(1_203, (i) => i).filter((i) => i > 0 && `User ${i}`.includes("User 12"));
  assert.equal(found.length, expected.length);
});

Deno.test("a file stops reading bookings when its reader goes", async () => {
  await using world = await createWorld();
  const { fetch } = organiserClient(world);
  const eventId = await world.createEvent();
  const userIds = times(1_600, () => newId());
  knowUsers(world, Object.fromEntries(userIds.map((id) => [id, "Asha"])));
  await insertBookings(world, eventId, userIds);
  const { sales } = world.deps;
  let pages = 0;
  const { exportBookings } = sales;
  sales.exportBookings = (input) => {
    pages++;
    return exportBookings(input);
  };

  const file = await fetch(`/admin/events/${eventId}/bookings`, { accept: "text/csv" });
  const reader = file.body!.getReader();
  await reader.read();
  await reader.read();
  await reader.cancel();
  // Another file is read whole meanwhile: 1,600 bookings are four pages.
  const before = pages;
  await (await fetch(`/admin/events/${eventId}/bookings`, { accept: "text/csv" })).text();
  assert.ok(before < 4, `${before} pages were read before the reader left`);
  assert.equal(pages - before, 4, "the file that was left reads no more");
});

Deno.test("a HEAD request opens no file", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const { context, stores, eventService } = world;
  const admin = { adminId: stores.adminId, role: "event_manager", permissions: "{}" } as const;
  const headers = {
    Authorization: `Bearer ${await context.tokens.issueForAdmin(admin)}`,
    Accept: "text/csv",
  };
  // More than a process sends at once.
  for (let request = 0; request < 6; request++) {
    const url = `http://event.test/api/v1/admin/events/${eventId}/bookings`;
    const answer = await eventService.app.fetch(new Request(url, { method: "HEAD", headers }), {});
    assert.deepEqual([answer.status, answer.body], [200, null]);
  }
});
