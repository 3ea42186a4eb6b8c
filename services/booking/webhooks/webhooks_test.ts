import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { exactlyOne, many } from "@evently/shared/postgres";
import { cancelBooking } from "../orders/cancel_booking.ts";
import { refundBooking } from "../refunds/refund_booking.ts";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { createWorld, type World } from "../testing/world.ts";

/** Gives the organiser of an event a webhook with these topics. */
async function addWebhook(
  { eventsDb, clock }: World,
  eventId: string,
  topics: readonly string[],
): Promise<void> {
  await eventsDb`
    INSERT INTO webhooks (webhook_id, owner_id, url, topics, status, secret, created_at, updated_at)
    SELECT ${newId()}, created_by, 'https://hooks.example.com/', ${[...topics]}::text[], 'active',
           '\\x00', ${clock.now()}, ${clock.now()}
      FROM events WHERE event_id = ${eventId}`;
}

/** What is to be delivered, by topic. */
function told({ eventsDb }: World, eventId: string) {
  return many(
    eventsDb<{ topic: string; body: string }[]>`
      SELECT topic, body FROM webhook_deliveries WHERE event_id = ${eventId} ORDER BY topic`,
    ({ topic, body }) => {
      const { data, created_at: createdAt } = JSON.parse(body);
      return { topic, data, createdAt };
    },
  );
}

Deno.test("a purchase and its cancellation reach the webhooks of the event's organiser, once", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  await addWebhook(world, eventId, ["booking.confirmed", "booking.cancelled"]);
  const booking = await world.reserve({ eventId, quantity: 2 });
  await world.confirm(booking);
  await world.drainOutbox();
  await world.drainOutbox();
  const [confirmed, ...more] = await told(world, eventId);
  assert.deepEqual([confirmed?.topic, more], ["booking.confirmed", []]);
  const { data } = confirmed!;
  assert.deepEqual(
    [data.booking_id, data.booking_reference, data.event_id, data.status, data.quantity],
    [booking.bookingId, booking.reference, eventId, "confirmed", 2],
  );
  assert.deepEqual(
    Object.keys(data).filter((key) => /mail|token|ticket_url|payment_id|code/.test(key)),
    [],
  );
  await cancelBooking(world.deps, { bookingId: booking.bookingId, userId: booking.userId });
  await world.drainOutbox();
  const facts = await told(world, eventId);
  assert.deepEqual(facts.map(({ topic }) => topic), ["booking.cancelled", "booking.confirmed"]);
  assert.equal(facts[0]?.data.status, "cancelled");
});

Deno.test("refunds reach webhooks once they are made, each once, whatever part they are", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent({ priceMinor: 100_000 });
  await addWebhook(world, eventId, ["booking.refunded"]);
  const { bookingId, userId } = await world.reserve({ eventId, quantity: 2 });
  await world.confirm({ bookingId, userId });
  payments.loseAnswerOf = "refund";
  const idempotencyKey = newId();
  const { refund } = await refundBooking(world.deps, {
    ...{ eventId, bookingId, amount: 500.25, idempotencyKey },
  });
  await world.drainOutbox();
  assert.deepEqual(await told(world, eventId), [], "it is not known to be made");
  world.clock.advance(60_000);
  await world.drainOutbox();
  const [made, ...more] = await told(world, eventId);
  assert.deepEqual([made?.data.booking_id, made?.data.status, more], [bookingId, "confirmed", []]);
  assert.deepEqual(made?.data.refund, {
    refund_id: refund.refundId,
    amount: 500.25,
    currency: "INR",
    reason: "organiser",
  });
  assert.equal(made?.createdAt, world.clock.now().toISOString());

  await cancelBooking(world.deps, { bookingId, userId });
  await world.drainOutbox();
  await world.drainOutbox();
  const refunds = (await told(world, eventId)).map(({ data: { refund } }) => refund);
  assert.deepEqual(
    refunds.map(({ amount, reason }) => [amount, reason]).toSorted(),
    [[1_499.75, "cancelled"], [500.25, "organiser"]],
  );
});

Deno.test("a fact that no webhook wants is delivered to nobody", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const another = await world.createEvent();
  await addWebhook(world, eventId, ["booking.cancelled"]);
  for (const id of [eventId, another]) await world.confirm(await world.reserve({ eventId: id }));
  await world.drainOutbox();
  assert.deepEqual([...await told(world, eventId), ...await told(world, another)], []);
  const { due } = await exactlyOne(
    world.bookingsDb<{ due: number }[]>`
      SELECT count(*) AS due FROM outbox
       WHERE topic = 'booking.confirmed' AND delivered_at IS NULL`,
    (row) => row,
  );
  assert.equal(due, 0);
});
