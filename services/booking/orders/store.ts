import type { Booking, BookingStatus, NewBooking, PublicStatus } from "./booking.ts";
import type { HoldNumber } from "./order_lines.ts";
import type { MessageKey } from "@evently/shared/outbox";
import type { Refund } from "../refunds/refund_row.ts";
import type { PaymentOrder } from "../payments/provider.ts";

/** A booking whose payment is under way, and that payment. */
export interface Confirmation {
  booking: Booking;
  order: PaymentOrder;
  /** Earlier payments that another driver may still capture: the provider must void them before this one begins. */
  replaces: readonly string[];
}

/** The key of a booking. Its id alone finds it too; a distributed store then searches all events. */
export type BookingKey = Pick<Booking, "bookingId" | "eventId">;

/** A booking of which the event may be unknown, as in requests that name the booking alone. */
export interface KnownBooking {
  bookingId: string;
  eventId?: string | undefined;
}

/** Which payment of which booking. */
export interface PaymentOfBooking extends BookingKey {
  paymentId: string;
}

/** A payment with the provider's name for it, where that is known. */
export interface NamedPayment extends PaymentOfBooking {
  transactionId?: string | undefined;
}

/** Which payment a confirmation drives. */
export function paymentOf({ booking, order }: Confirmation): PaymentOfBooking {
  const { bookingId, eventId } = booking;
  return { bookingId, eventId, paymentId: order.paymentId };
}

/** A booking with its latest payment, if one was ever begun. */
export interface PaidBooking {
  booking: Booking;
  payment: { paymentId: string; token: string; transactionId: string | undefined } | undefined;
}

/** A buyer's wish to pay for a booking. */
export interface Claim extends KnownBooking {
  userId: string;
  now: Date;
  payment: { paymentId: string; provider: string; method: string; token: string };
}

/** A payment that is captured, and the code of the ticket that it buys. */
export interface Capture extends PaymentOfBooking {
  transactionId: string;
  ticketCode: string;
  /** Whose seats were sold. */
  hold?: HoldNumber;
  now: Date;
}

/** A booking that is not being changed, with the state of its money. */
export interface SettledBooking {
  booking: Booking;
  /** Whether money was taken, refunded or not. */
  captured: boolean;
  /** Less was refunded than is owed, and no refund is queued. */
  refundMissing: boolean;
  /** It is an offer of the waitlist, which may be taken in part. */
  isOffer: boolean;
  /** A started payment that no confirmation drives. */
  startedPaymentId: string | undefined;
}

/** The most open holds that a refusal lists, latest first. */
export const MAX_OPEN_HOLDS = 10;

/** A user who buys tickets of an event. */
export interface BuyerOfEvent {
  userId: string;
  eventId: string;
}

/** Payments and refunds of an event, in minor units of one currency. */
export interface Takings {
  currency: string;
  grossMinor: number;
  refundedMinor: number;
}

/** A booking that was just cancelled, with the refund that its cancellation promised. */
export interface CancelledBooking extends Booking {
  newRefundMinor: number;
}

/** A refund of a part to promise; its id is derived from the request. */
export interface NewRefund extends BookingKey {
  refundId: string;
  amountMinor: number;
  /** For the buyer. */
  note: string | undefined;
  now: Date;
}

/** The bookings of an event that are left and cancelled, and their refunds in minor units. */
export interface EventRefunds {
  /** Not cancelled, nor expired. */
  active: number;
  cancelled: number;
  refunds: number;
  /** Those of `refunds` that the provider has made. */
  refunded: number;
  /** Those that the provider refused or did not answer, and that are tried again. */
  failing: number;
  refundMinor: number;
  refundedMinor: number;
  /** When the last booking was cancelled or the last refund made. */
  lastAt: Date | undefined;
}

/** Which of a user's bookings to list. */
export interface BookingListInput {
  userId: string;
  /** The status at `now`; absent: any. */
  status?: PublicStatus | undefined;
  now: Date;
  page: number;
  limit: number;
}

/** One page of a list, and the total. */
export interface BookingPage {
  bookings: Booking[];
  total: number;
}

/**
 * The statements of bookings_db, one per method, each atomic. A change names the status that it leaves, and returns
 * `undefined` if another change was first. A method that takes several items applies them in order and returns a
 * result for each. The same statement writes the outbox messages of a change.
 */
export interface BookingStore {
  /** Inserts pending bookings; one that exists is returned as it is. */
  insertPending(bookings: readonly NewBooking[]): Promise<Booking[]>;

  find(bookingId: string): Promise<Booking | undefined>;
  /** Finds the bookings that exist, in no order. */
  findMany(keys: readonly BookingKey[]): Promise<Booking[]>;
  /** Finds open holds of each buyer, latest first, at most {@link MAX_OPEN_HOLDS}. */
  findOpenHolds(wanted: readonly BuyerOfEvent[], now: Date): Promise<Booking[][]>;
  findByTicket(ticketCode: string): Promise<Booking | undefined>;
  /** Lists a user's bookings, newest first: all, or those with a public status at `now`. */
  listByUser(input: BookingListInput): Promise<BookingPage>;
  /** Lists open holds by key. */
  listPending(
    input: { after: BookingKey | undefined; now: Date; limit: number },
  ): Promise<Booking[]>;
  /** Lists the events with the most bookings since a time. */
  activity(input: { since: Date; limit: number }): Promise<{ eventId: string; bookings: number }[]>;
  /** Adds up payments and refunds of an event by currency, whatever became of the seats. */
  takings(input: { eventId: string }): Promise<Takings[]>;

  /** pending -> confirming before the hold ends, each with a started payment. */
  startConfirming(claims: readonly Claim[]): Promise<(Confirmation | undefined)[]>;
  /** Finds a booking with its latest payment. */
  findWithPayment(bookingId: string): Promise<PaidBooking | undefined>;
  /** confirming -> pending, as the payment waits for its buyer; or expired if the hold has ended. */
  requireAction(input: NamedPayment & { now: Date }): Promise<Booking | undefined>;
  /** pending -> confirming before the hold ends, with the payment that waits for its buyer. */
  resumeConfirming(
    input: PaymentOfBooking & { userId: string; now: Date },
  ): Promise<Confirmation | undefined>;
  /** pending -> confirming before the hold ends, with a new payment; voids the one that waits for its buyer. */
  replacePayment(
    input: PaymentOfBooking & { userId: string; now: Date; by: Claim["payment"] },
  ): Promise<Confirmation | undefined>;
  /**
   * confirming -> confirmed, with captured payments and issued tickets, if it is the latest hold that was sold. Returns
   * whether each capture did it.
   */
  completeConfirmations(captures: readonly Capture[]): Promise<boolean[]>;
  /** confirming -> pending; or expired, with its seats released, if the hold has ended. */
  declinePayment(input: NamedPayment & { now: Date }): Promise<Booking | undefined>;
  /** confirming -> expired, as the seats are lost; voids the payment. */
  abandonConfirmation(input: PaymentOfBooking & { now: Date }): Promise<Booking | undefined>;
  /** Takes over confirmations that were not driven since `before`, lane by lane from `firstLane` on. */
  leaseStuckConfirmations(
    input: { firstLane: number; before: Date; now: Date; limit: number },
  ): Promise<Confirmation[]>;
  /** Hands confirmations on: the next {@link leaseStuckConfirmations} takes them over. */
  handOnConfirmations(payments: readonly PaymentOfBooking[]): Promise<void>;

  /** Extends a pending hold of its owner once, before it ends. */
  extendHold(
    input: BookingKey & { userId: string; expiresAt: Date; now: Date },
  ): Promise<Booking | undefined>;

  /** pending (before the hold ends) or confirmed, as `status` says -> cancelled, with a refund. */
  cancelFrom(
    input: BookingKey & {
      userId: string;
      status: BookingStatus;
      refundPercent: number;
      now: Date;
    },
  ): Promise<CancelledBooking | undefined>;
  /** pending -> expired, by its owner. */
  expireIfPending(
    input: KnownBooking & { userId: string; now: Date },
  ): Promise<Booking | undefined>;
  /** pending -> expired, for holds of a lane that ended by `due`, oldest first. Returns how many. */
  expireDue(input: { lane: number; due: Date; now: Date; limit: number }): Promise<number>;
  /** pending or confirmed -> cancelled with a full refund, for an event that was cancelled. */
  cancelForEvent(
    input: { eventId: string; now: Date; limit: number },
  ): Promise<{ cancelled: number; remaining: number }>;

  /** Lists bookings that are not confirming and are unchanged since a time; a page by key. */
  listSettled(input: {
    after: BookingKey | undefined;
    changedBefore: Date;
    limit: number;
  }): Promise<SettledBooking[]>;
  /**
   * Queues the release of an ended booking's seats, or of those that an offer has beyond what was taken of it, unless one
   * is queued. Returns whether it did.
   */
  requeueRelease(input: BookingKey & { now: Date }): Promise<boolean>;
  /** Queues the refund that a cancelled booking is owed unless it is queued. Returns whether it did. */
  requeueRefund(input: BookingKey & { now: Date }): Promise<boolean>;
  /** started -> voided, for a payment that no confirmation is driving. */
  voidStartedPayment(input: { paymentId: string; eventId: string; now: Date }): Promise<boolean>;

  /**
   * Promises a refund of a part of a paid booking; `undefined` if all refunds would be more than its total.
   *
   * @throws {PostgresError} a unique violation: the refund was promised meanwhile
   */
  promiseRefund(refund: NewRefund): Promise<Refund | undefined>;
  /** Lists the refunds of bookings, oldest first. */
  refundsOf(keys: readonly BookingKey[]): Promise<Refund[]>;
  /** Counts the bookings and refunds of an event. */
  refundsOfEvent(input: { eventId: string; now: Date }): Promise<EventRefunds>;
  /** Marks refunds and their messages as done, and adds the amount of each to its payment. */
  completeRefunds(input: { messages: readonly MessageKey[]; now: Date }): Promise<void>;
}
