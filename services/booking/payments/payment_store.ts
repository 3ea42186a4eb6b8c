import type { MessageKey } from "@evently/shared/outbox";
import type { Booking } from "../orders/booking.ts";
import type { Confirmation, NamedPayment, PaymentOfBooking } from "../orders/store.ts";

/** Where a payment attempt is. `processing`: its provider tells later. */
export type PaymentState =
  | "started"
  | "requires_action"
  | "processing"
  | "captured"
  | "declined"
  | "voided"
  | "refunded";

/** A payment attempt as it is stored. Money is in minor units of `currency`. */
export interface StoredPayment extends PaymentOfBooking {
  provider: string;
  status: PaymentState;
  transactionId: string | undefined;
  amountMinor: number;
  refundedMinor: number;
  currency: string;
  startedAt: Date;
  /** Whether a refund or a void of it is queued. */
  isBeingReturned: boolean;
}

/** The key of a payment. */
export type PaymentKey = Pick<StoredPayment, "paymentId" | "eventId">;

/** The statements about payments whose provider tells later how they ended. Each is atomic, as in `BookingStore`. */
export interface PaymentStore {
  /**
   * confirming -> pending with a payment that is processing, and a hold that ends at `expiresAt` if that is later; or
   * expired if the hold has ended. Either way the payment is looked at again from `lookAt` on.
   */
  awaitProvider(
    input: NamedPayment & { expiresAt: Date; lookAt: Date; now: Date },
  ): Promise<Booking | undefined>;
  /** Finds a payment and its booking; `isLatest`: the booking has begun no other since. */
  find(
    key: { paymentId: string; eventId?: string | undefined },
  ): Promise<{ payment: StoredPayment; booking: Booking; isLatest: boolean } | undefined>;
  /** Queues a look at a payment under the id of a message, once. `false`: there is no such payment. */
  queueLook(input: { messageId: string; paymentId: string; now: Date }): Promise<boolean>;
  /**
   * expired -> confirming with the payment that is processing, for money that has come, and with its next hold.
   * `undefined`: the booking is in another state, or its seats are not released yet.
   */
  revive(
    input: PaymentOfBooking & { expiresAt: Date; now: Date },
  ): Promise<Confirmation | undefined>;
  /**
   * Ends a payment that is processing after its booking has expired. `declined`: no money will come. `voided`: none has
   * come for so long that it would not be taken any more.
   */
  endLate(
    input: PaymentOfBooking & { outcome: "declined" | "voided"; now: Date },
  ): Promise<boolean>;
  /**
   * Lists payments of a provider that are not `started`, began before a time, and have a transaction unless they began
   * after `unnamedSince`; a page by key.
   */
  list(input: {
    provider: string;
    after: PaymentKey | undefined;
    startedBefore: Date;
    unnamedSince: Date;
    limit: number;
  }): Promise<StoredPayment[]>;
  /** Queues the void of a payment that has ended without money, unless it is queued. */
  queueVoid(input: PaymentKey & { now: Date }): Promise<void>;
  /** Marks messages that void payments as delivered, and the refunds that they were to the buyer as made. */
  completeVoids(input: { messages: readonly MessageKey[]; now: Date }): Promise<void>;
}
