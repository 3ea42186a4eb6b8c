import type { Booking } from "../../api/bookings.ts";
import { useMessages } from "../../messages/use_messages.ts";

/** What is given back by when: the terms of the sale. */
export function RefundTerms({ booking }: { booking: Booking }) {
  const { account } = useMessages();
  const { status, total_amount: total, refund_policy: policy } = booking;
  if (status === "cancelled" || status === "expired" || total === 0) return null;
  const steps = policy.filter(({ percent }) => percent > 0)
    .sort((a, b) => b.hours_before - a.hours_before);
  const last = steps.at(-1);
  return (
    <section className="stack" aria-labelledby="terms-title">
      <h2 id="terms-title">{account.terms}</h2>
      {last === undefined ? <p>{account.termsNever}</p> : (
        <ul className="terms">
          {steps.map(({ hours_before, percent }) => (
            <li key={hours_before}>{account.termsFrom(percent, hours_before)}</li>
          ))}
          {last.hours_before > 0 ? <li>{account.termsNone}</li> : null}
        </ul>
      )}
    </section>
  );
}
