import { Unavailable } from "@evently/shared/errors";
import { TimeLimit } from "@evently/shared/time_limit";
import type { PaymentProvider } from "./provider.ts";

/** Limits each call of a provider to `limitMs`; after that its outcome is unknown, and it throws {@link Unavailable}. */
export function boundedProvider(provider: PaymentProvider, limitMs: number): PaymentProvider {
  const waits = new TimeLimit(limitMs);
  function bounded<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = waits.begin(() =>
        reject(new Unavailable("The payment provider does not answer"))
      );
      waits.watch();
      const answered = <Outcome>(settle: (outcome: Outcome) => void) => (outcome: Outcome) => {
        end();
        if (waits.size === 0) waits.stop();
        settle(outcome);
      };
      answer.then(answered(resolve), answered(reject));
    });
  }
  const { readWebhook } = provider;
  return {
    name: provider.name,
    authorise: (order) => bounded(provider.authorise(order)),
    capture: (payment) => bounded(provider.capture(payment)),
    void: (payment) => bounded(provider.void(payment)),
    refund: (refund) => bounded(provider.refund(refund)),
    inspect: (payment) => bounded(provider.inspect(payment)),
    ...(readWebhook ? { readWebhook: readWebhook.bind(provider) } : {}),
  };
}
