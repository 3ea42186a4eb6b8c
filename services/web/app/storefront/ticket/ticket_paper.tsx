import { renderSVG } from "uqr";
import type { Ticket } from "../../api/tickets.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { stockOf } from "../../parts/stock.ts";
import { unbroken } from "../../parts/unbroken.ts";
import { useApp } from "../../use_app.ts";
import { spanOf } from "../event/event_span.ts";

/** The ticket itself. `isTorn` tears its stub off, once. */
export function TicketPaper({ ticket, code, isTorn }: {
  ticket: Ticket;
  code: string;
  isTorn: boolean;
}) {
  const { common, ticket: texts } = useMessages();
  const format = useFormat();
  const { event, quantity, status } = ticket;
  const kind = event.event_type ?? "";
  return (
    <article
      className={`ticket paper ${isTorn ? "paper--torn" : ""}`}
      data-stock={stockOf(kind)}
    >
      <div className="paper__what">
        <p className="paper__kind small">
          <b>{common.kinds[kind] ?? common.brand}</b>
          <span>{common.tickets(quantity, format.number(quantity))}</span>
        </p>
        <h1>{unbroken(event.name)}</h1>
        <TicketWhen event={event} />
        <p className="paper__address">
          {[event.venue_address, event.venue_city, event.venue_postal_code]
            .filter(Boolean).join(", ")}
          <br />
          {status === "valid" ? texts.admits(quantity, format.number(quantity)) : null}
        </p>
      </div>
      <div className="paper__stub">
        {status === "valid"
          ? <Qr code={code} reference={ticket.booking_reference} />
          : <p className="paper__void">{texts.void}</p>}
        <p className="paper__reference">{ticket.booking_reference}</p>
        <p className="paper__words">{texts.spelled(ticket.booking_reference)}</p>
        <p className="small">
          <Holder ticket={ticket} />
        </p>
      </div>
    </article>
  );
}

/** When one goes where; of an event over several days also its end. */
function TicketWhen({ event }: { event: Ticket["event"] }) {
  const { ticket: texts } = useMessages();
  const format = useFormat();
  const { datetime: start, end_datetime: end = start, timezone } = event;
  if (!start) return null;
  const { from, to, lastDay, isShort } = spanOf(
    { start_datetime: start, end_datetime: end, timezone },
    format,
  );
  return (
    <p className="paper__when">
      <time dateTime={start}>
        <b>{from.long}, {from.time} {from.zone}</b>
      </time>
      <br />
      {isShort ? null : (
        <>
          <b>{texts.until(lastDay, to.time)}</b>
          <br />
        </>
      )}
      {[event.venue, event.venue_city].filter(Boolean).join(", ")}
    </p>
  );
}

/** The address of this page as a picture, for the reader at the door. */
function Qr({ code, reference }: { code: string; reference: string }) {
  const { origin } = useApp();
  const { ticket: texts } = useMessages();
  const svg = renderSVG(`${origin}/tickets/${encodeURIComponent(code)}`, {
    border: 0,
    blackColor: "#17131f",
  });
  return (
    <img
      className="qr"
      src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
      alt={texts.qr(reference)}
      width={248}
      height={248}
    />
  );
}

/** "Asha Kulkarni · 2 × Standing · ₹2,998" */
function Holder({ ticket: { holder_name, lines, total_amount, currency } }: { ticket: Ticket }) {
  const { common, ticket: texts } = useMessages();
  const { money, number } = useFormat();
  const what = lines.map(({ quantity, name }) => texts.line(number(quantity), name)).join(", ");
  const price = total_amount === 0 ? common.free : money(total_amount, currency);
  return <>{[holder_name, what, price].filter(Boolean).join(" · ")}</>;
}
