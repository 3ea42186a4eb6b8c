import { useState } from "react";
import { type ActionRequired, answerMockBank, type Booking } from "../../api/bookings.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { useApp } from "../../use_app.ts";
import { StripeStep } from "./stripe/bank_step.tsx";

type Action = ActionRequired["next_action"];

/** What the provider wants of the buyer before it pays: to follow a link that leads back here, to answer in
 * a window of Stripe's script, or to answer the mock's bank. */
export function NextStep({ booking, action, onDone }: {
  booking: Booking;
  action: Action;
  onDone: () => void;
}) {
  const { checkout } = useMessages();
  const { payments } = useApp();
  if (action.type === "use_sdk" && payments.provider === "stripe") {
    return (
      <StripeStep
        publishableKey={payments.publishableKey ?? ""}
        clientSecret={action.client_secret}
        onDone={onDone}
      />
    );
  }
  if (action.type === "use_sdk") {
    return <BankQuestion booking={booking} clientSecret={action.client_secret} onDone={onDone} />;
  }
  return (
    <p className="note__do">
      <a className="btn" href={action.url}>{checkout.actionGo}</a>
      <button className="btn btn--second" type="button" onClick={onDone}>
        {checkout.actionDone}
      </button>
    </p>
  );
}

function BankQuestion({ booking, clientSecret, onDone }: {
  booking: Booking;
  clientSecret: string;
  onDone: () => void;
}) {
  const { api } = useApp();
  const { checkout } = useMessages();
  const { money } = useFormat();
  const [isUnheard, setUnheard] = useState(false);
  const tell = (answer: "approve" | "refuse") =>
    answerMockBank(api, { clientSecret, answer }).then(onDone, () => setUnheard(true));
  return (
    <>
      <p className="note__do">
        <button className="btn" type="button" onClick={() => tell("approve")}>
          {checkout.approve(money(booking.total_amount, booking.currency))}
        </button>
        <button className="btn btn--second" type="button" onClick={() => tell("refuse")}>
          {checkout.refuse}
        </button>
      </p>
      {isUnheard ? <p>{checkout.bankUnreachable}</p> : null}
    </>
  );
}
