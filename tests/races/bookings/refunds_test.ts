import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { randomFrom, roundsOr, seedOfRun, times } from "@evently/shared/testing";
import { cancelBooking } from "../../../services/booking/orders/cancel_booking.ts";
import { cancelEventBookings } from "../../../services/booking/orders/cancel_event_bookings.ts";
import { refundBooking } from "../../../services/booking/refunds/refund_booking.ts";
import { RecordingProvider } from "../../../services/booking/testing/recording_provider.ts";
import { createWorld } from "../../../services/booking/testing/world.ts";

const ROUNDS = roundsOr(15);
const TOTAL_MINOR = 10_000;

Deno.test("concurrent refunds of a part and cancellations give back what was paid, once", async (t) => {
  const seed = seedOfRun();
  await t.step(`seed ${seed}`, async () => {
    const random = randomFrom(seed);
    const payments = new RecordingProvider();
    await using world = await createWorld({ payments });
    const others = world.inAnotherProcess();
    for (let round = 0; round < ROUNDS; round++) {
      const eventId = await world.createEvent({ priceMinor: TOTAL_MINOR });
      const { bookingId, userId } = await world.reserve({ eventId, quantity: 1 });
      await world.confirm({ bookingId, userId });
      const before = payments.refunds().length;
      const key = newId();
      const contenders = times(6, () => () => {
        const { deps } = random.below(2) === 0 ? world : others;
        // Several of a key, and more than there is in all.
        const idempotencyKey = random.below(3) === 0 ? key : newId();
        const amount = idempotencyKey === key ? 30 : 1 + random.below(60);
        return refundBooking(deps, { eventId, bookingId, amount, idempotencyKey });
      });
      const end = random.below(3);
      const ends: (() => Promise<unknown>)[] = [
        () => cancelBooking(others.deps, { bookingId, userId }),
        () => cancelEventBookings(others.deps, { eventId }),
      ];
      await Promise.allSettled(
        [...contenders, ...ends.slice(end, end + 1)]
          .toSorted(() => random.below(2) - 0.5).map((run) => run()),
      );
      await world.settle();
      const made = payments.refunds().slice(before);
      const returned = made.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      const { refundMinor = 0, status } = (await world.store.find(bookingId))!;
      assert.equal(returned, refundMinor, `round ${round}: what was promised was made`);
      assert.ok(returned <= TOTAL_MINOR, `round ${round}: ${returned} of ${TOTAL_MINOR}`);
      if (status === "cancelled") assert.equal(returned, TOTAL_MINOR, `round ${round}`);
      await world.assertInvariants(eventId);
    }
  });
});
