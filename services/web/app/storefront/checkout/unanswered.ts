import type { Payment, WantedLine } from "../../api/bookings.ts";

/** A reservation that was sent and has no answer yet: sent again with its key, it cannot hold twice. */
export interface UnansweredHold {
  key: string;
  lines: readonly WantedLine[];
}

/** What is kept of a request only while it has no answer, so that a reload asks for the same again. */
export interface Unanswered<Value> {
  read(): Value | undefined;
  keep(value: Value): void;
  drop(): void;
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

/** Where storage is full or forbidden, a request is remembered as long as its page. */
const remembered = new Map<string, string>();

function unanswered<Value>(name: string): Unanswered<Value> {
  return {
    read() {
      const text = remembered.get(name) ?? stored(() => sessionStorage.getItem(name));
      return text ? JSON.parse(text) : undefined;
    },
    keep(value) {
      const text = JSON.stringify(value);
      remembered.set(name, text);
      stored(() => sessionStorage.setItem(name, text));
    },
    drop() {
      remembered.delete(name);
      stored(() => sessionStorage.removeItem(name));
    },
  };
}

function stored<Result>(access: () => Result): Result | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
