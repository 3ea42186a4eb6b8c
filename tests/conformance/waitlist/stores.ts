import { type OutboxStore, postgresOutboxStore } from "@evently/shared/outbox";
import type { Pool } from "@evently/shared/postgres";
import { postgresBookingStore } from "../../../services/booking/orders/postgres_store.ts";
import type { BookingStore } from "../../../services/booking/orders/store.ts";
import { postgresPaymentStore } from "../../../services/booking/payments/payment_sql.ts";
import type { PaymentStore } from "../../../services/booking/payments/payment_store.ts";
import { postgresWaitlistStore } from "../../../services/booking/waitlist/postgres_store.ts";
import type { WaitlistStore } from "../../../services/booking/waitlist/store.ts";
import { asPromises, bookingModel } from "../../simulation/model/booking_model.ts";
import { outboxModel } from "../../simulation/model/outbox.ts";
import { paymentStoreModel } from "../../simulation/model/payments.ts";
import type { BookingTables } from "../../simulation/model/tables.ts";
import { waitlistModel } from "../../simulation/model/waitlist.ts";
import type { Message, Stores } from "./fixtures.ts";

/** The stores in PostgreSQL. */
export function postgresStores(sql: Pool): Stores {
  return {
    waitlist: postgresWaitlistStore(sql),
    bookings: postgresBookingStore(sql, sql),
    payments: postgresPaymentStore(sql),
    outbox: postgresOutboxStore(sql),
    async messages(eventId) {
      const rows = await sql<{ topic: string; subject_id: string; payload: unknown }[]>`
        SELECT topic, subject_id, payload FROM outbox WHERE event_id = ${eventId}`;
      return rows.map(({ topic, subject_id, payload }) => ({
        topic,
        subjectId: subject_id,
        payload,
      }));
    },
  };
}

/** The stores in memory. */
export function modelStores(tables: BookingTables): Stores {
  return {
    waitlist: asPromises<WaitlistStore>(waitlistModel(tables)),
    bookings: asPromises<BookingStore>(bookingModel(tables)),
    payments: asPromises<PaymentStore>(paymentStoreModel(tables)),
    outbox: asPromises<OutboxStore>(outboxModel(tables)),
    messages: (eventId) =>
      Promise.resolve(
        tables.outbox
          .where(({ message }) => message.eventId === eventId)
          .map(({ message: { topic, subjectId, payload } }): Message => ({
            topic,
            subjectId,
            payload,
          })),
      ),
  };
}
