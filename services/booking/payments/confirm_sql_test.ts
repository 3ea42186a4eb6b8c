/** How the statements that begin and end confirmations reach the bookings of a batch. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { exactlyOne, type Sql, transaction } from "@evently/shared/postgres";
import { createTestDatabase, times, waitForBlockedSession } from "@evently/shared/testing";
import type { NewBooking } from "../orders/booking.ts";
import { postgresBookingStore } from "../orders/postgres_store.ts";

const NOW = new Date("2030-01-01T00:00:00Z");
const EXPIRES_AT = new Date("2030-01-01T00:05:00Z");
const STARTS_AT = new Date("2030-02-01T00:00:00Z");
/** After so many calls a connection keeps the plan that it has. */
const CALLS = 12;
const BOOKINGS_OF_EVENT = 300;
const LOCK_NOT_AVAILABLE = "55P03";

const userId = newId();
const eventId = newId();

function newBooking(): NewBooking {
  return {
    bookingId: newId(),
    userId,
    eventId,
    quantity: 1,
    unitPriceMinor: 500,
    currency: "INR",
    terms: { refundPolicy: [], startsAt: STARTS_AT },
    bookedAt: NOW,
    expiresAt: EXPIRES_AT,
  };
}

/** Confirms bookings by the two statements, one after the other. */
const STEPS = {
  startConfirming(
    sql: Sql,
    bookings: readonly NewBooking[],
    paymentOf = (bookingId: string) => bookingId,
  ) {
    return postgresBookingStore(sql, sql).startConfirming(
      bookings.map(({ bookingId }) => ({
        bookingId,
        userId,
        now: NOW,
        payment: {
          paymentId: paymentOf(bookingId),
          provider: "mock",
          method: "card",
          token: "tok_visa",
        },
      })),
    );
  },
  completeConfirmations(sql: Sql, bookings: readonly NewBooking[]) {
    return postgresBookingStore(sql, sql).completeConfirmations(
      bookings.map(({ bookingId }) => ({
        bookingId,
        eventId,
        paymentId: bookingId,
        transactionId: "txn",
        ticketCode: bookingId,
        now: NOW,
      })),
    );
  },
};

Deno.test("confirmations find their booking alone, by a plan of an empty database", async () => {
  await using database = await createTestDatabase("bookings_db");
  await transaction(database.sql, async (tx) => {
    const store = postgresBookingStore(tx, tx);
    for (let call = 0; call < CALLS; call++) {
      const first = newBooking();
      await store.insertPending([first]);
      await STEPS.startConfirming(tx, [first]);
      await STEPS.completeConfirmations(tx, [first]);
    }
    const bookings = times(BOOKINGS_OF_EVENT, newBooking);
    await store.insertPending(bookings);
    for (const step of Object.values(STEPS)) {
      const before = await readRows(tx);
      await step(tx, bookings.slice(0, 1));
      const read = await readRows(tx) - before;
      assert.ok(read <= 5, `${step.name}() reads ${read} rows for one booking`);
    }
  });
});

for (const [name, step] of Object.entries(STEPS)) {
  Deno.test(`${name}() locks bookings in the order of their ids`, async () => {
    await using database = await createTestDatabase("bookings_db");
    const { sql } = database;
    const store = postgresBookingStore(sql, sql);
    const bookings = times(5, newBooking);
    await store.insertPending(bookings);
    if (name === "completeConfirmations") await STEPS.startConfirming(sql, bookings);
    const ids = bookings.map(({ bookingId }) => bookingId).toSorted();
    let stepping: Promise<unknown> | undefined;
    await transaction(sql, async (tx) => {
      await tx`SELECT FROM bookings WHERE booking_id = ${ids[2]!} FOR UPDATE`;
      stepping = step(sql, bookings);
      await waitForBlockedSession(sql);
      const locked = [];
      for (const id of ids) if (id !== ids[2] && await isLocked(id)) locked.push(id);
      assert.deepEqual(locked, ids.slice(0, 2));
    });
    const answers = await stepping as unknown[];
    assert.equal(answers.filter(Boolean).length, bookings.length);

    async function isLocked(bookingId: string): Promise<boolean> {
      try {
        await sql`SELECT FROM bookings WHERE booking_id = ${bookingId} FOR UPDATE NOWAIT`;
        return false;
      } catch (error) {
        if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return true;
        throw error;
      }
    }
  });
}

Deno.test("startConfirming() gives a booking to the first of its claims alone", async () => {
  await using database = await createTestDatabase("bookings_db");
  const { sql } = database;
  const [one, other] = [newBooking(), newBooking()];
  await postgresBookingStore(sql, sql).insertPending([one, other]);
  const gotBy = async (bookings: readonly NewBooking[]) =>
    (await STEPS.startConfirming(sql, bookings, newId)).map((answer) => answer !== undefined);
  assert.deepEqual(await gotBy([one]), [true]);
  assert.deepEqual(await gotBy([one, other]), [false, true]);
});

/** Rows of bookings and payments that this transaction has read. */
function readRows(sql: Sql): Promise<number> {
  return exactlyOne(
    sql<{ read: number }[]>`
      SELECT sum(seq_tup_read + idx_tup_fetch)::bigint AS read
        FROM pg_stat_xact_user_tables WHERE relname IN ('bookings', 'payments')`,
    ({ read }) => read,
  );
}
