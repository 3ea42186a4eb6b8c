import { Link } from "@tanstack/react-router";
import type { Booking } from "../../api/bookings.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { clockText } from "../../parts/countdown.tsx";
import { useTimeLeft } from "../../parts/use_time_left.ts";
import { ticketCodeOf } from "../checkout/ticket_code.ts";

/** What one may do next with a booking, or what we are doing. */
export function BookingNext({ booking }: { booking: Booking }) {
  const { account } = useMessages();
  const { booking_id: bookingId, event_id: eventId, status, quantity, ticket_url } = booking;
  const left = useTimeLeft(status === "pending" ? booking.expires_at : undefined);
  if (status === "pending") {
    return (
      <Link className="btn" to="/checkout/$bookingId" params={{ bookingId }}>
        {left === undefined ? account.goOnUntimed : account.goOn(clockText(left))}
      </Link>
    );
  }
  if (status === "confirmed" && ticket_url) {
    return (
      <Link className="btn" to="/tickets/$code" params={{ code: ticketCodeOf(ticket_url) }}>
        {account.ticket(quantity)}
      </Link>
    );
  }
  if (status === "cancelled") return <Refund booking={booking} />;
  return <Link to="/events/$eventId" params={{ eventId }}>{account.again}</Link>;
}

function Refund({ booking }: { booking: Booking }) {
  const { account } = useMessages();
  const { money } = useFormat();
  const { refund_amount: refund = 0, refunded_amount, currency, total_amount } = booking;
  if (refund === 0) return <p>{total_amount === 0 ? account.nothingPaid : account.noRefund}</p>;
  const amount = money(refund, currency);
  return (
    <p>
      {refunded_amount >= refund ? account.refunded(amount) : account.refundUnderWay(amount)}
    </p>
  );
}
