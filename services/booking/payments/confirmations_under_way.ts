import { type Confirmation, paymentOf, type PaymentOfBooking } from "../orders/store.ts";

/** The confirmations that this process drives: before it stops, it waits for them or hands them on. */
export class ConfirmationsUnderWay {
  /** Set when the process stops; no further confirmation is taken over then. */
  isStopping = false;
  readonly #underWay = new Map<Promise<unknown>, PaymentOfBooking>();

  /** Drives a confirmation, and lists it until the drive ends. */
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
