import { type Unanswered, unanswered } from "../../api/unanswered.ts";
import type { Payment, WantedLine } from "../../api/bookings.ts";

/** A reservation that was sent and has no answer yet: sent again with its key, it cannot hold twice. */
export interface UnansweredHold {
  key: string;
  lines: readonly WantedLine[];
}

/** The reservation without an answer of a user for an event. */
export function unansweredHold(userId: string, eventId: string): Unanswered<UnansweredHold> {
  return unanswered(`evently-hold:${userId}:${eventId}`);
}

/** A payment that was sent; a free booking has one without method and token. */
export interface UnansweredPayment {
  payment?: Payment;
  /** Whether it waits for its buyer, who may be at the bank and come back to another page of this one's address. */
  waitsForBuyer?: boolean;
}

/** The payment without an answer of a booking. */
export function unansweredPayment(bookingId: string): Unanswered<UnansweredPayment> {
  return unanswered(`evently-payment:${bookingId}`);
}
