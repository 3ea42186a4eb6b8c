import type { Ref } from "react";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import type { HoldState } from "../../checkout/hold_tickets.ts";
import type { LiveEvent } from "../use_live_event.ts";
import { ChoiceNote } from "./choice_note.tsx";
import { HoldButton } from "./hold_button.tsx";
import { TypeLine } from "./type_line.tsx";
import type { ChoiceControl } from "./use_choice.ts";

/** How many of what, what it costs, and the button. */
export function SaleForm(
  { id, live, control: { sum, choose, isFromAddress }, state, button, onHold, onTake }: {
    id: string;
    live: LiveEvent;
    control: ChoiceControl;
    state: HoldState;
    button: Ref<HTMLButtonElement>;
    onHold(): void;
    onTake(ticketTypeId: string, quantity: number): void;
  },
) {
  const { event: texts } = useMessages();
  const { money } = useFormat();
  const { event } = live;
  const isFree = sum.tickets > 0 && sum.amount === 0;
  return (
    <form
      id={id}
      onSubmit={(submission) => {
        submission.preventDefault();
        onHold();
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
      <ChoiceNote live={live} sum={sum} state={state} onTake={onTake} onAgain={onHold} />
      <HoldButton ref={button} state={state} tickets={sum.tickets} isFirst={isFromAddress} />
      <p className="small under">{isFree ? texts.underHoldFree : texts.underHold}</p>
    </form>
  );
}
