/** How statements about one booking reach it, by plans that a connection made while there were hardly any. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { exactlyOne, type Sql, transaction } from "@evently/shared/postgres";
import { createTestDatabase, times } from "@evently/shared/testing";
import { postgresPaymentStore } from "../payments/payment_sql.ts";
import type { PaymentStore } from "../payments/payment_store.ts";
import type { NewBooking } from "./booking.ts";
import { postgresBookingStore } from "./postgres_store.ts";
import type { BookingStore, PaymentOfBooking } from "./store.ts";

const NOW = new Date("2030-01-01T00:00:00Z");
const EXPIRES_AT = new Date("2030-01-01T00:05:00Z");
const LATER = new Date("2030-01-01T00:06:00Z");
const STARTS_AT = new Date("2030-02-01T00:00:00Z");
/** After so many calls a connection keeps the plan that it has. */
const CALLS = 12;
const BOOKINGS_OF_EVENT = 300;
/** Of the tables that a statement may read: its booking, a payment or two, and what its conditions look up. */
const MAX_READ = 8;

const userId = newId();
const eventId = newId();

interface Stores {
  store: BookingStore;
  paymentStore: PaymentStore;
}

/** A booking whose payment is under way. */
type Confirming = PaymentOfBooking & { userId: string };

async function confirming({ store }: Stores): Promise<Confirming> {
  const bookingId = newId();
  const booking: NewBooking = {
    ...{ bookingId, userId, eventId, quantity: 1, unitPriceMinor: 500, currency: "INR" },
    ...{ terms: { refundPolicy: [], startsAt: STARTS_AT }, bookedAt: NOW, expiresAt: EXPIRES_AT },
  };
  await store.insertPending([booking]);
  const payment = { paymentId: newId(), provider: "mock", method: "card", token: "tok_visa" };
  await store.startConfirming([{ bookingId, eventId, userId, now: NOW, payment }]);
  return { bookingId, eventId, userId, paymentId: payment.paymentId };
}

/** What leads to a statement, and the statement. */
interface Step {
  given?: (stores: Stores, one: Confirming) => Promise<unknown>;
  run: (stores: Stores, one: Confirming) => Promise<unknown>;
}

const requireAction: Step["run"] = ({ store }, one) => store.requireAction({ ...one, now: NOW });
const decline: Step["run"] = ({ store }, one) => store.declinePayment({ ...one, now: NOW });
const awaitProvider: Step["run"] = ({ paymentStore }, one) =>
  paymentStore.awaitProvider({ ...one, expiresAt: EXPIRES_AT, lookAt: NOW, now: NOW });
const awaitLate: Step["run"] = ({ paymentStore }, one) =>
  paymentStore.awaitProvider({ ...one, expiresAt: EXPIRES_AT, lookAt: NOW, now: EXPIRES_AT });

const STEPS: Record<string, Step> = {
  requireAction: { run: requireAction },
  declinePayment: { run: decline },
  abandonConfirmation: { run: ({ store }, one) => store.abandonConfirmation({ ...one, now: NOW }) },
  awaitProvider: { run: awaitProvider },
  resumeConfirming: {
    given: requireAction,
    run: ({ store }, one) => store.resumeConfirming({ ...one, now: NOW }),
  },
  replacePayment: {
    given: requireAction,
    run({ store }, one) {
      const by = { paymentId: newId(), provider: "mock", method: "card", token: "tok_other" };
      return store.replacePayment({ ...one, by, now: NOW });
    },
  },
  extendHold: {
    given: decline,
    run: ({ store }, one) => store.extendHold({ ...one, expiresAt: LATER, now: NOW }),
  },
  cancelFrom: {
    given: decline,
    run: ({ store }, one) =>
      store.cancelFrom({ ...one, status: "pending", refundPercent: 0, now: NOW }),
  },
  expireIfPending: {
    given: decline,
    run: ({ store }, one) => store.expireIfPending({ ...one, now: NOW }),
  },
  endLate: {
    given: awaitLate,
    run: ({ paymentStore }, one) =>
      paymentStore.endLate({ ...one, outcome: "declined", now: LATER }),
  },
};

for (const [name, { given, run }] of Object.entries(STEPS)) {
  Deno.test(`${name}() finds its booking alone, by a plan of an empty database`, async () => {
    await using database = await createTestDatabase("bookings_db");
    await transaction(database.sql, async (tx) => {
      const stores = {
        store: postgresBookingStore(tx, tx),
        paymentStore: postgresPaymentStore(tx),
      };
      const prepared = async () => {
        const one = await confirming(stores);
        await given?.(stores, one);
        return one;
      };
      const unknown = { bookingId: newId(), eventId, userId, paymentId: newId() };
      for (let call = 0; call < CALLS; call++) await run(stores, unknown);
      for (const _ of times(BOOKINGS_OF_EVENT, () => {})) await prepared();
      const one = await prepared();
      const before = await readRows(tx);
      assert.ok(await run(stores, one), "it changes the booking");
      const read = await readRows(tx) - before;
      assert.ok(read <= MAX_READ, `${name}() reads ${read} rows for one booking`);
    });
  });
}

/** Rows of bookings and payments that this transaction has read. */
function readRows(sql: Sql): Promise<number> {
  return exactlyOne(
    sql<{ read: number }[]>`
      SELECT sum(seq_tup_read + idx_tup_fetch)::bigint AS read
        FROM pg_stat_xact_user_tables WHERE relname IN ('bookings', 'payments')`,
    ({ read }) => read,
  );
}
