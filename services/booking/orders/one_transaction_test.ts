/** A change and its outbox messages are written by one transaction: PostgreSQL records which one wrote a row. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { laneOf } from "@evently/shared/lanes";
import { createWorld, type World } from "../testing/world.ts";
import type { BookingStore } from "./store.ts";

interface Given {
  world: World;
  store: BookingStore;
  eventId: string;
  bookingId: string;
  userId: string;
  now: Date;
}

const PAYMENT = { provider: "mock", method: "card", token: "tok_visa" };

/** The changes that leave something to do, and what. */
const CHANGES: Record<string, { topics: string[]; make: (given: Given) => Promise<unknown> }> = {
  "a reservation is cancelled": {
    topics: ["seats.release"],
    make: ({ store, ...given }) =>
      store.cancelFrom({ ...given, status: "pending", refundPercent: 0 }),
  },
  "a paid booking is cancelled": {
    topics: ["booking.cancelled", "payment.refund", "seats.release"],
    async make({ world, store, ...given }) {
      await world.confirm(given);
      await store.cancelFrom({ ...given, status: "confirmed", refundPercent: 100 });
    },
  },
  "a paid booking is cancelled with its event": {
    topics: ["booking.cancelled", "payment.refund", "seats.release"],
    async make({ world, store, ...given }) {
      await world.confirm(given);
      await store.cancelForEvent({ ...given, limit: 10 });
    },
  },
  "a reservation is given up": {
    topics: ["seats.release"],
    make: ({ store, ...given }) => store.expireIfPending(given),
  },
  "a reservation expires": {
    topics: ["seats.release"],
    make: ({ store, eventId, now }) =>
      store.expireDue({
        lane: laneOf(eventId),
        due: new Date(now.getTime() + 300_000),
        now,
        limit: 10,
      }),
  },
  "a confirmation is abandoned": {
    topics: ["payment.void", "seats.release"],
    async make({ store, ...given }) {
      const paymentId = newId();
      await store.startConfirming([{ ...given, payment: { paymentId, ...PAYMENT } }]);
      await store.abandonConfirmation({ ...given, paymentId });
    },
  },
  "a payment is declined after the hold has ended": {
    topics: ["seats.release"],
    async make({ store, ...given }) {
      const paymentId = newId();
      await store.startConfirming([{ ...given, payment: { paymentId, ...PAYMENT } }]);
      const now = new Date(given.now.getTime() + 300_000);
      await store.declinePayment({ ...given, paymentId, now });
    },
  },
};

for (const [name, { topics, make }] of Object.entries(CHANGES)) {
  Deno.test(`${name}: ${topics.join(" and ")} in the same transaction`, async () => {
    await using world = await createWorld();
    const eventId = await world.createEvent();
    const { bookingId, userId } = await world.reserve({ eventId });
    await make({
      world,
      store: world.store,
      eventId,
      bookingId,
      userId,
      now: world.clock.now(),
    });
    const messages = await world.bookingsDb<{ topic: string; together: boolean }[]>`
      SELECT o.topic, o.xmin = b.xmin AS together
        FROM outbox o JOIN bookings b ON b.booking_id = o.subject_id
       WHERE o.topic <> 'booking.confirmed' -- of the change before
       ORDER BY o.topic`;
    assert.deepEqual(
      messages.map((row) => ({ ...row })),
      topics.map((topic) => ({ topic, together: true })),
    );
  });
}
