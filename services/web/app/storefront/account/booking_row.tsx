import { Link } from "@tanstack/react-router";
import type { Booking } from "../../api/bookings.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { stockOf } from "../../parts/stock.ts";
import { unbroken } from "../../parts/unbroken.ts";
import { BookingNext } from "./booking_next.tsx";
import { startOf, stateOf, TAG_OF } from "./booking_state.ts";

/** A booking as a ticket: the stub with its date, what it is, how it stands, and what comes next. */
export function BookingRow({ booking, now }: { booking: Booking; now: number }) {
  const { account, common } = useMessages();
  const { number, when: whenOf } = useFormat();
  const { booking_id: bookingId, event, event_name: name, quantity } = booking;
  const start = startOf(booking);
  const when = whenOf(start, event.timezone ?? "UTC");
  const state = stateOf(booking, now);
  return (
    <li className="row row--booking" data-stock={stockOf(booking.event_type ?? "")}>
      <time className="stub" dateTime={start}>
        <span className="m">{when.month}</span>
        <b>{when.day}</b>
        <span className="t">{when.weekday} {when.time}</span>
      </time>
      <div className="main">
        <h2>
          <Link to="/account/bookings/$bookingId" params={{ bookingId }}>{unbroken(name)}</Link>
        </h2>
        <p>{[event.venue, event.venue_city].filter(Boolean).join(", ")}</p>
        <p className="booking__state">
          <span className={`tag ${TAG_OF[state]}`}>{account.states[state]}</span>
          {common.tickets(quantity, number(quantity))}
        </p>
      </div>
      <div className="booking__next">
        <BookingNext booking={booking} />
      </div>
    </li>
  );
}
