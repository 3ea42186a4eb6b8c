import assert from "node:assert/strict";
import { randomFrom, seedOfRun, times } from "@evently/shared/testing";
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
