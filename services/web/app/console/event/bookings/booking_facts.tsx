import { useFormat } from "../../../messages/use_messages.ts";
import type { ManagedEvent } from "../../api/event.ts";
import type { ManagedBookingDetail } from "../../api/event_bookings.ts";
import { useConsoleMessages } from "../../use_console.ts";
import { BookingTag } from "./booking_tag.tsx";

/** Who booked what, and when. */
export function BookingFacts({ event, booking }: {
  event: ManagedEvent;
  booking: ManagedBookingDetail;
}) {
  const { eventBookings: texts } = useConsoleMessages();
  const { number, money, when } = useFormat();
  const { currency, total_amount: total, buyer_name: name, buyer_email: email } = booking;
  const times = [
    [texts.booked, booking.booked_at],
    [texts.held, booking.expires_at],
    [texts.confirmed, booking.confirmed_at],
    [texts.ended, booking.ended_at],
  ] as const;
  return (
    <dl className="known">
      <div>
        <dt>{texts.state}</dt>
        <dd>
          <BookingTag status={booking.status} />
        </dd>
      </div>
      <div>
        <dt>{texts.who}</dt>
        <dd>
          {name === undefined ? texts.gone : (
            <>
              {name}
              <br />
              <a href={`mailto:${email}`}>{email}</a>
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{texts.what}</dt>
        <dd>
          <ul>
            {booking.lines.map(({ ticket_type_id: id, quantity, name, total }) => (
              <li key={id}>
                {texts.line(number(quantity), name)}
                {total > 0 ? ` · ${money(total, currency)}` : ""}
              </li>
            ))}
          </ul>
        </dd>
      </div>
      <div>
        <dt>{texts.total}</dt>
        <dd>
          <b>{total === 0 ? texts.free : money(total, currency)}</b>
        </dd>
      </div>
      {times.map(([head, at]) => {
        if (at === undefined) return null;
        const { long, time, zone } = when(at, event.timezone);
        return (
          <div key={head}>
            <dt>{head}</dt>
            <dd>
              <time dateTime={at}>{long}, {time} {zone}</time>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
