import assert from "node:assert/strict";
import { bearer, readEventStream } from "@evently/shared/testing";
import { eventually, startTestPlatform } from "./platform.ts";

Deno.test("streams tell of a reservation while they are open, through all that is before them", async () => {
  await using platform = await startTestPlatform();
  const { call, origin } = platform;
  const token = await platform.logIn("user2@example.com");
  const event = await eventually("search is filled", async () => {
    return (await call("GET", "/api/search/search?q=diwali")).body.results?.[0];
  });
  const seats = await openStream(`${origin}/api/event/events/${event.event_id}/live`);
  const own = await openStream(`${origin}/api/booking/live`, token);
  const { data: { available_seats: before } } = await seats.message();
  await own.message();

  const { status, body } = await call("POST", "/api/booking/bookings/reserve", {
    token,
    body: { event_id: event.event_id, quantity: 1, idempotency_key: crypto.randomUUID() },
  });
  assert.equal(status, 200, JSON.stringify(body));

  // The streams do not end: an answer that is held back would fail the test.
  assert.equal((await seats.message()).data.available_seats, before - 1);
  assert.equal((await own.message()).data.bookings[0].booking_id, body.reservation_id);
  await seats.cancel();
  await own.cancel();
});

/** Opens a stream. */
async function openStream(url: string, token?: string) {
  const response = await fetch(url, { headers: token === undefined ? {} : bearer(token) });
  assert.equal(response.status, 200);
  return readEventStream(response.body!);
}
