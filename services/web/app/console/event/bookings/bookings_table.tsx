import { Link } from "@tanstack/react-router";
import { useFormat } from "../../../messages/use_messages.ts";
import type { ManagedEvent } from "../../api/event.ts";
import type { ManagedBooking } from "../../api/event_bookings.ts";
import { type Column, Table } from "../../parts/table.tsx";
import { useConsoleMessages } from "../../use_console.ts";
import { BookingTag } from "./booking_tag.tsx";

/** Bookings with their buyers, each the way to all that is known of it. */
export function BookingsTable({ event, bookings }: {
  event: ManagedEvent;
  /** `undefined`: not known yet. */
  bookings: readonly ManagedBooking[] | undefined;
}) {
  const { eventBookings: texts } = useConsoleMessages();
  const { number, money, when } = useFormat();
  const { event_id: eventId, timezone } = event;
  const columns: Column<ManagedBooking>[] = [
    {
      key: "reference",
      head: texts.reference,
      isHead: true,
      cell: ({ booking_id: bookingId, booking_reference: reference }) => (
        <Link
          to="/console/events/$eventId/bookings/$bookingId"
          params={{ eventId, bookingId }}
        >
          {reference}
        </Link>
      ),
    },
    {
      key: "buyer",
      head: texts.buyer,
      cell: ({ buyer_name: name, buyer_email: email }) =>
        name === undefined ? <span className="soft">{texts.gone}</span> : (
          <>
            {name}
            <br />
            <span className="soft xs">{email}</span>
          </>
        ),
    },
    {
      key: "tickets",
      head: texts.tickets,
      isNumber: true,
      cell: ({ quantity }) => number(quantity),
    },
    {
      key: "total",
      head: texts.total,
      isNumber: true,
      cell: ({ total_amount: total, refund_amount: refund, currency }) => (
        <>
          {total === 0 ? texts.free : money(total, currency)}
          {refund > 0
            ? (
              <>
                <br />
                <span className="soft xs">{texts.given(money(refund, currency))}</span>
              </>
            )
            : null}
        </>
      ),
    },
    {
      key: "state",
      head: texts.state,
      cell: ({ status }) => <BookingTag status={status} />,
    },
    {
      key: "booked",
      head: texts.booked,
      cell: ({ booked_at: at }) => {
        const { short, time } = when(at, timezone);
        return <time className="nb" dateTime={at}>{short}, {time}</time>;
      },
    },
  ];
  return (
    <Table
      caption={texts.title}
      columns={columns}
      rows={bookings}
      keyOf={({ booking_id }) => booking_id}
    />
  );
}
