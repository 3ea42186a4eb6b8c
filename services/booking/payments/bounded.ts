import { Unavailable } from "@evently/shared/errors";
import { PAYMENT_DURATION, PAYMENTS } from "@evently/shared/metrics";
import { TimeLimit } from "@evently/shared/time_limit";
import { inChildSpan } from "@evently/shared/tracing";
import type { PaymentProvider } from "./provider.ts";

const CALLS = ["authorise", "capture", "void", "refund", "inspect"] as const;
type Call = typeof CALLS[number];
const OUTCOMES = ["answered", "failed"] as const;

/**
 * Limits each call of a provider to `limitMs`; after that its outcome is unknown, and it throws {@link Unavailable}. Calls
 * are measured, and part of their trace.
 */
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
  for (const call of CALLS) {
    for (const outcome of OUTCOMES) PAYMENTS.series({ call, outcome });
  }
  async function called<T>(call: Call, send: () => Promise<T>): Promise<T> {
    const beganMs = performance.now();
    let outcome: typeof OUTCOMES[number] = "failed";
    try {
      const answer = await inChildSpan(
        `payment: ${call}`,
        { kind: "client" },
        () => bounded(send()),
      );
      outcome = "answered";
      return answer;
    } finally {
      PAYMENTS.add(1, { call, outcome });
      PAYMENT_DURATION.record((performance.now() - beganMs) / 1_000, { call });
    }
  }
  const { readWebhook } = provider;
  return {
    name: provider.name,
    authorise: (order) => called("authorise", () => provider.authorise(order)),
    capture: (payment) => called("capture", () => provider.capture(payment)),
    void: (payment) => called("void", () => provider.void(payment)),
    refund: (refund) => called("refund", () => provider.refund(refund)),
    inspect: (payment) => called("inspect", () => provider.inspect(payment)),
    ...(readWebhook ? { readWebhook: readWebhook.bind(provider) } : {}),
  };
}
