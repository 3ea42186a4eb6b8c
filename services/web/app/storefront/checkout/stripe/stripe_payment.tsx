import { toMinor } from "@evently/shared/money";
import type { Stripe } from "@stripe/stripe-js";
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { Booking, Payment } from "../../../api/bookings.ts";
import { useMessages } from "../../../messages/use_messages.ts";
import { Note } from "../../../parts/note.tsx";
import { loadStripe, type PaymentElement, showPaymentElement } from "./payment_element.ts";
import { onLookChange } from "./on_look_change.ts";

/** What a form may ask of the fields of a provider. */
export interface PaymentFields {
  /** The buyer's choice as it is sent; `undefined` if something is missing or wrong, which the fields say themselves. */
  payment(): Promise<Payment | undefined>;
}

/** Stripe's part of the form: its element, or that it cannot be loaded. */
export function StripePayment({ booking, publishableKey, ref }: {
  booking: Booking;
  publishableKey: string;
  ref: Ref<PaymentFields>;
}) {
  const { checkout, common } = useMessages();
  const [state, setState] = useState<"loading" | "ready" | "broken">("loading");
  const [attempt, setAttempt] = useState(0);
  const place = useRef<HTMLDivElement>(null);
  const element = useRef<PaymentElement>(undefined);
  const { total_amount: total, currency } = booking;
  useImperativeHandle(ref, () => ({
    payment: async () => await element.current?.token().catch(() => undefined),
  }));
  useEffect(() => {
    const left = new AbortController();
    const show = (stripe: Stripe) => {
      if (left.signal.aborted || !place.current) return;
      const shown = element.current = showPaymentElement(stripe, place.current, {
        due: { amountMinor: toMinor(total, currency), currency },
        onReady: () => setState("ready"),
        onBroken: () => setState("broken"),
      });
      onLookChange(shown.restyle, left.signal);
    };
    setState("loading");
    loadStripe(publishableKey).then(show, () => left.signal.aborted || setState("broken"));
    return () => {
      left.abort();
      element.current?.remove();
      element.current = undefined;
    };
  }, [publishableKey, total, currency, attempt]);
  if (state === "broken") {
    return (
      <Note kind="warn" role="status">
        {checkout.stripeBroken}{" "}
        <button className="link" type="button" onClick={() => setAttempt(attempt + 1)}>
          {common.tryAgain}
        </button>
      </Note>
    );
  }
  return (
    <div className="pay-element" aria-busy={state === "loading"}>
      {state === "loading"
        ? <div className="skeleton skeleton--choices" aria-hidden="true" />
        : null}
      <div ref={place} />
    </div>
  );
}
