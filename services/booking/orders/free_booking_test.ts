/** A booking that costs nothing never meets the payment provider. */
import assert from "node:assert/strict";
import type { PaymentProvider } from "../payments/provider.ts";
import { createWorld, withCode } from "../testing/world.ts";
import { cancelBooking } from "./cancel_booking.ts";
import { confirmBooking } from "./confirm_booking.ts";
import { settleStuck } from "../payments/settle_stuck.ts";

/** A provider that is down: every call fails and is counted. */
function providerThatIsDown() {
  const asked: string[] = [];
  const refuse = (call: string) => () => {
    asked.push(call);
    return Promise.reject(new Error("the provider is down"));
  };
  const payments: PaymentProvider = {
    name: "down",
    authorise: refuse("authorise"),
    capture: refuse("capture"),
    void: refuse("void"),
    refund: refuse("refund"),
    inspect: refuse("inspect"),
  };
  return { payments, asked };
}

Deno.test("a free booking is confirmed and cancelled while the provider is down", async () => {
  const { payments, asked } = providerThatIsDown();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent({ capacity: 3, priceMinor: 0 });
  for (const payment of [{}, { method: "card", token: "tok_visa" }]) {
    const { bookingId, userId } = await world.reserve({ eventId });
    const first = await confirmBooking(world.deps, { bookingId, userId, ...payment });
    assert.ok(first.status === "confirmed" && first.transactionId.startsWith("txn_free_"));
    for (const again of [{}, { method: "upi", token: "tok_other" }]) {
      assert.deepEqual(await confirmBooking(world.deps, { bookingId, userId, ...again }), first);
    }
    const [kept] = await world.bookingsDb`
      SELECT provider, token, status, amount_minor FROM payments WHERE booking_id = ${bookingId}`;
    const free = { provider: "free", token: "", status: "captured", amount_minor: 0 };
    assert.deepEqual({ ...kept }, free);
    assert.equal((await cancelBooking(world.deps, { bookingId, userId })).refundMinor, 0);
  }
  await world.drainOutbox();
  assert.deepEqual(asked, []);
  assert.equal(await world.availableSeats(eventId), 3);
  await world.assertInvariants();
});

Deno.test("settleStuck() settles a free confirmation without the provider", async () => {
  const { payments, asked } = providerThatIsDown();
  await using world = await createWorld({ payments });
  const eventId = await world.createEvent({ priceMinor: 0 });
  const [driven, lost] = [await world.reserve({ eventId }), await world.reserve({ eventId })];
  const { commit } = world.deps.seats;
  world.deps.seats.commit = () => Promise.reject(new Error("gone"));
  await assert.rejects(confirmBooking(world.deps, driven));
  await assert.rejects(confirmBooking(world.deps, lost));
  world.deps.seats.commit = commit;
  await world.deps.seats.release([{ eventId, allocationIds: [lost.bookingId] }]);
  world.clock.advance(31_000);
  await settleStuck(world.deps);
  await world.drainOutbox();
  assert.equal((await world.store.find(driven.bookingId))?.status, "confirmed");
  assert.equal((await world.store.find(lost.bookingId))?.status, "expired");
  assert.deepEqual(asked, []);
  await world.assertInvariants();
});

Deno.test("confirmBooking() without payment does not reveal whose booking it is", async () => {
  await using world = await createWorld();
  const paid = await world.reserve({ eventId: await world.createEvent() });
  const free = await world.reserve({ eventId: await world.createEvent({ priceMinor: 0 }) });
  await assert.rejects(confirmBooking(world.deps, paid), withCode("VALIDATION_FAILED"));
  const stranger = { bookingId: free.bookingId, userId: paid.userId };
  await assert.rejects(confirmBooking(world.deps, stranger), withCode("VALIDATION_FAILED"));
  await assert.rejects(
    confirmBooking(world.deps, { ...stranger, method: "card", token: "tok" }),
    withCode("BOOKING_NOT_YOURS"),
  );
  await world.assertInvariants();
});
