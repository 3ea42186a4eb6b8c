import { useFormat } from "../../../messages/use_messages.ts";
import type { ManagedEvent } from "../../api/event.ts";
import type { ManagedBookingDetail } from "../../api/event_bookings.ts";
import { useConsoleMessages } from "../../use_console.ts";

/** All that was paid for a booking, tried or done, and all that was given back. */
export function MoneyOfBooking({ event: { timezone }, booking }: {
  event: ManagedEvent;
  booking: ManagedBookingDetail;
}) {
  const { eventBookings: texts } = useConsoleMessages();
  const { money, when } = useFormat();
  const { payments, refunds, currency } = booking;
  const stateOf = ({ status, amount }: typeof payments[number]) =>
    status === "refunded" && booking.refund_amount < amount
      ? texts.refundedInPart
      : texts.paymentStates[status] ?? status;
  const timeOf = (at: string) => {
    const { short, time } = when(at, timezone);
    return <time dateTime={at}>{short}, {time}</time>;
  };
  return (
    <>
      <section className="stack" aria-labelledby="payments">
        <h2 id="payments">{texts.payments}</h2>
        {payments.length === 0 ? <p>{texts.noPayments}</p> : (
          <ul className="lines">
            {payments.map((payment) => (
              <li key={payment.payment_id}>
                <b>{money(payment.amount, currency)}</b> {stateOf(payment)} ·{" "}
                {texts.paymentMethods[payment.method] ?? texts.paymentOther} ·{" "}
                {timeOf(payment.finished_at ?? payment.started_at)}
                {payment.transaction_id
                  ? <span className="soft xs">{texts.transaction(payment.transaction_id)}</span>
                  : null}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="stack" aria-labelledby="refunds">
        <h2 id="refunds">{texts.refunds}</h2>
        {refunds.length === 0 ? <p>{texts.noRefunds}</p> : (
          <ul className="lines">
            {refunds.map(({ refund_id, amount, reason, note, status, created_at, done_at }) => (
              <li key={refund_id}>
                <b>{money(amount, currency)}</b>{" "}
                {status === "done" ? texts.refundDone : texts.refundPending}
                {texts.refundReasons[reason] ? ` · ${texts.refundReasons[reason]}` : ""} ·{" "}
                {timeOf(done_at ?? created_at)}
                {note ? <span className="soft xs">{note}</span> : null}
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
