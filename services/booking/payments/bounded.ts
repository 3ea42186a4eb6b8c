import { Unavailable } from "@evently/shared/errors";
import type { PaymentProvider } from "./provider.ts";

/** Limits each call of a provider to `limitMs`; after that its outcome is unknown, and it throws {@link Unavailable}. */
export function boundedProvider(provider: PaymentProvider, limitMs: number): PaymentProvider {
  const calls = new CallLimit(limitMs);
  return {
    name: provider.name,
    authorise: (order) => calls.limit(provider.authorise(order)),
    capture: (payment) => calls.limit(provider.capture(payment)),
    void: (payment) => calls.limit(provider.void(payment)),
    refund: (refund) => calls.limit(provider.refund(refund)),
  };
}

/** A call that is not answered yet. */
interface PendingCall {
  lateAtMs: number;
  reject: (error: Unavailable) => void;
}

/** Limits calls by one timer for all that are pending: a timer each costs more than a call's own work. */
class CallLimit {
  readonly #limitMs: number;
  /** In the order in which they become late. */
  readonly #pending = new Set<PendingCall>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  limit<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const call = { lateAtMs: performance.now() + this.#limitMs, reject };
      this.#pending.add(call);
      this.#timer ??= setTimeout(() => this.#endLate(), this.#limitMs);
      answer.then((value) => {
        this.#forget(call);
        resolve(value);
      }, (error) => {
        this.#forget(call);
        reject(error);
      });
    });
  }

  #forget(call: PendingCall): void {
    this.#pending.delete(call);
    if (this.#pending.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #endLate(): void {
    this.#timer = undefined;
    for (const call of this.#pending) {
      const leftMs = call.lateAtMs - performance.now();
      if (leftMs > 0) {
        this.#timer = setTimeout(() => this.#endLate(), leftMs);
        return;
      }
      this.#pending.delete(call);
      call.reject(new Unavailable("The payment provider does not answer"));
    }
  }
}
