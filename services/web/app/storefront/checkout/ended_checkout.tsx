import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { type Booking, bookingQuery } from "../../api/bookings.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { HoldAgainNote } from "./hold_again_note.tsx";
import { useApp } from "../../use_app.ts";
import { OrderSummary } from "./order_summary.tsx";
import { ticketCodeOf } from "./ticket_code.ts";
import { useHold } from "./use_hold.ts";

/** A booking that needs no payment any more: paid, over, or cancelled. */
export function EndedCheckout({ booking }: { booking: Booking }) {
  const isCancelled = booking.event.status === "cancelled" || booking.status === "cancelled";
  if (booking.status === "confirmed" && booking.ticket_url) return <Paid booking={booking} />;
  return isCancelled ? <Cancelled booking={booking} /> : <Over booking={booking} />;
}

function Paid({ booking }: { booking: Booking }) {
  const { checkout } = useMessages();
  const { quantity, ticket_url } = booking;
  return (
    <Ended booking={booking} title={checkout.paid}>
      <p>{checkout.paidThen(quantity)}</p>
      <p>
        <Link
          className="btn"
          to="/tickets/$code"
          params={{ code: ticketCodeOf(ticket_url!) }}
        >
          {checkout.showTickets(quantity)}
        </Link>
      </p>
    </Ended>
  );
}

function Over({ booking }: { booking: Booking }) {
  const { checkout } = useMessages();
  const { money, number } = useFormat();
  const { event_id: eventId, quantity, lines, currency } = booking;
  const isPaidLate = booking.payment_status === "refunded";
  const total = money(booking.total_amount, currency);
  const { state, hold } = useHold(eventId);
  const again = () =>
    hold(lines.map((line) => ({ ticketTypeId: line.ticket_type_id, quantity: line.quantity })));
  const isBusy = state.kind === "holding" || state.kind === "asking_again";
  return (
    <Ended booking={booking} title={isPaidLate ? checkout.lateTitle : checkout.overTitle}>
      <p>
        {isPaidLate
          ? checkout.lateThen(quantity, total)
          : booking.payment_processing
          ? checkout.overProcessing(quantity, total)
          : checkout.overThen(quantity)}
      </p>
      <HoldAgainNote state={state} eventId={eventId} quantity={quantity} onHold={hold} />
      <p className="row-of-buttons">
        <button
          className="btn"
          type="button"
          aria-busy={isBusy}
          aria-disabled={isBusy || state.kind === "limited"}
          onClick={again}
        >
          {isBusy ? checkout.holding : checkout.holdAgain(number(quantity))}
        </button>
        <Link className="btn btn--second" to="/events/$eventId" params={{ eventId }}>
          {checkout.toEvent}
        </Link>
      </p>
    </Ended>
  );
}

/** Whether an event is cancelled is known this much later than that its bookings are. */
const EVENT_KNOWN_AFTER_MS = 2_000;

/** Reads a cancelled booking once more, so that it says whether its event is. */
function useEventKnown({ booking_id: bookingId }: Booking): void {
  const { api } = useApp();
  const queryClient = useQueryClient();
  useEffect(() => {
    const { queryKey } = bookingQuery(api, bookingId);
    const read = () => void queryClient.invalidateQueries({ queryKey });
    const timer = setTimeout(read, EVENT_KNOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [api, queryClient, bookingId]);
}

function Cancelled({ booking }: { booking: Booking }) {
  useEventKnown(booking);
  const { checkout } = useMessages();
  const { money } = useFormat();
  const { event, refund_amount: refund = 0, currency } = booking;
  const ofEvent = event.status === "cancelled";
  return (
    <Ended booking={booking} title={ofEvent ? checkout.eventCancelled : checkout.cancelled}>
      <p>
        {refund > 0 ? checkout.refunded(money(refund, currency)) : checkout.nothingPaid}
      </p>
      <p>
        <Link className="btn" to="/events">{checkout.otherEvents}</Link>
      </p>
    </Ended>
  );
}

function Ended({ booking, title, children }: {
  booking: Booking;
  title: string;
  children: ReactNode;
}) {
  return (
    <div className="page pay pay--ended">
      <div className="stack" role="status">
        <h1>{title}</h1>
        {children}
      </div>
      <OrderSummary booking={booking} />
    </div>
  );
}
