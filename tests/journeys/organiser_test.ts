import assert from "node:assert/strict";
import { eventually, startTestPlatform } from "./platform.ts";

const DAY_MS = 24 * 3_600_000;

Deno.test("an organiser creates a venue and an event, publishes, sells and cancels", async () => {
  await using platform = await startTestPlatform();
  const { call } = platform;
  const token = await platform.logIn("admin@example.com", { admin: true });
  const buyer = await platform.logIn("user1@example.com");

  const venue = await call("POST", "/api/event/admin/venues", {
    token,
    body: {
      name: "Prithvi",
      address: "20 Juhu Church Road",
      city: "Mumbai",
      country: "India",
      capacity: 200,
    },
  });
  assert.equal(venue.status, 201, JSON.stringify(venue.body));
  const start = new Date(Date.now() + 40 * DAY_MS).toISOString();
  const created = await call("POST", "/api/event/admin/events", {
    token,
    body: {
      name: "Zugzwang, a play about chess",
      venue_id: venue.body.venue_id,
      event_type: "theatre",
      start_datetime: start,
      end_datetime: new Date(Date.now() + 41 * DAY_MS).toISOString(),
      total_capacity: 50,
      base_price: 499.5,
    },
  });
  assert.deepEqual([created.status, created.body.status, created.body.version], [201, "draft", 1]);
  const { event_id } = created.body;
  const path = `/api/event/admin/events/${event_id}`;
  /** Search knows at once what its own process has changed; that of another process follows. */
  const searchFinds = (names: string[]) =>
    eventually(`search finds ${names.join(", ") || "nothing"}`, async () => {
      const { body } = await call("GET", "/api/search/search?q=zugzwang");
      return body.results.map(({ name }: { name: string }) => name).join() === names.join();
    }, Deno.env.has("TEST_ORIGIN") ? undefined : 0);

  assert.equal(
    (await call("GET", `/api/event/events/${event_id}`)).status,
    404,
    "a draft is hidden",
  );
  await searchFinds([]);
  const published = await call("PUT", path, { token, body: { status: "published", version: 1 } });
  assert.deepEqual([published.status, published.body.version], [200, 2]);
  await searchFinds(["Zugzwang, a play about chess"]);

  const stale = await call("PUT", path, { token, body: { name: "Zugzwang!", version: 1 } });
  assert.equal(stale.status, 409);
  await call("PUT", path, { token, body: { name: "Zugzwang Again", version: 2 } });
  await searchFinds(["Zugzwang Again"]);

  const reserved = await call("POST", "/api/booking/bookings/reserve", {
    token: buyer,
    body: { event_id, quantity: 4, idempotency_key: crypto.randomUUID() },
  });
  const confirmed = await call("POST", "/api/booking/bookings/confirm", {
    token: buyer,
    body: {
      reservation_id: reserved.body.reservation_id,
      payment_token: "tok_visa",
      payment_method: "card",
    },
  });
  assert.equal(confirmed.status, 200);
  const { body: analytics } = await call("GET", `${path}/analytics`, { token });
  assert.deepEqual(
    [analytics.tickets_sold, analytics.capacity_utilization, analytics.estimated_revenue],
    [4, 8, 1998],
  );
  assert.deepEqual([analytics.gross, analytics.refunded, analytics.net], [1998, 0, 1998]);

  const cancelled = await call("DELETE", path, { token });
  assert.deepEqual(cancelled.body, { message: "Event cancelled successfully" });
  await searchFinds([]);
  const booking = await eventually("the booking is cancelled and refunded", async () => {
    const bookingPath = `/api/booking/bookings/${reserved.body.reservation_id}`;
    const { body } = await call("GET", bookingPath, { token: buyer });
    return body.status === "cancelled" && body;
  });
  assert.deepEqual([booking.payment_status, booking.refund_amount], ["refunded", 1998]);
  const { body: afterwards } = await call("GET", `${path}/analytics`, { token });
  assert.deepEqual(
    [afterwards.estimated_revenue, afterwards.gross, afterwards.refunded, afterwards.net],
    [0, 1998, 1998, 0],
  );
  const again = await call("POST", "/api/booking/bookings/reserve", {
    token: buyer,
    body: { event_id, quantity: 1, idempotency_key: crypto.randomUUID() },
  });
  assert.equal(again.body.error, "Event not found or not available for booking");
});
