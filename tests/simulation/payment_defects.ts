import type { Defect } from "./defects.ts";
import type { OutboxContent } from "./model/tables.ts";
import type { Simulation } from "./simulation.ts";

/** Defects of payments whose provider tells later how they ended, and of refunds. */
export const PAYMENT_DEFECTS: Readonly<Record<string, Defect>> = {
  "a payment that is processing is not looked at again": (_shared, { bookings }) => {
    dropMessages(bookings, (content, { paymentStatus }) => {
      return content.topic === "payment.look" && paymentStatus !== "processing";
    });
  },

  "a look ends while its payment is processing": ({ outboxStore }) => {
    const { complete, postpone } = outboxStore;
    outboxStore.postpone = (input) => {
      const isLook = (message: object) => "topic" in message && message.topic === "payment.look";
      const now = input.dueAt;
      if (input.messages.some(isLook)) complete({ messages: input.messages, now });
      else postpone(input);
    };
  },

  "late money gets seats before its old ones are released": ({ paymentStore }, { bookings }) => {
    const isWaiting = bookings.isWaiting.bind(bookings);
    const { revive } = paymentStore;
    paymentStore.revive = (input) => {
      bookings.isWaiting = () => false;
      const revived = revive(input);
      bookings.isWaiting = isWaiting;
      return revived;
    };
  },

  "late money gets its seats under their old ids": ({ paymentStore }, { bookings }) => {
    const { revive } = paymentStore;
    paymentStore.revive = (input) => {
      const revived = revive(input);
      const row = revived && bookings.bookings.get(input.bookingId);
      if (!row) return undefined;
      const lines = row.lines?.map(({ hold: _, ...line }) => line);
      bookings.bookings.put(row.bookingId, { ...row, lines });
      return { ...revived, booking: { ...revived.booking, lines } };
    };
  },

  "an expired booking goes on though no money has come": ({ payments }) => {
    const inspect = payments.inspect.bind(payments);
    payments.inspect = (payment) => {
      const known = inspect(payment);
      return known.state === "processing" ? { ...known, state: "captured" } : known;
    };
  },

  "a cancellation leaves a payment that is processing": (_shared, { bookings }) => {
    dropMessages(bookings, (content, { status, paymentStatus }) => {
      return content.topic === "payment.void" && status === "cancelled" &&
        paymentStatus === "processing";
    });
  },

  "a void does not reach a payment that is processing": (
    { payments },
    { payments: { payments: rows } },
  ) => {
    const voidPayment = payments.void.bind(payments);
    payments.void = (input) => {
      if (rows.get(input.paymentId)?.status !== "processing") voidPayment(input);
    };
  },

  "nobody is told that late money was given back": (_shared, { bookings }) => {
    dropMessages(bookings, ({ topic }) => topic === "booking.payment_returned");
  },

  "money that is taken at once is not given back": (
    { payments },
    { payments: { payments: rows } },
  ) => {
    const voidPayment = payments.void.bind(payments);
    payments.void = (input) => {
      voidPayment(input);
      const payment = rows.get(input.paymentId);
      if (payment?.capturedMinor) rows.put(input.paymentId, { ...payment, returnedMinor: 0 });
    };
  },

  "a refund of a part forgets those of before": ({ store }, { bookings }) => {
    const { promiseRefund } = store;
    store.promiseRefund = (input) => {
      const row = bookings.bookings.get(input.bookingId);
      if (row?.refundMinor) bookings.bookings.put(row.bookingId, { ...row, refundMinor: 0 });
      return promiseRefund(input);
    };
  },
};

/** Loses the messages of bookings that match; the booking is as it was before the statement, or after it. */
function dropMessages(
  bookings: Simulation["bookings"],
  isLost: (
    content: OutboxContent,
    booking: Parameters<Simulation["bookings"]["enqueue"]>[0],
  ) => boolean,
): void {
  const enqueue = bookings.enqueue.bind(bookings);
  bookings.enqueue = (row, message) => {
    if (!isLost(message.content, row)) enqueue(row, message);
  };
}
