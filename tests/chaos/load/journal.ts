import type { operations } from "@evently/shared/client/gateway";
import type { AnswerOf } from "@evently/shared/services";

/** The answer to a reservation. */
export type ReserveAnswer = AnswerOf<operations["reserveSeats"]>;

/** All that one client knows of one purchase: what it asked for, and what was acknowledged. */
export interface Purchase {
  userId: string;
  token: string;
  eventId: string;
  quantity: number;
  /** The idempotency key. */
  key: string;
  reserved?: ReserveAnswer;
  /** It was sent, whether or not an answer came. */
  confirmSent: boolean;
  confirmed?: { transaction_id: string; amount: number };
  cancelSent: boolean;
  cancelled?: { refund_amount: number };
}

/** What all clients were told. */
export class Journal {
  readonly purchases: Purchase[] = [];
  /** How often clients heard what; a booking may be reserved, confirmed and cancelled. */
  readonly acknowledged = {
    reserved: 0,
    replayed: 0,
    refused: 0,
    confirmed: 0,
    declined: 0,
    cancelled: 0,
  };

  open(wish: Pick<Purchase, "userId" | "token" | "eventId" | "quantity">): Purchase {
    const purchase = { ...wish, key: crypto.randomUUID(), confirmSent: false, cancelSent: false };
    this.purchases.push(purchase);
    return purchase;
  }
}
