/** What a change makes necessary elsewhere is written by its own transaction: PostgreSQL notes which one wrote a row. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
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
const CHANGES: Record<string, { kinds: string[]; make: (given: Given) => Promise<unknown> }> = {
  "a reservation is cancelled": {
    kinds: ["release_seats"],
    make: ({ store, ...given }) =>
      store.cancelFrom({ ...given, status: "pending", refundPercent: 0 }),
  },
  "a paid booking is cancelled": {
    kinds: ["refund_payment", "release_seats"],
    async make({ world, store, ...given }) {
      await world.confirm(given);
      await store.cancelFrom({ ...given, status: "confirmed", refundPercent: 100 });
    },
  },
  "a paid booking is cancelled with its event": {
    kinds: ["refund_payment", "release_seats"],
    async make({ world, store, ...given }) {
      await world.confirm(given);
      await store.cancelForEvent({ ...given, limit: 10 });
    },
  },
  "a reservation is given up": {
    kinds: ["release_seats"],
    make: ({ store, ...given }) => store.expireIfPending(given),
  },
  "a reservation expires": {
    kinds: ["release_seats"],
    make: ({ store, now }) =>
      store.expireDue({ due: new Date(now.getTime() + 300_000), now, limit: 10 }),
  },
  "a confirmation is abandoned": {
    kinds: ["release_seats", "void_payment"],
    async make({ store, ...given }) {
      const paymentId = newId();
      await store.startConfirming([{ ...given, payment: { paymentId, ...PAYMENT } }]);
      await store.abandonConfirmation({ ...given, paymentId });
    },
  },
  "a payment is declined after the hold has ended": {
    kinds: ["release_seats"],
    async make({ store, ...given }) {
      const paymentId = newId();
      await store.startConfirming([{ ...given, payment: { paymentId, ...PAYMENT } }]);
      const now = new Date(given.now.getTime() + 300_000);
      await store.declinePayment({ ...given, paymentId, now });
    },
  },
};

for (const [name, { kinds, make }] of Object.entries(CHANGES)) {
  Deno.test(`${name}: ${kinds.join(" and ")} in the same transaction`, async () => {
    await using world = await createWorld();
    const eventId = await world.createEvent();
    const { bookingId, userId } = await world.reserve({ eventId });
    await make({
      world,
      store: world.deps.store,
      eventId,
      bookingId,
      userId,
      now: world.clock.now(),
    });
    const messages = await world.bookingsDb<{ kind: string; together: boolean }[]>`
      SELECT o.kind, o.xmin = b.xmin AS together
        FROM outbox o JOIN bookings b USING (booking_id)
       ORDER BY o.kind`;
    assert.deepEqual(
      messages.map((row) => ({ ...row })),
      kinds.map((kind) => ({ kind, together: true })),
    );
  });
}
