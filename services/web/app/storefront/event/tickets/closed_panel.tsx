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
  const city = `/events?city=${encodeURIComponent(event.venue_city)}`;
  return (
    <div className="panel-body">
      {text ? <p>{text}</p> : null}
      {kind === "past"
        ? (
          <a
            className="btn btn--wide"
            href={`/events?type=${encodeURIComponent(event.event_type)}`}
          >
            {texts.moreLikeThis}
          </a>
        )
        : <a className="btn btn--wide" href={city}>{texts.elseIn(event.venue_city)}</a>}
    </div>
  );
}
