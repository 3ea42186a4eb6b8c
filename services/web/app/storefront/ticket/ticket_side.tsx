import { Link } from "@tanstack/react-router";
import type { Ticket } from "../../api/tickets.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";

/** What one may do with a ticket, and what to know at the door. */
export function TicketSide({ ticket }: { ticket: Ticket }) {
  const { ticket: texts } = useMessages();
  const { number } = useFormat();
  const { event, event_id, quantity, status } = ticket;
  const address = [event.venue, event.venue_address, event.venue_city, event.venue_postal_code];
  return (
    <div className="ticket-side">
      {status === "valid"
        ? (
          <div className="ticket-side__do">
            <a className="btn btn--second" href={`/events/${event_id}/calendar.ics`} download>
              {texts.addToCalendar}
            </a>
            <button className="btn btn--second" type="button" onClick={() => print()}>
              {texts.print}
            </button>
          </div>
        )
        : null}
      <dl className="facts">
        {status === "valid"
          ? (
            <>
              <dt>{texts.atTheDoor}</dt>
              <dd>{texts.admits(quantity, number(quantity))}</dd>
            </>
          )
          : null}
        <dt>{texts.where}</dt>
        <dd>{address.filter(Boolean).join(", ")}</dd>
        {event.organiser_name
          ? (
            <>
              <dt>{texts.organiser}</dt>
              <dd>{event.organiser_name}</dd>
            </>
          )
          : null}
        <dt>{texts.ifNot}</dt>
        <dd>
          <Link to="/account/bookings">{texts.myBookings}</Link>
        </dd>
      </dl>
    </div>
  );
}
