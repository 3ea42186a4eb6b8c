import { type FormEvent, useState } from "react";
import type { Booking } from "../../api/bookings.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { DEFAULT_PAYMENT, type MockPayment, MockPaymentFields, tokenOf } from "./mock_payment.tsx";
import { RefundRule } from "./refund_rule.tsx";
import type { PaymentOfPage } from "./use_payment.ts";

/**
 * Pays for a booking, or takes a free one. What is between the note and the button belongs to the provider of payments:
 * here the mock, which asks for no card; another provider's own element stands in the same place.
 */
export function PayForm({ booking, payment: { state, pay }, onLetGo }: {
  booking: Booking;
  payment: PaymentOfPage;
  onLetGo: () => void;
}) {
  const { checkout } = useMessages();
  const { money, number } = useFormat();
  const [chosen, setChosen] = useState<MockPayment>(DEFAULT_PAYMENT);
  const { total_amount: total, currency, quantity } = booking;
  const isFree = total === 0;
  const isPaying = state.kind === "paying";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isFree) pay();
    else pay({ method: chosen.method, token: tokenOf(chosen) });
  };
  const button = isFree
    ? checkout.takeFree(quantity, number(quantity))
    : checkout.pay(money(total, currency));
  return (
    <form className="pay-form" onSubmit={submit} noValidate>
      {isFree ? null : (
        <fieldset className="pay-form__fields" disabled={isPaying}>
          <MockPaymentFields chosen={chosen} onChange={setChosen} />
        </fieldset>
      )}
      <button className="btn btn--wide" type="submit" aria-busy={isPaying} aria-disabled={isPaying}>
        {isPaying ? checkout.paying : button}
      </button>
      <p className="small soft">
        {isFree ? null : `${checkout.demonstration} `}
        <RefundRule booking={booking} />{" "}
        <button className="link" type="button" onClick={onLetGo} disabled={isPaying}>
          {checkout.letTicketsGo(quantity)}
        </button>
      </p>
    </form>
  );
}
