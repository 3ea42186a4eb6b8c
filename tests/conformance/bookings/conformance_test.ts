import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { type OutboxStore, postgresOutboxStore } from "@evently/shared/outbox";
import { createTestDatabase, randomFrom, roundsOr, seedOfRun } from "@evently/shared/testing";
import type { Pool } from "@evently/shared/postgres";
import { asPromises, bookingModel } from "../../simulation/model/booking_model.ts";
import { outboxModel } from "../../simulation/model/outbox.ts";
import { paymentStoreModel } from "../../simulation/model/payments.ts";
import { type BookingRow, BookingTables } from "../../simulation/model/tables.ts";
import { postgresBookingStore } from "../../../services/booking/orders/postgres_store.ts";
import type { BookingStore } from "../../../services/booking/orders/store.ts";
import { postgresPaymentStore } from "../../../services/booking/payments/payment_sql.ts";
import type { PaymentStore } from "../../../services/booking/payments/payment_store.ts";
import { BOOKING_STORE_CASES } from "./cases.ts";
import { LeasedMessages, randomOperation, REVIVED_HOLD_MS } from "./histories.ts";

const OPERATIONS = roundsOr(2_000);
const LONGEST_STEP_MS = 30;
/** Bounds the final comparison of all rows. */
const OPERATIONS_PER_STORE = 2_000;

/** What has to happen to some booking at some time of a history; otherwise the comparison proves little. */
const KINDS: Record<string, (row: BookingRow) => boolean> = {
  confirmed: ({ confirmedAt }) => confirmedAt !== undefined,
  cancelled: ({ status }) => status === "cancelled",
  expired: ({ status }) => status === "expired",
  extended: ({ extendedAt }) => extendedAt !== undefined,
  "waiting for its buyer": ({ paymentStatus }) => paymentStatus === "requires_action",
  "waiting for its provider": ({ paymentStatus }) => paymentStatus === "processing",
  "given its seats again": ({ bookedAt, expiresAt }) => +expiresAt - +bookedAt > REVIVED_HOLD_MS,
  "given its late money back": ({ status, paymentStatus }) =>
    status === "expired" && paymentStatus === "refunded",
  refunded: ({ refundMinor = 0 }) => refundMinor > 0,
  "refunded in part": ({ status, refundMinor = 0 }) => status === "confirmed" && refundMinor > 0,
};

Deno.test("the PostgreSQL booking store passes every conformance case", async (t) => {
  for (const [name, run] of Object.entries(BOOKING_STORE_CASES)) {
    await t.step(name, async () => {
      await using database = await createTestDatabase("bookings_db");
      const { sql } = database;
      const store = postgresBookingStore(sql, sql);
      await run(store, postgresOutboxStore(sql), postgresPaymentStore(sql));
    });
  }
});

Deno.test("the model booking store passes every conformance case", async (t) => {
  for (const [name, run] of Object.entries(BOOKING_STORE_CASES)) {
    await t.step(name, () => {
      const { store, outbox, paymentStore } = modelStores(new BookingTables(newId));
      return run(store, outbox, paymentStore);
    });
  }
});

Deno.test("the model store gives the same answers and rows as PostgreSQL", async (t) => {
  const seed = seedOfRun();
  await t.step(`seed ${seed}`, async () => {
    const random = randomFrom(seed);
    for (let done = 0; done < OPERATIONS; done += OPERATIONS_PER_STORE) {
      await using database = await createTestDatabase("bookings_db");
      const tables = new BookingTables(newId);
      const sides = [
        {
          store: postgresBookingStore(database.sql, database.sql),
          paymentStore: postgresPaymentStore(database.sql),
          outbox: postgresOutboxStore(database.sql),
          leased: new LeasedMessages(),
        },
        { ...modelStores(tables), leased: new LeasedMessages() },
      ] as const;
      const payments = new Map<string, string>();
      const missing = new Map(Object.entries(KINDS));
      let nowMs = 0;
      for (let i = 0; i < OPERATIONS_PER_STORE; i++) {
        nowMs += 1 + random.below(LONGEST_STEP_MS);
        const leased = sides[0].leased.names();
        const { name, apply } = randomOperation(random, { nowMs, payments, leased });
        const real = await apply(sides[0]);
        const modelled = await apply(sides[1]);
        assert.deepEqual(modelled, real, `operation ${done + i}: ${name}`);
        for (const [kind, matches] of missing) {
          if ([...tables.bookings.rows()].some(matches)) missing.delete(kind);
        }
      }
      assert.deepEqual(rowsOfModel(tables), await rowsOfPostgres(database.sql));
      assert.deepEqual([...missing.keys()], [], "bookings that the history never had");
    }
  });
});

function modelStores(tables: BookingTables) {
  return {
    store: asPromises<BookingStore>(bookingModel(tables)),
    paymentStore: asPromises<PaymentStore>(paymentStoreModel(tables)),
    outbox: asPromises<OutboxStore>(outboxModel(tables)),
  };
}

/** The rows to compare, as positional values, since column names differ. */
async function rowsOfPostgres(sql: Pool) {
  const bookings = await sql`
    SELECT booking_id, status, payment_status, payment_id, expires_at, extended_at, confirming_at, confirmed_at, cancelled_at,
           expired_at, refund_minor
      FROM bookings ORDER BY booking_id`;
  const payments = await sql`
    SELECT payment_id, booking_id, provider, token, transaction_id, status, amount_minor, refunded_minor
      FROM payments ORDER BY payment_id`;
  const outbox = await sql`
    SELECT subject_id, topic, due_at, attempts, delivered_at, payload
      FROM outbox`;
  const refunds = await sql`
    SELECT booking_id, payment_id, amount_minor, reason, created_at, done_at
      FROM refunds ORDER BY booking_id, created_at, amount_minor`;
  return {
    bookings: bookings.map((row) => Object.values(row)),
    payments: payments.map((row) => Object.values(row)),
    outbox: outbox.map(({ payload, ...row }) => [...Object.values(row), comparable(payload)])
      .sort(byKey),
    refunds: refunds.map((row) => Object.values(row)),
  };
}

function rowsOfModel(tables: BookingTables) {
  const byFirst = (a: unknown[], b: unknown[]) => String(a[0]) < String(b[0]) ? -1 : 1;
  const orNull = <T>(value: T | undefined) => value ?? null;
  return {
    bookings: [...tables.bookings.rows()].map((row) => [
      row.bookingId,
      row.status,
      row.paymentStatus,
      orNull(row.paymentId),
      row.expiresAt,
      orNull(row.extendedAt),
      orNull(row.confirmingAt),
      orNull(row.confirmedAt),
      orNull(row.cancelledAt),
      orNull(row.expiredAt),
      orNull(row.refundMinor),
    ]).sort(byFirst),
    payments: [...tables.payments.rows()].map((row) => [
      row.paymentId,
      row.bookingId,
      row.provider,
      row.token,
      orNull(row.transactionId),
      row.status,
      row.amountMinor,
      row.refundedMinor,
    ]).sort(byFirst),
    outbox: [...tables.outbox.rows()].map(({ message, dueAt, deliveredAt }) => [
      message.subjectId,
      message.topic,
      dueAt,
      message.attempts,
      orNull(deliveredAt),
      comparable(message.payload),
    ]).sort(byKey),
    refunds: [...tables.refunds.rows()]
      .sort((a, b) =>
        a.bookingId < b.bookingId ? -1 : a.bookingId > b.bookingId ? 1 : (
          a.createdAt.getTime() - b.createdAt.getTime() || a.amountMinor - b.amountMinor
        )
      )
      .map((row) => [
        row.bookingId,
        row.paymentId,
        row.amountMinor,
        row.reason,
        row.createdAt,
        orNull(row.doneAt),
      ]),
  };
}

/** A payload without the ids that each store makes itself; databases write times in another form. */
function comparable(payload: object): unknown {
  const { refund_id: _, done_at, ...same } = payload as { refund_id?: string; done_at?: string };
  return { ...same, ...(done_at ? { doneAt: Date.parse(done_at) } : {}) };
}

function byKey(a: unknown[], b: unknown[]): number {
  return sortKey(a) < sortKey(b) ? -1 : 1;
}

function sortKey([subjectId, topic, dueAt, attempts, deliveredAt, payload]: unknown[]): string {
  const times = [dueAt, deliveredAt].map((time) => time instanceof Date ? time.getTime() : "");
  return JSON.stringify([subjectId, topic, times, attempts, Object.entries(payload!).sort()]);
}
