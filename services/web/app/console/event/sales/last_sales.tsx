import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useFormat } from "../../../messages/use_messages.ts";
import type { ManagedEvent } from "../../api/event.ts";
import { lastSalesQuery } from "../../api/event_bookings.ts";
import { useConsoleMessages } from "../../use_console.ts";
import { useEventScope } from "../use_event_scope.ts";

/** The latest sales of an event, with the way to all bookings. */
export function LastSales({ event }: { event: ManagedEvent }) {
  const { event_id: eventId, timezone } = event;
  const { api, scope } = useEventScope(eventId);
  const { event: texts, eventBookings } = useConsoleMessages();
  const { number, money, when } = useFormat();
  const { data } = useQuery(lastSalesQuery(api, scope));
  return (
    <section className="last-sales" aria-labelledby="last-sales">
      <h2 id="last-sales">{texts.last}</h2>
      {data === undefined
        ? <div className="skeleton last-sales__skeleton" aria-hidden="true" />
        : data.bookings.length === 0
        ? <p className="soft">{texts.lastNone}</p>
        : (
          <ul>
            {data.bookings.map((booking) => {
              const { booking_id: bookingId, quantity, total_amount, currency } = booking;
              const { short, time } = when(booking.confirmed_at ?? booking.booked_at, timezone);
              return (
                <li key={bookingId}>
                  <Link
                    to="/console/events/$eventId/bookings/$bookingId"
                    params={{ eventId, bookingId }}
                  >
                    {booking.buyer_name ?? eventBookings.gone}
                  </Link>
                  <span>{texts.lastLine(quantity, number(quantity))}</span>
                  <b>{total_amount === 0 ? eventBookings.free : money(total_amount, currency)}</b>
                  <span className="soft">{short}, {time}</span>
                </li>
              );
            })}
          </ul>
        )}
      <p>
        <Link to="/console/events/$eventId/bookings" params={{ eventId }}>{texts.allBookings}</Link>
      </p>
    </section>
  );
}
