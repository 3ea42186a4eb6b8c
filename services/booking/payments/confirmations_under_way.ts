import { type Confirmation, paymentOf, type PaymentOfBooking } from "../orders/store.ts";

/** The confirmations that this process drives, so that it can let them end, or hand them on, before it stops. */
export class ConfirmationsUnderWay {
  /** Once the process stops: nobody takes up another one. */
  isStopping = false;
  readonly #underWay = new Map<Promise<unknown>, PaymentOfBooking>();

  /** Drives one; it is listed until the drive ends. */
  async drive<T>(confirmation: Confirmation, drive: () => Promise<T>): Promise<T> {
    const driving = drive();
    this.#underWay.set(driving, paymentOf(confirmation));
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
