import { ConstraintViolated } from "../../models/seats/tables.ts";
import { Table } from "@evently/shared/testing";
import type { BookingFactTopics } from "../../../services/booking/mails/payloads.ts";
import { type Booking, isWaiting } from "../../../services/booking/orders/booking.ts";
import { holdOf } from "../../../services/booking/orders/order_lines.ts";
import type { KnownBooking } from "../../../services/booking/orders/store.ts";
import type { OutboxMessage } from "@evently/shared/outbox";
import type { WaitlistTopics } from "../../../services/booking/waitlist/facts.ts";
import type { ClaimRow, EntryRow, PassRow, QueueRow } from "./waitlist_tables.ts";
import type { Refund } from "../../../services/booking/refunds/refund_row.ts";
import type { BookingTopics } from "../../../services/booking/outbox/outbox.ts";
import type { PaymentState } from "../../../services/booking/payments/payment_store.ts";

/** A row of `bookings`. */
export interface BookingRow extends Omit<Booking, "endedAt"> {
  paymentId: string | undefined;
  confirmingAt: Date | undefined;
  cancelledAt: Date | undefined;
  expiredAt: Date | undefined;
  /** Of the waitlist, whose offer it is. */
  entryId: string | undefined;
}

/** A row of `payments`. */
export interface PaymentRow {
  paymentId: string;
  bookingId: string;
  provider: string;
  method: string;
  token: string;
  transactionId: string | undefined;
  status: PaymentState;
  amountMinor: number;
  refundedMinor: number;
  currency: string;
  startedAt: Date;
}

/** A row of `refunds`. */
export interface RefundRow extends Refund {
  eventId: string;
  paymentId: string;
}

/** Topic and stored payload of an outbox message. */
export type OutboxContent =
  | { topic: "seats.release"; payload: { lines?: number; keep?: number; hold?: number } }
  | { [Topic in keyof WaitlistTopics]: { topic: Topic; payload: WaitlistTopics[Topic] } }[
    keyof WaitlistTopics
  ]
  | PaymentContent<"payment.refund">
  | PaymentContent<"payment.void">
  | PaymentContent<"payment.look">
  | { topic: "booking.cancelled"; payload: BookingFactTopics["booking.cancelled"] }
  | { topic: "booking.refunded"; payload: BookingFactTopics["booking.refunded"] }
  | { topic: PlainFact; payload: EmptyPayload };

/** Facts of a booking that say nothing else. */
type PlainFact = Exclude<keyof BookingFactTopics, "booking.cancelled" | "booking.refunded">;

type EmptyPayload = Record<string, never>;

interface PaymentContent<Topic extends keyof BookingTopics> {
  topic: Topic;
  payload: BookingTopics[Topic];
}

/** A row of `outbox`. */
export interface OutboxRow {
  message: Omit<OutboxMessage, "topic" | "payload"> & OutboxContent;
  createdAt: Date;
  dueAt: Date;
  deliveredAt: Date | undefined;
}

/** A message to write; its id is new unless it is given. */
interface MessageToWrite {
  content: OutboxContent;
  now: Date;
  messageId?: string;
  /** `now` by default. */
  dueAt?: Date;
}

/** Tables of the model of bookings_db. Ticket codes are a column of bookings here. */
export class BookingTables {
  readonly bookings = new Table<BookingRow>();
  readonly payments = new Table<PaymentRow>();
  readonly outbox = new Table<OutboxRow>();
  readonly queues = new Table<QueueRow>();
  readonly entries = new Table<EntryRow>();
  readonly claims = new Table<ClaimRow>();
  /** In the order in which they were written. */
  readonly passes: PassRow[] = [];
  readonly #references = new Set<string>();
  readonly #byTicket = new Map<string, string>();
  readonly refunds = new Table<RefundRow>();
  /** Stands for `gen_random_uuid()`. */
  readonly newId: () => string;

  constructor(newId: () => string) {
    this.newId = newId;
  }

  /** Inserts a booking unless its id or reference exists, as `ON CONFLICT DO NOTHING` does. */
  insertBooking(row: BookingRow): boolean {
    const reference = `${row.reference} ${row.eventId}`;
    if (this.bookings.get(row.bookingId) || this.#references.has(reference)) return false;
    this.#references.add(reference);
    this.bookings.put(row.bookingId, row);
    return true;
  }

  /** Finds a booking by its id, and its event where that is known. */
  find({ bookingId, eventId }: KnownBooking): BookingRow | undefined {
    const row = this.bookings.get(bookingId);
    return eventId === undefined || row?.eventId === eventId ? row : undefined;
  }

  /** Updates a booking and returns the new row. */
  update(row: BookingRow, changes: Partial<BookingRow>): BookingRow {
    const after = { ...row, ...changes };
    assertConsistent(after);
    if (after.ticketCode !== undefined) this.#byTicket.set(after.ticketCode, after.bookingId);
    this.bookings.put(after.bookingId, after);
    return after;
  }

  byTicket(ticketCode: string): BookingRow | undefined {
    return this.bookings.get(this.#byTicket.get(ticketCode) ?? "");
  }

  /** Returns the payments of a booking in the order in which they were started. */
  paymentsOf(bookingId: string): PaymentRow[] {
    return this.payments.where((payment) => payment.bookingId === bookingId);
  }

  updatePayment(paymentId: string, changes: Partial<PaymentRow>): void {
    const before = this.payments.get(paymentId);
    if (!before) return;
    const after = { ...before, ...changes };
    this.#assertOneCapture(after);
    this.payments.put(paymentId, after);
  }

  /** Keeps the provider's name for a payment, once it is known. */
  namePayment(paymentId: string, transactionId: string | undefined): void {
    if (transactionId !== undefined) this.updatePayment(paymentId, { transactionId });
  }

  /** Writes the message that voids a payment of a booking. */
  enqueueVoid(
    row: BookingRow,
    { paymentId, ...message }: { paymentId: string; now: Date; messageId?: string },
  ): void {
    const transactionId = this.payments.get(paymentId)?.transactionId;
    this.enqueue(row, { content: voidOf(row, { paymentId, transactionId }), ...message });
  }

  enqueue({ bookingId, eventId }: BookingRow, message: MessageToWrite): void {
    this.enqueueFor({ subjectId: bookingId, eventId }, message);
  }

  /** Writes a message about an entity that need not be a booking. */
  enqueueFor(
    subject: { subjectId: string; eventId: string },
    { content, now, messageId = this.newId(), dueAt = now }: MessageToWrite,
  ): void {
    const message = { messageId, ...subject, attempts: 0, ...content };
    this.outbox.put(messageId, { message, createdAt: now, dueAt, deliveredAt: undefined });
  }

  /** Whether an undelivered message of a booking has this topic. */
  isWaiting(bookingId: string, topic: OutboxContent["topic"]): boolean {
    for (const { message, deliveredAt } of this.outbox.rows()) {
      if (message.subjectId === bookingId && message.topic === topic && !deliveredAt) return true;
    }
    return false;
  }

  /** The payments of a booking whose void is not delivered. */
  undeliveredVoids({ bookingId }: BookingRow): string[] {
    return [...this.outbox.rows()].flatMap(({ message, deliveredAt }) =>
      message.subjectId === bookingId && message.topic === "payment.void" && !deliveredAt
        ? [message.payload.payment_id]
        : []
    ).sort();
  }

  /** Enforces the unique index `payments_one_capture`. */
  #assertOneCapture({ paymentId, bookingId, status }: PaymentRow): void {
    if (!isCaptured(status)) return;
    const other = this.paymentsOf(bookingId)
      .find((payment) => payment.paymentId !== paymentId && isCaptured(payment.status));
    if (other) throw new ConstraintViolated(`payments_one_capture of booking ${bookingId}`);
  }
}

/** The message that releases the seats of a booking. */
export function releaseOf(row: Pick<BookingRow, "lines">): OutboxContent {
  const { lines } = row;
  return {
    topic: "seats.release",
    payload: lines ? { lines: lines.length, ...holdIn(row) } : {},
  };
}

/** The message that releases what an offer has beyond so many tickets. */
export function keepOf(row: Pick<BookingRow, "lines">, keep: number): OutboxContent {
  return { topic: "seats.release", payload: { keep, ...holdIn(row) } };
}

function holdIn(row: Pick<BookingRow, "lines">): { hold?: number } {
  const hold = holdOf(row);
  return hold > 0 ? { hold } : {};
}

/** The message that voids a payment of a booking, by the provider's name for it where that is known. */
export function voidOf(
  { totalMinor, currency }: Pick<BookingRow, "totalMinor" | "currency">,
  { paymentId, transactionId }: { paymentId: string; transactionId: string | undefined },
): OutboxContent {
  const payload = { payment_id: paymentId, amount_minor: totalMinor, currency };
  const named = transactionId === undefined ? {} : { transaction_id: transactionId };
  return { topic: "payment.void", payload: { ...payload, ...named } };
}

/** The message of a fact that says nothing else. */
export function factOf(topic: PlainFact): OutboxContent {
  return { topic, payload: {} };
}

/** Whether a payment was captured, refunded or not. */
export function isCaptured(status: PaymentRow["status"]): boolean {
  return status === "captured" || status === "refunded";
}

/** Returns the booking of a row without the columns of the store. */
export function toBooking(
  { paymentId: _1, confirmingAt: _2, entryId: _3, cancelledAt, expiredAt, ...booking }: BookingRow,
): Booking {
  const { expiresAt } = booking;
  const endedAt = expiredAt && expiresAt < expiredAt ? expiresAt : cancelledAt ?? expiredAt;
  return { ...booking, endedAt };
}

/** Enforces the CHECK constraints of `bookings`. */
function assertConsistent(row: BookingRow): void {
  const { status, paymentStatus, refundMinor = 0 } = row;
  const holds = (!isWaiting(row) || row.paymentId) &&
    (status !== "confirming" || (row.confirmingAt && row.paymentId)) &&
    (status !== "confirmed" || (row.confirmedAt && paymentStatus === "completed")) &&
    (status === "cancelled") === (row.cancelledAt !== undefined) &&
    (status === "expired") === (row.expiredAt !== undefined) &&
    refundMinor >= 0 && refundMinor <= row.totalMinor;
  if (!holds) throw new ConstraintViolated(`a CHECK of bookings: ${JSON.stringify(row)}`);
}
