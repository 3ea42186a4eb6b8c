/** Bookings that were cancelled, that a restored backup brings back, and that are cancelled again. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { cancelBooking } from "../orders/cancel_booking.ts";
import { PRICE_MINOR } from "../testing/organiser.ts";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { createWorld, type World } from "../testing/world.ts";
import { refundBooking } from "./refund_booking.ts";

const HOUR_MS = 3_600_000;
const PRICE_OF_TWO = 2 * PRICE_MINOR;
const TABLES = ["bookings", "payments", "tickets", "refunds", "outbox"];

interface Paid {
  bookingId: string;
  userId: string;
  eventId: string;
}

/** A paid booking of two tickets of an event that starts in so many hours. */
async function paid(world: World, { startsInHours }: { startsInHours: number }): Promise<Paid> {
  const eventId = await world.createEvent({ startsInMs: startsInHours * HOUR_MS });
  const booking = await world.reserve({ eventId, quantity: 2 });
  await world.confirm(booking);
  await world.settle();
  return booking;
}

/** Copies all rows; the function that is returned puts them in the place of those of later. The provider forgets nothing. */
async function backUp({ bookingsDb: sql }: World): Promise<() => Promise<void>> {
  await sql`CREATE SCHEMA backup`;
  for (const name of TABLES) {
    await sql`CREATE TABLE ${sql("backup")}.${sql(name)} AS TABLE ${sql(name)}`;
  }
  return async () => {
    await sql`TRUNCATE ${sql(TABLES)}`;
    for (const name of TABLES) {
      await sql`INSERT INTO ${sql(name)} SELECT * FROM ${sql("backup")}.${sql(name)}`;
    }
  };
}

async function cancel(world: World, booking: Paid): Promise<void> {
  world.clock.advance(1_000);
  await cancelBooking(world.deps, booking);
  await world.settle();
}

function amounts(payments: RecordingProvider): number[] {
  return payments.refunds().map(({ amountMinor }) => amountMinor).toSorted((a, b) => a - b);
}

for (const [hours, percent] of [[48, 100], [12, 50]] as const) {
  Deno.test(`a restored booking that is cancelled again gives ${percent} % back once`, async () => {
    const payments = new RecordingProvider();
    await using world = await createWorld({ payments });
    const booking = await paid(world, { startsInHours: hours });
    const restore = await backUp(world);
    await cancel(world, booking);
    assert.deepEqual(amounts(payments), [PRICE_OF_TWO * percent / 100]);

    await restore();
    assert.equal((await world.deps.bookings.find(booking.bookingId))?.status, "confirmed");
    await cancel(world, booking);
    const asked = payments.calls.filter(({ call }) => call === "refund");
    assert.equal(asked.length, 2, "the provider is asked again");
    assert.equal(asked[0]!.id, asked[1]!.id);
    assert.deepEqual(amounts(payments), [PRICE_OF_TWO * percent / 100], "and pays once");
    await world.assertInvariants();
  });
}

Deno.test("a restored booking whose event is cancelled gives its price back once", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const booking = await paid(world, { startsInHours: 48 });
  const restore = await backUp(world);
  await cancel(world, booking);
  await restore();
  await world.organiser.cancelEvent(booking.eventId);
  await world.settle();
  assert.equal(payments.calls.filter(({ call }) => call === "refund").length, 2);
  assert.deepEqual(amounts(payments), [PRICE_OF_TWO]);
  await world.assertInvariants();
});

Deno.test("a cancellation after a restore gives the rest of a refund of before it once", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const booking = await paid(world, { startsInHours: 48 });
  await refundBooking(world.deps, { ...booking, amount: 100, idempotencyKey: newId() });
  await world.settle();
  const restore = await backUp(world);
  await cancel(world, booking);
  await restore();
  await cancel(world, booking);
  assert.deepEqual(amounts(payments), [10_000, PRICE_OF_TWO - 10_000]);
  await world.assertInvariants();
});

Deno.test("cancellations of two bookings are two refunds", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const [first, second] = [
    await paid(world, { startsInHours: 48 }),
    await paid(world, { startsInHours: 48 }),
  ];
  await cancel(world, first);
  await cancel(world, second);
  assert.deepEqual(amounts(payments), [PRICE_OF_TWO, PRICE_OF_TWO]);
});
