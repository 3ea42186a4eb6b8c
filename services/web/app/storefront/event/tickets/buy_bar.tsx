import { type RefObject, useEffect, useState } from "react";
import type { PublicEvent } from "../../../api/events.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import type { HoldState } from "../../checkout/hold_tickets.ts";
import { HoldButton } from "./hold_button.tsx";
import { usePrice } from "./use_price.ts";
import type { ChoiceControl } from "./use_choice.ts";

/**
 * On phones: the price, and the way to the tickets, at the foot of the window as long as the button of the panel is out
 * of sight. Once something is chosen it has the total, and holds.
 */
export function BuyBar({ event, control: { sum, isChosen }, state, button, formId }: {
  event: PublicEvent;
  control: ChoiceControl;
  state: HoldState;
  button: RefObject<HTMLButtonElement | null>;
  formId: string;
}) {
  const { common, event: texts } = useMessages();
  const { money, number } = useFormat();
  const isHidden = useSeen(button);
  const { price_range: { max }, currency } = event;
  const price = usePrice(event);
  const holds = isChosen && sum.tickets > 0;
  return (
    <div className="barbuy on-stock" role="region" aria-label={texts.tickets} hidden={isHidden}>
      <span>
        <b>{holds ? money(sum.amount, currency) : price}</b>
        <span className="small">
          {holds
            ? common.tickets(sum.tickets, number(sum.tickets))
            : max === 0
            ? texts.nothingToPay
            : texts.allFees}
        </span>
      </span>
      {holds
        ? <HoldButton formId={formId} state={state} tickets={sum.tickets} />
        : <a className="btn" href="#tickets">{texts.getTickets}</a>}
    </div>
  );
}

/** Whether an element is in sight; before the browser has looked, it is not. */
function useSeen(element: RefObject<HTMLElement | null>): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver(([entry]) => setSeen(entry!.isIntersecting));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isSeen;
}
