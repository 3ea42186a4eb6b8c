import { Link } from "@tanstack/react-router";
import type { PublicEvent } from "../../../api/events.ts";
import { useMessages } from "../../../messages/use_messages.ts";
import type { Sale } from "./sale.ts";

/** For events that sell nothing: why, and what else there is. */
export function ClosedPanel({ event, kind }: {
  event: PublicEvent;
  kind: Exclude<Sale["kind"], "on_sale" | "soon" | "sold_out">;
}) {
  const { event: texts } = useMessages();
  const text = {
    cancelled: texts.cancelledText,
    begun: texts.begunText,
    past: undefined,
    closed: texts.closedText,
  }[kind];
  return (
    <div className="panel-body">
      {text ? <p>{text}</p> : null}
      {kind === "past"
        ? (
          <Link className="btn btn--wide" to="/events" search={{ type: event.event_type }}>
            {texts.moreLikeThis}
          </Link>
        )
        : (
          <Link className="btn btn--wide" to="/events" search={{ city: event.venue_city }}>
            {texts.elseIn(event.venue_city)}
          </Link>
        )}
    </div>
  );
}
