import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createEventWorld, type EventWorld, type Json } from "../testing/world.ts";

/** Replaces the booking service; returns its requests. */
function replaceBooking({ context }: EventWorld, answer: Json, status = 200) {
  const requests: Json[] = [];
  context.provide("booking", {
    async fetch(request: Request) {
      assert.equal(request.headers.get("X-API-Key"), context.internalApiKey);
      const { pathname } = new URL(request.url);
      const body = request.method === "POST" ? await request.json() : undefined;
      requests.push([`${request.method} ${pathname}`, body]);
      return Response.json(answer, { status });
    },
  });
  return requests;
}

const [bookingId, refundId] = [newId(), newId()];
const REFUND = {
  refund_id: refundId,
  amount: 12.5,
  reason: "organiser",
  note: "No bar",
  status: "pending",
  created_at: "2030-01-01T12:00:00.000Z",
  booking_id: bookingId,
  booking_reference: "EVT-ABCDEF",
  currency: "INR",
};

Deno.test("POST /admin/events/{id}/bookings/{booking_id}/refund is passed on and answered", async () => {
  await using world = await createEventWorld();
  const requests = replaceBooking(world, REFUND);
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const path = `/admin/events/${event_id}/bookings/${bookingId}/refund`;
  const { token } = organiser;
  const body = { amount: 12.5, reason: "No bar", idempotency_key: "k" };
  const answer = await world.send("POST", path, { token, body });
  const { note, ...rest } = REFUND;
  assert.deepEqual([answer.status, answer.body], [200, { ...rest, reason: note }]);
  const headers = { "Idempotency-Key": "in the header" };
  await world.send("POST", path, { token, body: { amount: 1 }, headers });
  const internal = `POST /internal/events/${event_id}/bookings/${bookingId}/refunds`;
  assert.deepEqual(requests, [
    [internal, { amount: 12.5, idempotency_key: "k", note: "No bar" }],
    [internal, { amount: 1, idempotency_key: "in the header" }],
  ]);
});

Deno.test("a refund names what is wrong with it, and asks nobody", async () => {
  await using world = await createEventWorld();
  const requests = replaceBooking(world, REFUND);
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const { token } = organiser;
  const path = `/admin/events/${event_id}/bookings/${bookingId}/refund`;
  for (
    const [body, error] of [
      [{ idempotency_key: "k" }, "amount must be a number"],
      [{ amount: -1, idempotency_key: "k" }, "amount cannot be negative"],
      [{ amount: 1 }, "idempotency_key is required"],
      [{ amount: 1, idempotency_key: "k", reason: 7 }, "reason must be a string"],
    ] as const
  ) {
    const answer = await world.send("POST", path, { token, body });
    assert.deepEqual([answer.status, answer.body.error], [400, error]);
  }
  const body = { amount: 1, idempotency_key: "k" };
  const wrong = await world.send("POST", path.replace(bookingId, "7"), { token, body });
  assert.deepEqual([wrong.status, wrong.body.error], [400, "Invalid booking ID format"]);
  assert.deepEqual(requests, []);
});

Deno.test("only those who may change an event refund its bookings", async () => {
  await using world = await createEventWorld();
  const requests = replaceBooking(world, REFUND);
  const { event_id } = await world.event();
  const path = `/admin/events/${event_id}/bookings/${bookingId}/refund`;
  const body = { amount: 1, idempotency_key: "k" };
  const refund = async (token?: string) =>
    (await world.send("POST", path, { ...(token ? { token } : {}), body })).status;
  assert.equal(await refund(), 401);
  assert.equal(await refund((await world.actor()).token), 404);
  assert.equal(await refund((await world.actor("analyst")).token), 403);
  assert.deepEqual(requests, []);
  assert.equal(await refund((await world.actor("super_admin")).token), 200);
});

Deno.test("a refusal of the booking service is handed on", async () => {
  await using world = await createEventWorld();
  const refusal = { error: "Cannot refund more than is left", code: "REFUND_TOO_LARGE" };
  replaceBooking(world, refusal, 409);
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const path = `/admin/events/${event_id}/bookings/${bookingId}/refund`;
  const { status, body } = await world.send("POST", path, {
    token: organiser.token,
    body: { amount: 1, idempotency_key: "k" },
  });
  assert.deepEqual([status, body.error, body.code], [409, refusal.error, refusal.code]);
});

const COUNTS = {
  active: 3,
  cancelled: 7,
  refunds: 6,
  refunded: 4,
  failing: 1,
  refund_minor: 60_000,
  refunded_minor: 40_050,
  last_at: "2030-01-01T12:00:00.000Z",
};

Deno.test("GET /admin/events/{id}/cancellation tells how far the refunds are", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const path = `/admin/events/${event_id}`;
  const { token } = organiser;
  const look = async (by = token) => await world.send("GET", `${path}/cancellation`, { token: by });
  replaceBooking(world, COUNTS);
  const early = await look();
  assert.deepEqual([early.status, early.body.code], [409, "EVENT_STATE_CONFLICT"]);
  await world.send("DELETE", path, { token });
  const { body } = await look();
  assert.deepEqual(body, {
    event_id,
    bookings: 10,
    cancelled: 7,
    refunds: 6,
    refunded: 4,
    failed: 1,
    refund_amount: 600,
    refunded_amount: 400.5,
    currency: "INR",
  });
  replaceBooking(world, { ...COUNTS, active: 0, cancelled: 10, refunded: 6, failing: 0 });
  assert.equal((await look()).body.done_at, COUNTS.last_at);
  assert.equal((await look((await world.actor("analyst")).token)).status, 200);
  assert.equal((await look((await world.actor()).token)).status, 404);
});
