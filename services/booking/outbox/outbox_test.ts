import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { MessageKey } from "@evently/shared/outbox";
import { exactlyOne } from "@evently/shared/postgres";
import { times } from "@evently/shared/testing";
import { createWorld, RecordingProvider, type World } from "../testing/world.ts";
import type { BookingKey } from "../orders/store.ts";
import { createBookingOutbox } from "./outbox.ts";

/** Cancels the event of `count` paid bookings. */
async function cancelPaidBookings(world: World, count: number): Promise<BookingKey[]> {
  const eventId = await world.createEvent();
  const bookings = await Promise.all(times(count, () => world.reserve({ eventId })));
  for (const booking of bookings) await world.confirm(booking);
  const { clock } = world;
  await world.store.cancelForEvent({ eventId, now: clock.now(), limit: count });
  return bookings;
}

Deno.test("refunds of a cancelled event do not wait for each other", async () => {
  const [count, started] = [5, Promise.withResolvers<void>()];
  let underWay = 0;
  class WaitingProvider extends RecordingProvider {
    override async refund(refund: Parameters<RecordingProvider["refund"]>[0]): Promise<void> {
      if (++underWay === count) started.resolve();
      await started.promise;
      await super.refund(refund);
    }
  }
  const payments = new WaitingProvider();
  await using world = await createWorld({ payments });
  await cancelPaidBookings(world, count);
  await createBookingOutbox(world.deps).deliver("payment.refund");
  await world.drainOutbox();
  await world.assertInvariants();
});

Deno.test("two refunds of one payment add up, each counted once", async () => {
  await using world = await createWorld();
  const [booking] = await cancelPaidBookings(world, 1);
  const { bookingId, eventId } = booking!;
  const { bookingsDb, clock } = world;
  await bookingsDb`
    UPDATE outbox SET payload = jsonb_set(payload, '{amount_minor}', '10000') WHERE topic = 'payment.refund'`;
  await bookingsDb`
    INSERT INTO outbox (message_id, topic, subject_id, event_id, payload, created_at, due_at)
    SELECT ${newId()}, topic, subject_id, event_id, jsonb_set(payload, '{amount_minor}', '5000'), created_at, due_at
      FROM outbox WHERE topic = 'payment.refund'`;
  const refunds = await bookingsDb<{ message_id: string }[]>`
    SELECT message_id FROM outbox WHERE topic = 'payment.refund'`;
  const [first, second] = refunds.map(({ message_id }) => ({ messageId: message_id, eventId }));
  const complete = (messages: MessageKey[]) =>
    world.store.completeRefunds({ messages, now: clock.now() });
  await Promise.all([
    complete([first!]),
    complete([first!]),
    complete([second!]),
    complete([first!, second!]),
  ]);
  const refunded = await exactlyOne(
    bookingsDb<{ status: string; refunded_minor: number }[]>`
      SELECT status, refunded_minor FROM payments WHERE booking_id = ${bookingId}`,
    (row) => ({ ...row }),
  );
  assert.deepEqual(refunded, { status: "refunded", refunded_minor: 15_000 });
});

Deno.test("a refund that was paid in part is repaired by the rest", async () => {
  await using world = await createWorld();
  const [booking] = await cancelPaidBookings(world, 1);
  const { bookingId, eventId } = booking!;
  const { bookingsDb, clock } = world;
  await bookingsDb`
    UPDATE outbox SET payload = jsonb_set(payload, '{amount_minor}', '100000') WHERE topic = 'payment.refund'`;
  await world.drainOutbox();
  const input = { bookingId, eventId, now: clock.now() };
  assert.equal(await world.store.requeueRefund(input), true);
  await world.drainOutbox();
  assert.equal(await world.store.requeueRefund(input), false);
  await world.assertInvariants();
});
