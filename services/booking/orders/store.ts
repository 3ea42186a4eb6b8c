import type { Booking, BookingStatus, NewBooking } from "./booking.ts";
import type { PaymentOrder } from "../payments/provider.ts";

/** A booking whose payment is under way, and that payment. */
export interface Confirmation {
  booking: Booking;
  order: PaymentOrder;
}

/** Which payment of which booking. */
export interface PaymentOfBooking {
  bookingId: string;
  paymentId: string;
}

/** Which payment a confirmation drives. */
export function paymentOf({ booking, order }: Confirmation): PaymentOfBooking {
  return { bookingId: booking.bookingId, paymentId: order.paymentId };
}

/** A booking with its latest payment, if one was ever begun. */
export interface PaidBooking {
  booking: Booking;
  payment: { paymentId: string; token: string; transactionId: string | undefined } | undefined;
}

/** A buyer's wish to pay for a booking. */
export interface Claim {
  bookingId: string;
  userId: string;
  now: Date;
  payment: { paymentId: string; provider: string; method: string; token: string };
}

/** A payment that is captured, and the code of the ticket that it buys. */
export interface Capture {
  bookingId: string;
  paymentId: string;
  transactionId: string;
  ticketCode: string;
  now: Date;
}

/** A booking that nobody is changing, and how its money stands. */
export interface SettledBooking {
  booking: Booking;
  /** Whether money was taken, given back or not. */
  captured: boolean;
  /** Less was given back than is owed, and no refund waits in the outbox. */
  refundMissing: boolean;
  /** A payment that was begun and that nobody ends any more. */
  startedPaymentId: string | undefined;
}

/** The most holds that a buyer is told of; more are rare, and the latest are the ones remembered. */
export const MAX_OPEN_HOLDS = 10;

/** A user who buys tickets of an event. */
export interface BuyerOfEvent {
  userId: string;
  eventId: string;
}

/** What buyers paid for an event, and what of it goes back to them, in minor units of one currency. */
export interface Takings {
  currency: string;
  grossMinor: number;
  refundedMinor: number;
}

/** One page of a list, and how many there are in all. */
export interface BookingPage {
  bookings: Booking[];
  total: number;
}

/**
 * Everything that the verbs ask of bookings_db. Each method is one atomic statement; a change names the
 * status that it leaves, and answers `undefined` when somebody else was first. One that takes
 * several makes them one after the other and answers each, in order. What a change makes necessary elsewhere is
 * written to the outbox by the same statement.
 */
export interface BookingStore {
  /** Inserts pending bookings; one that is there already is answered as it is. */
  insertPending(bookings: readonly NewBooking[]): Promise<Booking[]>;

  find(bookingId: string): Promise<Booking | undefined>;
  /** Those that exist, in no order. */
  findMany(bookingIds: readonly string[]): Promise<Booking[]>;
  /** The open holds of a buyer of an event, the latest first and at most {@link MAX_OPEN_HOLDS}; answered in order. */
  findOpenHolds(wanted: readonly BuyerOfEvent[], now: Date): Promise<Booking[][]>;
  findByTicket(ticketCode: string): Promise<Booking | undefined>;
  /** A user's own, newest first. */
  listByUser(input: { userId: string; page: number; limit: number }): Promise<BookingPage>;
  /** Open holds by booking id, for the hold documents. */
  listPending(input: { after: string | undefined; now: Date; limit: number }): Promise<Booking[]>;
  /** The events with the most bookings since then. */
  activity(input: { since: Date; limit: number }): Promise<{ eventId: string; bookings: number }[]>;
  /** What an event has taken, by currency; whatever became of the seats. */
  takings(input: { eventId: string }): Promise<Takings[]>;

  /** pending -> confirming, before the hold ends, each with a payment that is about to be made. */
  startConfirming(claims: readonly Claim[]): Promise<(Confirmation | undefined)[]>;
  /** A booking with the payment that confirms it, or that was tried last. */
  findWithPayment(bookingId: string): Promise<PaidBooking | undefined>;
  /** confirming -> pending: the payment waits for its buyer; or expired as by `abandonConfirmation`, where the hold has ended. */
  requireAction(input: PaymentOfBooking & { now: Date }): Promise<Booking | undefined>;
  /** pending -> confirming, before the hold ends, with the payment that waits for its buyer. */
  resumeConfirming(
    input: PaymentOfBooking & { userId: string; now: Date },
  ): Promise<Confirmation | undefined>;
  /** Ends the payment that waits for its buyer, so that another can begin; the booking stays pending. */
  dropPayment(
    input: PaymentOfBooking & { userId: string; now: Date },
  ): Promise<Booking | undefined>;
  /** confirming -> confirmed: each payment is captured, its ticket issued. */
  completeConfirmations(captures: readonly Capture[]): Promise<(Booking | undefined)[]>;
  /** confirming -> pending, or expired (and the seats released) where the hold has ended meanwhile. */
  declinePayment(input: PaymentOfBooking & { now: Date }): Promise<Booking | undefined>;
  /** confirming -> expired: the seats are lost; the payment is voided. */
  abandonConfirmation(input: PaymentOfBooking & { now: Date }): Promise<Booking | undefined>;
  /** Takes over confirmations that nobody has driven on since `before`; they are this caller's until then again. */
  leaseStuckConfirmations(
    input: { before: Date; now: Date; limit: number },
  ): Promise<Confirmation[]>;
  /** Gives up driving these: whoever looks next takes them over at once. */
  handOnConfirmations(payments: readonly PaymentOfBooking[]): Promise<void>;

  /** Lets a pending hold end later, once, by its owner before it ends. */
  extendHold(
    input: { bookingId: string; userId: string; expiresAt: Date; now: Date },
  ): Promise<Booking | undefined>;

  /**
   * pending (its hold not ended) or confirmed, whichever `status` says -> cancelled, refunding so much of
   * what was paid.
   */
  cancelFrom(input: {
    bookingId: string;
    userId: string;
    status: BookingStatus;
    refundPercent: number;
    now: Date;
  }): Promise<Booking | undefined>;
  /** pending -> expired, by its owner. */
  expireIfPending(
    input: { bookingId: string; userId: string; now: Date },
  ): Promise<Booking | undefined>;
  /** pending -> expired, for holds that ended by `due`; the longest ended first. Answers how many. */
  expireDue(input: { due: Date; now: Date; limit: number }): Promise<number>;
  /** pending or confirmed -> cancelled with a full refund, for an event that was cancelled. */
  cancelForEvent(
    input: { eventId: string; now: Date; limit: number },
  ): Promise<{ cancelled: number; remaining: number }>;

  /** Bookings that are not confirming and were not changed since then; a page by id. */
  listSettled(input: {
    after: string | undefined;
    changedBefore: Date;
    limit: number;
  }): Promise<SettledBooking[]>;
  /** Releases the seats of an ended booking (again), unless that waits already. Answers whether it is new. */
  requeueRelease(input: { bookingId: string; now: Date }): Promise<boolean>;
  /** Refunds what a cancelled booking is owed, once, unless that waits already. Answers whether it is new. */
  requeueRefund(input: { bookingId: string; now: Date }): Promise<boolean>;
  /** started -> voided, for a payment that no confirmation is driving. */
  voidStartedPayment(input: { paymentId: string; now: Date }): Promise<boolean>;

  /** Marks refund messages as delivered, and adds the amount of each to its payment. */
  completeRefunds(input: { messageIds: readonly string[]; now: Date }): Promise<void>;
}
