import { useEffect, useRef } from "react";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import type { HoldState } from "../../checkout/hold_tickets.ts";
import { useHold } from "../../checkout/use_hold.ts";
import type { LiveEvent } from "../use_live_event.ts";
import { BuyBar } from "./buy_bar.tsx";
import { HoldButton } from "./hold_button.tsx";
import { HoldNote } from "./hold_note.tsx";
import { TypeLine } from "./type_line.tsx";
import { useChoice } from "./use_choice.ts";
import { wantedOf } from "./wanted.ts";

/** Choosing tickets, up to the press that holds them. */
export function SalePanel({ live }: { live: LiveEvent }) {
  const { event, refresh } = live;
  const { event: texts } = useMessages();
  const { money } = useFormat();
  const control = useChoice(live);
  const { sum, choose, isFromAddress } = control;
  const { state, hold } = useHold(event.event_id);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isFromAddress) button.current?.focus();
  }, []);
  useSoldSeats(state, refresh);
  const holdAll = () => {
    if (sum.tickets > 0) hold(wantedOf(event, sum.lines));
  };
  const take = (ticketTypeId: string, quantity: number) => {
    choose(ticketTypeId, quantity);
    const lines = sum.lines.map((line) =>
      line.type.ticket_type_id === ticketTypeId ? { ...line, quantity } : line
    );
    hold(wantedOf(event, lines));
  };
  const isFree = sum.tickets > 0 && sum.amount === 0;
  return (
    <form
      className="sale"
      onSubmit={(submission) => {
        submission.preventDefault();
        holdAll();
      }}
    >
      <ul className="types">
        {sum.lines.map((line) => (
          <TypeLine
            key={line.type.ticket_type_id}
            event={event}
            line={line}
            isOnly={sum.lines.length === 1}
            onChoose={choose}
          />
        ))}
      </ul>
      <p className="line total" aria-live="polite" aria-atomic="true">
        <b>{texts.total}</b>
        <span className="big">{money(sum.amount, event.currency)}</span>
      </p>
      <HoldNote live={live} sum={sum} state={state} onTake={take} onAgain={holdAll} />
      <HoldButton ref={button} state={state} tickets={sum.tickets} />
      <p className="small under">{isFree ? texts.underHoldFree : texts.underHold}</p>
      <BuyBar event={event} control={control} state={state} button={button} />
    </form>
  );
}

/** Asks for the seats again as soon as the server says that others were faster. */
function useSoldSeats(state: HoldState, refresh: () => void): void {
  const { kind } = state;
  useEffect(() => {
    if (kind === "few" || kind === "sold_out") refresh();
  }, [kind]);
}
