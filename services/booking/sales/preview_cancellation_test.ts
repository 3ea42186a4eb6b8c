import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { cancelBooking } from "../orders/cancel_booking.ts";
import { refundBooking } from "../refunds/refund_booking.ts";
import { organiserClient } from "../testing/organiser_client.ts";
import { createWorld } from "../testing/world.ts";

Deno.test("the preview of a cancellation is what the cancellation then does", async () => {
  await using world = await createWorld();
  const { get } = organiserClient(world);
  const eventId = await world.createEvent({ capacity: 9 });
  const buyer = newId();
  const first = await world.reserve({ eventId, userId: buyer, quantity: 2 });
  await world.confirm(first);
  const second = await world.reserve({ eventId, userId: buyer, quantity: 3 });
  await world.confirm(second);
  await refundBooking(world.deps, { ...first, amount: 500, idempotencyKey: newId() });
  const cancelled = await world.reserve({ eventId });
  await world.confirm(cancelled);
  await cancelBooking(world.deps, cancelled);
  await world.reserve({ eventId, quantity: 4 });
  await world.waitlist.join(eventId, { quantity: 3 }, newId());
  const path = `/admin/events/${eventId}/cancellation`;

  const { status, body } = await get(`${path}/preview`);

  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(body, {
    event_id: eventId,
    bookings: 3,
    tickets: 9,
    buyers: 2,
    refunds: [{ amount: 7_000, currency: "INR" }],
    waiting: { entries: 1, tickets: 3 },
  });

  await world.settle();
  const refundedBefore = 500 + 1_500;
  await world.organiser.cancelEvent(eventId);
  await world.settle();
  const done = (await get(path)).body;
  assert.equal(done.refunded_amount - refundedBefore, 7_000);
  assert.equal((await get(`${path}/preview`)).status, 409);
});

Deno.test("the preview of another organiser's cancellation is not found", async () => {
  await using world = await createWorld();
  const { get } = organiserClient(world);
  const eventId = await world.createEvent();
  const path = `/admin/events/${eventId}/cancellation/preview`;
  assert.equal((await get(path, { adminId: newId() })).status, 404);
  assert.equal((await get("/admin/events/x/cancellation/preview")).status, 400);
  const { body } = await get(path, { adminId: newId(), role: "analyst" });
  assert.deepEqual([body.bookings, body.refunds, body.waiting.entries], [0, [], 0]);
});
