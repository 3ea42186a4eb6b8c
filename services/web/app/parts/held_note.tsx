import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { type Booking, bookingQuery, bookingsChanged, letGo } from "../api/bookings.ts";
import { useFormat, useMessages } from "../messages/use_messages.ts";
import { useApp } from "../use_app.ts";
import { clockText, TimeAnnouncer } from "./countdown.tsx";
import { Note } from "./note.tsx";
import { stockOf } from "./stock.ts";
import { unbroken } from "./unbroken.ts";
import { useTimeLeft } from "./use_time_left.ts";
import { useTimeUntilEnd } from "./use_time_until_end.ts";

/** The bar of what is held, and a note where it stood once its time is up. It moves nobody to another page. */
export function HeldNote({ held, shownBookingId }: {
  held: readonly Booking[] | undefined;
  /** The booking of this page, which needs no bar. */
  shownBookingId: string | undefined;
}) {
  const [first, ...more] = held?.filter(({ booking_id }) => booking_id !== shownBookingId) ?? [];
  const [last, setLast] = useState<Booking>();
  useEffect(() => {
    if (first) setLast(first);
  }, [first]);
  if (first) return <Held booking={first} more={more.length} />;
  if (!held || !last || last.booking_id === shownBookingId) return null;
  return <Ended last={last} onClose={() => setLast(undefined)} />;
}

function Held({ booking, more }: { booking: Booking; more: number }) {
  const { api } = useApp();
  const { checkout } = useMessages();
  const { number } = useFormat();
  const queryClient = useQueryClient();
  const left = useTimeUntilEnd(booking);
  const total = (Date.parse(booking.expires_at!) - Date.parse(booking.booked_at)) / 1_000;
  const release = async () => {
    await letGo(api, booking.booking_id).catch(() => {});
    await bookingsChanged(queryClient);
  };
  const { quantity } = booking;
  return (
    <aside
      className="held on-stock"
      data-stock={stockOf(booking.event_type ?? "")}
      aria-label={checkout.heldRegion}
    >
      <div className="page">
        <p>
          <b>{checkout.heldShort(quantity, number(quantity))}</b>
          {left === undefined ? null : <span className="held__time">{clockText(left)}</span>}
          <span className="held__event">{unbroken(booking.event_name)}</span>
          {more > 0 ? <span>{checkout.heldMore(number(more))}</span> : null}
        </p>
        <Link
          className="btn"
          to="/checkout/$bookingId"
          params={{ bookingId: booking.booking_id }}
        >
          {checkout.goOn}
        </Link>
        <button className="link" type="button" onClick={release}>
          {checkout.letThemGo(quantity)}
        </button>
        <TimeAnnouncer left={left} total={total} />
      </div>
    </aside>
  );
}

/** Says so where time is up; what was paid for or let go before its time needs no word. */
function Ended({ last, onClose }: { last: Booking; onClose: () => void }) {
  const { api } = useApp();
  const { checkout } = useMessages();
  const { data: booking } = useQuery(bookingQuery(api, last.booking_id));
  const left = useTimeLeft(last.expires_at);
  if (booking?.status !== "expired" || left !== 0) return null;
  return (
    <div className="page held-ended">
      <Note kind="warn" role="status">
        <b>{checkout.over(booking.quantity)}</b>{" "}
        <Link to="/events/$eventId" params={{ eventId: booking.event_id }}>{checkout.toEvent}</Link>
        {" · "}
        <button className="link" type="button" onClick={onClose}>{checkout.close}</button>
      </Note>
    </div>
  );
}
