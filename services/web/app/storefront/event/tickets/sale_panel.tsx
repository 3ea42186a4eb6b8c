import { useEffect, useId, useRef } from "react";
import type { HoldState } from "../../checkout/hold_tickets.ts";
import { useHold } from "../../checkout/use_hold.ts";
import type { LiveEvent } from "../use_live_event.ts";
import { BuyBar } from "./buy_bar.tsx";
import { PanelTicket } from "./panel_ticket.tsx";
import { SaleForm } from "./sale_form.tsx";
import { useChoice } from "./use_choice.ts";
import { wantedOf } from "./wanted.ts";

/** Choosing tickets, up to the press that holds them: on the ticket, and on phones at the foot of the window. */
export function SalePanel({ live }: { live: LiveEvent }) {
  const { event, refresh } = live;
  const control = useChoice(live);
  const { sum, choose } = control;
  const { state, hold } = useHold(event.event_id);
  const formId = useId();
  const button = useRef<HTMLButtonElement>(null);
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
  return (
    <>
      <PanelTicket live={live}>
        <SaleForm
          id={formId}
          live={live}
          control={control}
          state={state}
          button={button}
          onHold={holdAll}
          onTake={take}
        />
      </PanelTicket>
      <BuyBar event={event} control={control} state={state} button={button} formId={formId} />
    </>
  );
}

/** Asks for the seats again as soon as the server says that others were faster. */
function useSoldSeats({ kind }: HoldState, refresh: () => void): void {
  useEffect(() => {
    if (kind === "few" || kind === "sold_out") refresh();
  }, [kind]);
}
