import type { Ref } from "react";
import type { Booking } from "../../api/bookings.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";

/** Shows what a cancellation gives back, before it is done. */
export function CancelDialog({ ref, booking, busy, onCancel }: {
  ref: Ref<HTMLDialogElement>;
  booking: Booking;
  busy: boolean;
  onCancel: () => void;
}) {
  const { account } = useMessages();
  const { number, money, when } = useFormat();
  const { quantity, currency, total_amount: total, event, refund_if_cancelled_now: refund } =
    booking;
  if (!refund) return null;
  const until = refund.until && when(refund.until, event.timezone ?? "UTC");
  const amount = money(refund.amount, currency);
  return (
    <dialog className="ask" ref={ref} aria-labelledby="cancel-title">
      <form className="stack" method="dialog">
        <h2 id="cancel-title">{account.cancelTitle(quantity, number(quantity))}</h2>
        <dl className="ask__sums">
          <dt>{account.youPaid}</dt>
          <dd>{total === 0 ? account.free : money(total, currency)}</dd>
          <dt>{account.youGetBack}</dt>
          <dd className="ask__refund">{refund.amount === 0 ? account.nothing : amount}</dd>
        </dl>
        {total === 0 ? null : <p>{account.why(refund.percent)}</p>}
        {until && refund.next_percent !== undefined && total > 0
          ? (
            <p>
              {account.untilThen(
                `${until.short}, ${until.time} ${until.zone}`,
                refund.next_percent,
              )}
            </p>
          )
          : null}
        <p>
          {refund.amount > 0 ? `${account.sameWay} ` : ""}
          {account.cannotUndo}
        </p>
        <div className="row-of-buttons">
          <button className="btn" type="button" disabled={busy} aria-busy={busy} onClick={onCancel}>
            {busy
              ? account.cancelling
              : refund.amount > 0
              ? account.cancelAndRefund(amount)
              : account.cancelWithout}
          </button>
          <button className="btn btn--second" type="submit">{account.keep(quantity)}</button>
        </div>
      </form>
    </dialog>
  );
}
