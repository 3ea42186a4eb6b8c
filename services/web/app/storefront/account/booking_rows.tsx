import { Link } from "@tanstack/react-router";
import type { Booking } from "../../api/bookings.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { useApp } from "../../use_app.ts";
import { BookingRow } from "./booking_row.tsx";
import { isPast, startOf } from "./booking_state.ts";

/** Bookings to come, the next one first; or past ones, the latest first. */
export function BookingRows({ bookings, past }: { bookings: readonly Booking[]; past: boolean }) {
  const { clock } = useApp();
  const { account } = useMessages();
  const now = clock.now();
  const sign = past ? -1 : 1;
  const shown = bookings
    .filter((booking) => isPast(booking, now) === past)
    .sort((a, b) => sign * (Date.parse(startOf(a)) - Date.parse(startOf(b))));
  if (shown.length === 0) {
    return (
      <div className="stack bookings__none">
        <p>{past ? account.nonePast : account.none}</p>
        {past ? null : (
          <p>
            <Link className="btn" to="/events">{account.findEvents}</Link>
          </p>
        )}
      </div>
    );
  }
  return (
    <ul className="rows">
      {shown.map((booking) => <BookingRow key={booking.booking_id} booking={booking} now={now} />)}
    </ul>
  );
}
