import type { operations } from "@evently/shared/client/gateway";
import type { AnswerOf } from "@evently/shared/services";

/** Response to a reservation. */
export type ReserveAnswer = AnswerOf<operations["reserveSeats"]>;

/** One purchase as its client sees it: the requests and their acknowledgements. */
export interface Purchase {
  userId: string;
  token: string;
  eventId: string;
  quantity: number;
  /** The idempotency key. */
  key: string;
  reserved?: ReserveAnswer;
  /** Whether a confirmation was sent, with or without a response. */
  confirmSent: boolean;
  confirmed?: { transaction_id: string; amount: number };
  cancelSent: boolean;
  cancelled?: { refund_amount: number };
}

/** One wish of a client to wait for seats, as the client sees it. */
export interface Wait {
  userId: string;
  token: string;
  eventId: string;
  quantity: number;
  minQuantity: number;
  joinSentMs: number;
  /** The answer, and when it came. Joining again answers the same entry, as it was first asked for. */
  joined?: { entryId: string; minQuantity: number; atMs: number };
  leaveSentMs?: number;
}

/** Purchases and waits of all clients. */
export class Journal {
  readonly purchases: Purchase[] = [];
  readonly waits: Wait[] = [];
  /** Number of responses by kind; one booking can count as reserved, confirmed and cancelled. */
  readonly acknowledged = {
    reserved: 0,
    replayed: 0,
    refused: 0,
    confirmed: 0,
    declined: 0,
    cancelled: 0,
    /** Places in line, offers that were seen, and those that `reserve` met. */
    joined: 0,
    offered: 0,
    taken: 0,
  };

  /** Adds a purchase with a new idempotency key. */
  open(input: Pick<Purchase, "userId" | "token" | "eventId" | "quantity">): Purchase {
    const purchase = { ...input, key: crypto.randomUUID(), confirmSent: false, cancelSent: false };
    this.purchases.push(purchase);
    return purchase;
  }

  /** Adds a wish to wait. */
  join(input: Omit<Wait, "joinSentMs">): Wait {
    const wait = { ...input, joinSentMs: Date.now() };
    this.waits.push(wait);
    return wait;
  }
}
