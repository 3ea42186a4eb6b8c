import { useMessages } from "../../messages/use_messages.ts";
import { useApp } from "../../use_app.ts";
import { DEFAULT_PAYMENT, MockPaymentFields } from "./mock_payment.tsx";

/**
 * The checkout before its booking is known: the same parts in the same size. What no booking changes is painted with its
 * texts, so that the largest of them do not wait for the booking.
 */
export function CheckoutSkeleton() {
  const { checkout, login } = useMessages();
  const { payments } = useApp();
  return (
    <>
      <div className="hold hold--empty" aria-hidden="true" />
      <div className="page pay" aria-busy="true">
        <div>
          <div className="brief skeleton skeleton--brief" aria-hidden="true" />
          <h1>{checkout.title}</h1>
          <noscript>
            <p className="note note--warn">{login.needsScript}</p>
          </noscript>
          <div className="pay-form with-script" aria-hidden="true" inert>
            {payments.provider === "mock"
              ? (
                <fieldset className="pay-form__fields" disabled>
                  <MockPaymentFields chosen={DEFAULT_PAYMENT} onChange={() => {}} />
                </fieldset>
              )
              : <div className="skeleton skeleton--choices" />}
            <div className="skeleton skeleton--field" />
          </div>
        </div>
        <div className="sum skeleton skeleton--ticket" aria-hidden="true" />
      </div>
    </>
  );
}
