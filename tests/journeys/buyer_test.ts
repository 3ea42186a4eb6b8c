import assert from "node:assert/strict";
import { bearer, randomFrom, seedOfRun, times } from "@evently/shared/testing";
import { dataOf, eventually, startTestPlatform, type TestPlatform } from "./platform.ts";

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

Deno.test("an unpaid hold expires and its seats are returned", async () => {
  await using platform = await startTestPlatform({
    BOOKING_RESERVATION_EXPIRY: "300ms",
    BOOKING_CLEANUP_INTERVAL: "100ms",
  });
  const token = await platform.logIn("user2@example.com");
  const { event_id } = await findDiwali(platform);
  const before = await seatsOf(platform, event_id);
  const { body } = await platform.call("POST", "/api/booking/bookings/reserve", {
    token,
    body: { event_id, quantity: 3, idempotency_key: "k" },
  });
  await eventually("the booking is expired", async () => {
    const path = `/api/booking/bookings/${body.reservation_id}`;
    return (await platform.call("GET", path, { token })).body.status === "expired";
  });
  await eventually("the seats are returned", async () => {
    const [held] = await platform.eventsDb`
      SELECT FROM seat_allocations WHERE state = 'held'`;
    return !held && await seatsOf(platform, event_id) === before;
  });
});

Deno.test("200 concurrent users for 99 seats: 99 get one each and 101 are refused", async () => {
  await using platform = await startTestPlatform();
  const { call } = platform;
  const { event_id } = await findDiwali(platform);
  await platform.eventsDb`UPDATE seat_inventory SET capacity = 99 WHERE event_id = ${event_id}`;
  const users = await Promise.all(times(200, async (i) => {
    const body = { email: `buyer${i}@example.com`, password: "12345678", name: `Buyer ${i}` };
    return (await call("POST", "/api/user/auth/register", { body })).body.access_token as string;
  }));
  const answers = await Promise.all(users.map((token) =>
    call("POST", "/api/booking/reserve", {
      token,
      body: { event_id, quantity: 1, idempotency_key: "mine" },
    })
  ));
  assert.equal(answers.filter(({ status }) => status === 200).length, 99);
  for (const { status, body } of answers) {
    if (status !== 200) assert.deepEqual([status, body.error], [409, "Not enough seats available"]);
  }
  const { body: event } = await call("GET", `/api/event/events/${event_id}`);
  assert.deepEqual([event.available_seats, event.status], [0, "sold_out"]);
  const [durable] = await platform.bookingsDb`
    SELECT count(*) AS bookings, count(DISTINCT user_id) AS users FROM bookings
     WHERE event_id = ${event_id}`;
  assert.deepEqual({ ...durable }, { bookings: 99, users: 99 });
});

Deno.test("clients that disconnect leave no seat without a visible booking", async () => {
  await using platform = await startTestPlatform({ BOOKING_RATE_LIMIT_PER_MINUTE: "0" });
  const { event_id } = await findDiwali(platform);
  await platform.eventsDb`UPDATE seat_inventory SET capacity = 1000 WHERE event_id = ${event_id}`;
  const token = await platform.logIn("user1@example.com");
  const { body: { user_id } } = await platform.call("GET", "/api/user/users/profile", { token });
  const listPath = `/api/booking/bookings/user/${user_id}`;
  const { body: { total: bookedBefore } } = await platform.call("GET", listPath, { token });

  const connected = new Set<AbortController>();
  const random = randomFrom(seedOfRun());
  /** Aborts some of the pending requests. */
  function disconnect(count: number): void {
    for (const client of times(count, () => random.pick([...connected]))) client?.abort();
  }
  let answered = 0;
  const clients = times(500, async (i) => {
    const client = new AbortController();
    // A few clients never disconnect.
    if (i % 50 !== 0) connected.add(client);
    try {
      const { status } = await platform.call("POST", "/api/booking/bookings/reserve", {
        token,
        body: { event_id, quantity: 1, idempotency_key: `disconnect-${i}` },
        signal: client.signal,
      });
      assert.equal(status, 200);
      answered++;
      disconnect(5);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    } finally {
      connected.delete(client);
    }
  });
  disconnect(50);
  await Promise.all(clients);
  assert.ok(answered < 500, "some clients must disconnect");

  const seats = await eventually("requests in progress end", async () => {
    const [inventory] = await platform.eventsDb<{ held: number }[]>`
      SELECT held FROM seat_inventory WHERE event_id = ${event_id}`;
    const { body: { total } } = await platform.call("GET", listPath, { token });
    return total - bookedBefore === inventory?.held && inventory?.held;
  });
  assert.ok(
    seats >= answered,
    `${seats} seats are held, but ${answered} clients got a reservation`,
  );
});
