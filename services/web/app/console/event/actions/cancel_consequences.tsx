import { useFormat } from "../../../messages/use_messages.ts";
import type { CancellationPreview } from "../../api/event.ts";
import { useConsoleMessages } from "../../use_console.ts";

/** What a cancellation would do now, typed out. */
export function CancelConsequences({ preview }: { preview: CancellationPreview }) {
  const { event: texts } = useConsoleMessages();
  const { number, money } = useFormat();
  const { bookings, tickets, buyers, refunds, waiting } = preview;
  const amounts = refunds.map(({ amount, currency }) => money(amount, currency)).join(" + ");
  return (
    <>
      <p className="ask__loud">
        {tickets === 0
          ? texts.cancelNothing
          : refunds.length === 0
          ? texts.cancelTicketsOnly(tickets, number(tickets), buyers, number(buyers))
          : texts.cancelGoesBack(tickets, number(tickets), amounts, buyers, number(buyers))}
      </p>
      <ul className="ask__list">
        {bookings > 0 ? <li>{texts.cancelBookings(bookings, number(bookings))}</li> : null}
        {waiting.entries > 0
          ? <li>{texts.cancelWaiting(waiting.entries, number(waiting.entries))}</li>
          : null}
        {bookings + waiting.entries > 0 ? <li>{texts.cancelTold}</li> : null}
        <li>{texts.cancelFinal}</li>
      </ul>
    </>
  );
}
