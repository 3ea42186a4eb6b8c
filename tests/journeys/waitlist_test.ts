import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { assertInventoryAddsUp } from "../../services/event/testing/world.ts";
import { dataOf, eventually, startTestPlatform, type TestPlatform } from "./platform.ts";

const PAID = { payment_token: "tok_visa", payment_method: "card" };

/** Requests of one person about the demo's sold-out event. */
async function personAt({ api, logIn }: TestPlatform, email: string, eventId: string) {
  const headers = { Authorization: `Bearer ${await logIn(email)}` };
  return {
    async cancelOne(): Promise<void> {
      const { user_id } = await dataOf(api.GET("/api/user/users/profile", { headers }));
      const path = { userId: user_id };
      const { bookings } = await dataOf(
        api.GET("/api/booking/bookings/user/{userId}", { headers, params: { path } }),
      );
      const isSold = (booking: typeof bookings[number]) =>
        booking.status === "confirmed" && booking.event_id === eventId;
      const sold = bookings.find(isSold);
      assert.ok(sold, `${email} has no booking`);
      const id = sold.booking_id;
      await dataOf(
        api.DELETE("/api/booking/bookings/{id}", { headers, params: { path: { id } } }),
      );
    },
    position: () =>
      dataOf(
        api.GET("/api/booking/waitlist/position", {
          headers,
          params: { query: { event_id: eventId } },
        }),
      ),
    /** The offer, once it is made. */
    offer() {
      return eventually(`${email} has an offer`, async () => (await this.position()).offer);
    },
    async confirm(reservationId: string) {
      const body = { reservation_id: reservationId, ...PAID };
      const { response } = await api.POST("/api/booking/bookings/confirm", { headers, body });
      return response.status;
    },
    async reserve(quantity: number) {
      const body = { event_id: eventId, quantity, idempotency_key: newId() };
      return await api.POST("/api/booking/bookings/reserve", { headers, body });
    },
  };
}

Deno.test("seats of the sold-out demo event go to who waits, in order, and to nobody else", async () => {
  await using platform = await startTestPlatform();
  const { api, eventsDb } = platform;
  const params = { query: { q: "laugh track" } };
  const event = await eventually("search finds the event", async () => {
    return (await api.GET("/api/search/search", { params })).data?.results[0];
  });
  const { event_id, available_seats, status } = event;
  assert.deepEqual({ available_seats, status }, { available_seats: 0, status: "sold_out" });
  const owner = await personAt(platform, "user1@example.com", event_id);
  const first = await personAt(platform, "user2@example.com", event_id);
  const second = await personAt(platform, "atlanuser2@mail.com", event_id);
  const stranger = await personAt(platform, "atlanuser1@mail.com", event_id);

  // Four seats come back: the first in line wants two, the second three together.
  await owner.cancelOne();
  const { reservation_id, quantity } = await first.offer();
  assert.equal(quantity, 2);
  assert.equal((await stranger.reserve(1)).response.status, 409);
  assert.equal(await stranger.confirm(reservation_id), 403);
  await eventually("seats are gathered for the second in line", async () => {
    return (await second.position()).why?.code === "GATHERING";
  });
  assert.equal(await first.confirm(reservation_id), 200);
  assert.equal((await first.position()).status, "converted");

  // Reserving in the ordinary way meets the offer.
  await owner.cancelOne();
  const offer = await second.offer();
  assert.equal(offer.quantity, 3);
  const met = await dataOf(second.reserve(3));
  assert.equal(met.reservation_id, offer.reservation_id);
  assert.equal(await second.confirm(met.reservation_id), 200);

  // Nobody waits: the other three are for everybody.
  const left = await eventually("the rest is on sale again", async () => {
    const query = { event_id, quantity: 1 };
    const { available, available_seats } = await dataOf(
      api.GET("/api/booking/bookings/check-availability", { params: { query } }),
    );
    return available && available_seats;
  });
  assert.equal(left, 3);
  assert.equal((await stranger.reserve(3)).response.status, 200);
  await assertInventoryAddsUp(eventsDb);
});
