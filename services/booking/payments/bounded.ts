import { Unavailable } from "@evently/shared/errors";
import { within } from "@evently/shared/within";
import type { PaymentProvider } from "./provider.ts";

/** Limits each call of a provider to `limitMs`; after that its outcome is unknown, and it throws {@link Unavailable}. */
export function boundedProvider(provider: PaymentProvider, limitMs: number): PaymentProvider {
  function bounded<T>(call: Promise<T>): Promise<T> {
    return within(limitMs, call, () => {
      throw new Unavailable("The payment provider does not answer");
    });
  }
  return {
    name: provider.name,
    authorise: (order) => bounded(provider.authorise(order)),
    capture: (payment) => bounded(provider.capture(payment)),
    void: (payment) => bounded(provider.void(payment)),
    refund: (refund) => bounded(provider.refund(refund)),
  };
}
