import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ManagedEvent } from "../../api/event.ts";
import { eventBookingQuery } from "../../api/event_bookings.ts";
import { EmptyState } from "../../parts/empty_state.tsx";
import { useConsoleMessages } from "../../use_console.ts";
import { useMayChange } from "../../use_may_change.ts";
import { EventFrame } from "../event_frame.tsx";
import { useEventScope } from "../use_event_scope.ts";
import { BookingFacts } from "./booking_facts.tsx";
import { MoneyOfBooking } from "./money_of_booking.tsx";
import { RefundForm } from "./refund/refund_form.tsx";

const route = getRouteApi("/console/events/$eventId/bookings/$bookingId");

/** One booking of an event: who, what, what was paid and given back, and giving a part back. */
export function EventBookingPage() {
  const { eventId, bookingId } = route.useParams();
  const { api, scope } = useEventScope(eventId);
  const { eventBookings: texts } = useConsoleMessages();
  const { data: booking } = useQuery(eventBookingQuery(api, { ...scope, bookingId }));
  return (
    <EventFrame
      eventId={eventId}
      tab="bookings"
      title={booking ? texts.oneTitle(booking.booking_reference) : texts.one}
    >
      {(event) =>
        booking === null
          ? (
            <EmptyState title={texts.notFound}>
              <Link to="/console/events/$eventId/bookings" params={{ eventId }}>
                {texts.toAll}
              </Link>
            </EmptyState>
          )
          : <Booking event={event} bookingId={bookingId} />}
    </EventFrame>
  );
}

function Booking({ event, bookingId }: { event: ManagedEvent; bookingId: string }) {
  const { api, scope } = useEventScope(event.event_id);
  const mayChange = useMayChange(event.organisation_id);
  const { data: booking } = useQuery(eventBookingQuery(api, { ...scope, bookingId }));
  if (!booking) {
    return (
      <div className="skeleton console__skeleton console__skeleton--tall" aria-hidden="true" />
    );
  }
  return (
    <div className="booking-console">
      <div className="stack">
        <BookingFacts event={event} booking={booking} />
        <MoneyOfBooking event={event} booking={booking} />
      </div>
      {mayChange && booking.total_amount > 0
        ? <RefundForm scope={scope} booking={booking} />
        : null}
    </div>
  );
}
