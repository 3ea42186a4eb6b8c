import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { MessageKey } from "@evently/shared/outbox";
import { exactlyOne } from "@evently/shared/postgres";
import { times } from "@evently/shared/testing";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { createWorld, type World } from "../testing/world.ts";
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
  await bookingsDb`UPDATE refunds SET amount_minor = 100000`;
  await world.drainOutbox();
  const input = { bookingId, eventId, now: clock.now() };
  assert.equal(await world.store.requeueRefund(input), true);
  await world.drainOutbox();
  assert.equal(await world.store.requeueRefund(input), false);
  await world.assertInvariants();
});

Deno.test("a release keeps the fewest seats that its messages say, in one delivery and in later ones", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 20 });
  const [first, second, third] = await Promise.all(
    times(3, () => world.reserve({ eventId, quantity: 5 })),
  );
  const { bookingsDb, clock } = world;
  const release = (subjectId: string, keep: number) =>
    bookingsDb`
      INSERT INTO outbox (message_id, topic, subject_id, event_id, payload, created_at, due_at)
      VALUES (${newId()}, 'seats.release', ${subjectId}, ${eventId},
              ${
      keep === 0 ? "{}" : JSON.stringify({ keep })
    }::text::jsonb, ${clock.now()}, ${clock.now()})`;
  await release(first!.bookingId, 4);
  await release(second!.bookingId, 3);
  await release(second!.bookingId, 0);
  await release(third!.bookingId, 2);
  await world.drainOutbox();
  assert.equal(await world.availableSeats(eventId), 20 - 4 - 0 - 2);
  await release(first!.bookingId, 1);
  await release(third!.bookingId, 3);
  await world.drainOutbox();
  assert.equal(await world.availableSeats(eventId), 20 - 1 - 0 - 2);
});

Deno.test("facts of the waitlist are logged once each", async () => {
  await using world = await createWorld();
  const { bookingsDb, clock } = world;
  const lines: [string, unknown][] = [];
  const log = {
    ...world.deps.log,
    info: (line: string, fields: unknown) => lines.push([line, fields]),
  };
  const [eventId, entryId, userId, offerId] = times(4, () => newId());
  const offer = {
    user_id: userId,
    place: 7,
    offer_id: offerId,
    ticket_type_id: eventId,
    quantity: 2,
  };
  const joined = { user_id: userId, place: 7, quantity: 2 };
  const facts = {
    "waitlist.joined": joined,
    "waitlist.offered": offer,
    "waitlist.offer_lapsed": offer,
    "waitlist.converted": offer,
  };
  for (const [topic, payload] of Object.entries(facts)) {
    await bookingsDb`
      INSERT INTO outbox (message_id, topic, subject_id, event_id, payload, created_at, due_at)
      VALUES (${newId()}, ${topic}, ${entryId!}, ${eventId!}, ${
      JSON.stringify(payload)
    }::text::jsonb, ${clock.now()}, ${clock.now()})`;
  }
  const outbox = createBookingOutbox({ ...world.deps, log });
  await outbox.deliverAll();
  await outbox.deliverAll();
  const of = { event_id: eventId, entry_id: entryId };
  assert.deepEqual(
    lines.toSorted(([a], [b]) => a < b ? -1 : 1),
    [
      ["waitlist: converted", { ...of, ...offer }],
      ["waitlist: joined", { ...of, ...joined }],
      ["waitlist: offer lapsed", { ...of, ...offer }],
      ["waitlist: offered", { ...of, ...offer }],
    ],
  );
});
