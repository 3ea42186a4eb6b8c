import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { PublicEvent } from "../../api/events.ts";
import { paidBookingQuery, type WaitlistPlace } from "../../api/waitlist.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { useUser } from "../../session/use_user.ts";
import { useApp } from "../../use_app.ts";
import { ticketCodeOf } from "../checkout/ticket_code.ts";

/** Waiting has ended for good: with the tickets, or because there is nothing to wait for any more. */
export function EndedView({ event, place }: { event: PublicEvent; place: WaitlistPlace }) {
  return place.status === "converted"
    ? <Converted event={event} />
    : <Closed reason={place.why?.reason} />;
}

function Converted({ event }: { event: PublicEvent }) {
  const { api } = useApp();
  const { waitlist } = useMessages();
  const user = useUser();
  const { data: booking } = useQuery({
    ...paidBookingQuery(api, { userId: user?.userId ?? "", eventId: event.event_id }),
    enabled: user !== undefined,
  });
  const ticketUrl = booking?.ticket_url;
  return (
    <section className="wait-main">
      <h2 data-head>{waitlist.converted}</h2>
      <p>{waitlist.convertedText}</p>
      <p>
        {ticketUrl
          ? (
            <Link
              className="btn"
              to="/tickets/$code"
              params={{ code: ticketCodeOf(ticketUrl) }}
            >
              {waitlist.showTickets}
            </Link>
          )
          : <Link className="btn" to="/account/bookings">{waitlist.myTickets}</Link>}
      </p>
    </section>
  );
}

function Closed({ reason }: { reason: string | undefined }) {
  const { waitlist } = useMessages();
  return (
    <section className="wait-main">
      <h2 data-head>{waitlist.closedTitle}</h2>
      <p>{waitlist.closed[reason ?? ""] ?? waitlist.notOnSale}</p>
      <p>
        <Link className="btn" to="/events">{waitlist.otherEvents}</Link>
      </p>
    </section>
  );
}
