import type { Ref } from "react";
import { useFormat } from "../../../../messages/use_messages.ts";
import type { ManagedBookingDetail } from "../../../api/event_bookings.ts";
import { useConsoleMessages } from "../../../use_console.ts";

/** Says what a refund does, before it is made. */
export function RefundDialog({ ref, booking, amount, busy, onRefund }: {
  ref: Ref<HTMLDialogElement>;
  booking: ManagedBookingDetail;
  amount: number;
  busy: boolean;
  onRefund: () => void;
}) {
  const { eventBookings: texts } = useConsoleMessages();
  const { number, money } = useFormat();
  const { quantity, currency, status } = booking;
  const sum = money(amount, currency);
  return (
    <dialog className="ask" ref={ref} aria-labelledby="refund-ask">
      <form className="stack" method="dialog">
        <h2 id="refund-ask">{texts.refundAsk(sum)}</h2>
        <p>
          {status === "confirmed"
            ? texts.refundAskText(quantity, number(quantity))
            : texts.refundAskEnded}
        </p>
        <div className="row-of-buttons">
          <button className="btn" type="button" disabled={busy} aria-busy={busy} onClick={onRefund}>
            {busy ? texts.refundDoing : texts.refundDo(sum)}
          </button>
          <button className="btn btn--second" type="submit">{texts.refundKeep}</button>
        </div>
      </form>
    </dialog>
  );
}
