import { useMessages } from "../../../messages/use_messages.ts";
import type { LiveEvent } from "../use_live_event.ts";
import { ClosedPanel } from "./closed_panel.tsx";
import { PanelTicket } from "./panel_ticket.tsx";
import { SalePanel } from "./sale_panel.tsx";
import { SoldOutPanel } from "./sold_out_panel.tsx";
import { SoonPanel } from "./soon_panel.tsx";

/** The ticket that is for sale, or why it is not. */
export function TicketPanel({ live }: { live: LiveEvent }) {
  const { event: texts } = useMessages();
  return (
    <aside id="tickets" className="buy" aria-label={texts.panel} tabIndex={-1}>
      {live.sale.kind === "on_sale" ? <SalePanel live={live} /> : (
        <PanelTicket live={live}>
          <NotOnSale live={live} />
        </PanelTicket>
      )}
    </aside>
  );
}

function NotOnSale({ live }: { live: LiveEvent }) {
  const { event, sale } = live;
  switch (sale.kind) {
    case "on_sale":
      return null;
    case "soon":
      return <SoonPanel event={event} at={sale.at} />;
    case "sold_out":
      return <SoldOutPanel live={live} />;
    default:
      return <ClosedPanel event={event} kind={sale.kind} />;
  }
}
