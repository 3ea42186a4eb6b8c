import { Unavailable } from "@evently/shared/errors";
import type { PaymentProvider } from "./provider.ts";

/** A provider whose calls end after `limit_ms`; what happened then is unknown, and {@link Unavailable}. */
export function boundedProvider(provider: PaymentProvider, limit_ms: number): PaymentProvider {
  async function bounded<T>(call: Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => late.reject(new Unavailable("The payment provider does not answer")),
      limit_ms,
    );
    try {
      return await Promise.race([call, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
  return {
    name: provider.name,
    authorise: (order) => bounded(provider.authorise(order)),
    capture: (payment) => bounded(provider.capture(payment)),
    void: (payment) => bounded(provider.void(payment)),
    refund: (refund) => bounded(provider.refund(refund)),
  };
}
