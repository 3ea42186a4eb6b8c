import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { HookReceiver, isSignedBy } from "../../services/event/testing/hooks.ts";
import { organiserOf } from "../web/organiser.ts";
import { dataOf, eventually, startTestPlatform, type TestPlatform } from "./platform.ts";

const TOPICS = [
  "booking.cancelled",
  "booking.confirmed",
  "booking.refunded",
  "waitlist.converted",
  "waitlist.joined",
  "waitlist.offered",
] as const;
const PRICE = 250;
/** Longer than the pauses before the second and the third attempt. */
const TOLD_LIMIT_MS = 60_000;

/** A new buyer's requests about an event. */
async function buyerOf({ api }: TestPlatform, eventId: string) {
  const { access_token } = await dataOf(api.POST("/api/user/auth/register", {
    body: { email: `${newId()}@example.com`, password: "a long password", name: "Asha" },
  }));
  const headers = { Authorization: `Bearer ${access_token}` };
  const query = { event_id: eventId };
  return {
    async reserve(quantity: number): Promise<string> {
      const body = { event_id: eventId, quantity, idempotency_key: newId() };
      const { reservation_id } = await dataOf(
        api.POST("/api/booking/bookings/reserve", { headers, body }),
      );
      return reservation_id;
    },
    async confirm(id: string): Promise<void> {
      const body = { reservation_id: id, payment_token: "tok_visa", payment_method: "card" };
      await dataOf(api.POST("/api/booking/bookings/confirm", { headers, body }));
    },
    async cancel(id: string): Promise<void> {
      const params = { path: { id } };
      await dataOf(api.DELETE("/api/booking/bookings/{id}", { headers, params }));
    },
    async join(quantity: number): Promise<void> {
      await dataOf(api.POST("/api/booking/waitlist/join", {
        headers,
        body: { event_id: eventId, quantity },
      }));
    },
    /** The booking of an offer, once it is made. */
    offered(): Promise<string> {
      return eventually("there is an offer", async () => {
        const params = { query };
        const { offer } = await dataOf(
          api.GET("/api/booking/waitlist/position", { headers, params }),
        );
        return offer?.reservation_id;
      });
    },
  };
}

Deno.test("an organiser's server hears of a sale, its refund and the waitlist, each once", async () => {
  await using platform = await startTestPlatform();
  const { api } = platform;
  const { headers, ...organiser } = await organiserOf(platform);
  const eventId = await organiser.event({ capacity: 2, price: PRICE });
  const first = new HookReceiver();
  const { secret, webhook_id: id } = await dataOf(api.POST("/api/event/admin/webhooks", {
    headers,
    body: { url: first.url(), topics: [...TOPICS], status: "active" },
  }));
  const params = { path: { id } };
  const deliveries = async () => {
    const log = api.GET("/api/event/admin/webhooks/{id}/deliveries", { headers, params });
    return (await dataOf(log)).deliveries;
  };
  const whenTold = (receiver: HookReceiver, topics: readonly string[]) =>
    eventually(`${topics} are told`, () => {
      const told = receiver.received.map(({ body }) => body.topic).toSorted();
      return Promise.resolve(JSON.stringify(told) === JSON.stringify(topics));
    }, TOLD_LIMIT_MS);

  const buyer = await buyerOf(platform, eventId);
  const bought = await buyer.reserve(2);
  await buyer.confirm(bought);
  const waiting = await buyerOf(platform, eventId);
  await waiting.join(2);
  await whenTold(first, ["booking.confirmed", "waitlist.joined"]);
  for (const message of first.received) {
    assert.ok(isSignedBy(secret, message));
  }

  const { secret: next } = await dataOf(
    api.POST("/api/event/admin/webhooks/{id}/rotate-secret", { headers, params }),
  );
  await buyer.cancel(bought);
  const offered = await waiting.offered();
  await whenTold(first, [
    "booking.cancelled",
    "booking.confirmed",
    "booking.refunded",
    "waitlist.joined",
    "waitlist.offered",
  ]);
  for (const message of first.received.slice(2)) {
    assert.ok(isSignedBy(secret, message) && isSignedBy(next, message));
  }
  const refunded = first.received.find(({ body }) => body.topic === "booking.refunded")!.body.data;
  assert.equal(refunded.booking_id, bought);
  const { refund_id: _, ...refund } = refunded.refund;
  assert.deepEqual(refund, { amount: 2 * PRICE, currency: "INR", reason: "cancelled" });

  await first[Symbol.asyncDispose]();
  await waiting.confirm(offered);
  await eventually("messages fail", async () => {
    const failed = (await deliveries()).filter(({ status, error }) =>
      status === "pending" && error
    );
    return failed.length === 2;
  });
  await using second = new HookReceiver({ port: first.port });
  await whenTold(second, ["booking.confirmed", "waitlist.converted"]);
  for (const message of second.received) {
    assert.ok(isSignedBy(secret, message) && isSignedBy(next, message));
  }

  const log = await eventually("all is recorded", async () => {
    const entries = await deliveries();
    return entries.every(({ status }) => status === "delivered") && entries;
  });
  const received = [...first.received, ...second.received].map(({ body }) => body.id);
  assert.deepEqual(received.toSorted(), log.map(({ delivery_id }) => delivery_id).toSorted());
  assert.equal(new Set(received).size, 7);
});
