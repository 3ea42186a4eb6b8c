import assert from "node:assert/strict";
import { inParallel } from "@evently/shared/in_parallel";
import { bearer, times } from "@evently/shared/testing";
import { dataOf, eventually, startTestPlatform, type TestPlatform } from "./platform.ts";

const DAY_MS = 24 * 3_600_000;

async function findDiwali({ api }: TestPlatform) {
  return await eventually("search is filled", async () => {
    const query = { q: "diwali" };
    const { data } = await api.GET("/api/search/search", { params: { query } });
    return data?.results[0];
  });
}

async function seatsOf({ api }: TestPlatform, id: string): Promise<number> {
  const params = { path: { id } };
  return (await dataOf(api.GET("/api/event/events/{id}/availability", { params }))).available_seats;
}

/** Publishes an event of that many seats; returns its id. */
async function eventOnSale({ call, logIn }: TestPlatform, seats: number): Promise<string> {
  const token = await logIn("admin@example.com", { admin: true });
  const venue = { name: "Hall", address: "1 Street", city: "Pune", country: "India" };
  const { body: { venue_id } } = await call("POST", "/api/event/admin/venues", {
    token,
    body: { ...venue, capacity: seats },
  });
  const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
  const created = await call("POST", "/api/event/admin/events", {
    token,
    body: {
      name: "One seat each",
      venue_id,
      event_type: "concert",
      start_datetime: inDays(40),
      end_datetime: inDays(41),
      total_capacity: seats,
      base_price: 100,
    },
  });
  assert.equal(created.status, 201, JSON.stringify(created.body));
  const { event_id } = created.body;
  const path = `/api/event/admin/events/${event_id}`;
  await call("PUT", path, { token, body: { status: "published" } });
  return event_id;
}

Deno.test("a buyer finds an event, reserves, pays and cancels; the seats are returned", async () => {
  await using platform = await startTestPlatform();
  const { api, call } = platform;
  const headers = bearer(await platform.logIn("user1@example.com"));

  const { event_id, name } = await findDiwali(platform);
  const misspelt = { params: { query: { q: "diwalli" } } };
  const { results: [found] } = await dataOf(api.GET("/api/search/search", misspelt));
  assert.equal(found?.event_id, event_id);
  const typed = { params: { query: { q: "diw" } } };
  const { suggestions } = await dataOf(api.GET("/api/search/search/suggestions", typed));
  assert.ok(suggestions.some((text) => text.includes("Diwali")));
  const page = { params: { query: { limit: 5 } } };
  const list = await dataOf(api.GET("/api/event/events", page));
  assert.deepEqual([list.events.length, list.has_more], [5, true]);

  const before = await seatsOf(platform, event_id);
  const { reservation_id } = await dataOf(api.POST("/api/booking/bookings/reserve", {
    headers,
    body: { event_id, quantity: 2, idempotency_key: crypto.randomUUID() },
  }));
  await eventually(
    "availability decreases",
    async () => await seatsOf(platform, event_id) === before - 2,
  );
  await dataOf(api.POST("/api/booking/bookings/confirm", {
    headers,
    body: { reservation_id, payment_token: "tok_visa", payment_method: "card" },
  }));

  const ofEvent = { params: { path: { id: event_id } } };
  const ofBooking = { headers, params: { path: { id: reservation_id } } };
  const event = await dataOf(api.GET("/api/event/events/{id}", ofEvent));
  const booking = await dataOf(api.GET("/api/booking/bookings/{id}", ofBooking));
  assert.equal(booking.status, "confirmed");
  assert.deepEqual([booking.event.name, booking.event.venue], [name, event.venue_name]);
  const ticket = await call("GET", booking.ticket_url!);
  assert.equal(ticket.body.status, "valid");
  const [mine] = await dataOf(api.GET("/api/user/users/bookings", { headers }));
  assert.equal(mine?.booking_id, reservation_id);

  const cancelled = await dataOf(api.DELETE("/api/booking/bookings/{id}", ofBooking));
  assert.equal(cancelled.refund_status, "processed");
  assert.equal(cancelled.refund_amount, booking.total_amount);
  await eventually(
    "the seats are returned",
    async () => await seatsOf(platform, event_id) === before,
  );
});

Deno.test("200 concurrent users for 99 seats: 99 get one each and 101 are refused", async () => {
  await using platform = await startTestPlatform();
  const { call } = platform;
  const eventId = await eventOnSale(platform, 99);
  const run = crypto.randomUUID();
  const users: string[] = [];
  // Hashing passwords takes time: only the reservations come all at once.
  await inParallel(times(200, (i) => i), { atOnce: 20 }, async (i) => {
    const email = `buyer${i}.${run}@example.com`;
    const body = { email, password: "12345678", name: `Buyer ${i}` };
    const registered = await call("POST", "/api/user/auth/register", { body });
    assert.equal(registered.status, 201, JSON.stringify(registered.body));
    users.push(registered.body.access_token);
  });
  const answers = await Promise.all(users.map((token) =>
    call("POST", "/api/booking/reserve", {
      token,
      body: { event_id: eventId, quantity: 1, idempotency_key: "mine" },
    })
  ));
  assert.equal(answers.filter(({ status }) => status === 200).length, 99);
  for (const { status, body } of answers) {
    if (status !== 200) assert.deepEqual([status, body.error], [409, "Not enough seats available"]);
  }
  const { body: event } = await call("GET", `/api/event/events/${eventId}`);
  assert.deepEqual([event.available_seats, event.status], [0, "sold_out"]);
  const [durable] = await platform.bookingsDb`
    SELECT count(*) AS bookings, count(DISTINCT user_id) AS users FROM bookings
     WHERE event_id = ${eventId}`;
  assert.deepEqual({ ...durable }, { bookings: 99, users: 99 });
});
