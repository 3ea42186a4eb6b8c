import type { Booking } from "../../api/bookings.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";

/** What was given back of a booking, or is on its way; nothing where no money went back. */
export function RefundList({ booking }: { booking: Booking }) {
  const { account } = useMessages();
  const { money, when } = useFormat();
  const { refunds, currency, event } = booking;
  if (refunds.length === 0) return null;
  return (
    <section className="stack">
      <h2>{account.refunds}</h2>
      <ul className="booking__refunds">
        {refunds.map(({ refund_id, amount, reason, note, done_at, created_at }) => {
          const time = done_at ?? created_at;
          const { long } = when(time, event.timezone ?? "UTC");
          return (
            <li key={refund_id}>
              <b>{money(amount, currency)}</b> {account.refundReasons[reason]}
              {note ? `: ${note}` : null} ·{" "}
              <time dateTime={time}>{done_at ? account.refundDone(long) : account.refundSent}</time>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
