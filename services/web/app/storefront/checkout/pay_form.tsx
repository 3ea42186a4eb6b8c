import { type FormEvent, useRef, useState } from "react";
import type { Booking } from "../../api/bookings.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { DEFAULT_PAYMENT, type MockPayment, MockPaymentFields, tokenOf } from "./mock_payment.tsx";
import { useApp } from "../../use_app.ts";
import { RefundRule } from "./refund_rule.tsx";
import { type PaymentFields, StripePayment } from "./stripe/stripe_payment.tsx";
import type { PaymentOfPage } from "./use_payment.ts";

/**
 * Pays for a booking, or takes a free one. What is between the note and the button belongs to the provider of payments:
 * Stripe's own element, or the choices of the mock, which asks for no card.
 */
export function PayForm({ booking, payment: { state, pay }, onLetGo }: {
  booking: Booking;
  payment: PaymentOfPage;
  onLetGo: () => void;
}) {
  const { checkout } = useMessages();
  const { money, number } = useFormat();
  const { payments } = useApp();
  const [chosen, setChosen] = useState<MockPayment>(DEFAULT_PAYMENT);
  const [isChecking, setChecking] = useState(false);
  const stripe = useRef<PaymentFields>(null);
  const { total_amount: total, currency, quantity } = booking;
  const isFree = total === 0;
  const isPaying = isChecking || state.kind === "paying";
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isPaying) return;
    if (isFree) return pay();
    if (payments.provider === "mock") {
      return pay({ method: chosen.method, token: tokenOf(chosen) });
    }
    setChecking(true);
    const payment = await stripe.current?.payment();
    setChecking(false);
    if (payment) pay(payment);
  };
  const button = isFree
    ? checkout.takeFree(quantity, number(quantity))
    : checkout.pay(money(total, currency));
  return (
    <form className="pay-form" onSubmit={submit} noValidate>
      {isFree ? null : (
        <fieldset className="pay-form__fields" disabled={isPaying}>
          {payments.provider === "mock"
            ? <MockPaymentFields chosen={chosen} onChange={setChosen} />
            : (
              <StripePayment
                ref={stripe}
                booking={booking}
                publishableKey={payments.publishableKey ?? ""}
              />
            )}
        </fieldset>
      )}
      <button className="btn btn--wide" type="submit" aria-busy={isPaying} aria-disabled={isPaying}>
        {isPaying ? checkout.paying : button}
      </button>
      <p className="small soft">
        <RefundRule booking={booking} />{" "}
        <button className="link" type="button" onClick={onLetGo} disabled={isPaying}>
          {checkout.letTicketsGo(quantity)}
        </button>
      </p>
    </form>
  );
}
