import type { Confirmation, PaymentOfBooking } from "./store/store.ts";

/** The confirmations that this process drives, so that it can let them end, or hand them on, before it stops. */
export class ConfirmationsUnderWay {
  readonly #underWay = new Map<Promise<unknown>, PaymentOfBooking>();

  /** Drives one; it is listed until the drive ends. */
  async drive<T>({ booking, order }: Confirmation, drive: () => Promise<T>): Promise<T> {
    const driving = drive();
    this.#underWay.set(driving, { bookingId: booking.bookingId, paymentId: order.paymentId });
    try {
      return await driving;
    } finally {
      this.#underWay.delete(driving);
    }
  }

  list(): PaymentOfBooking[] {
    return [...this.#underWay.values()];
  }

  /** Resolves once none is under way. */
  async ended(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay.keys());
  }
}
