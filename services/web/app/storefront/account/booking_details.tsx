import { useState } from "react";
import type { Booking } from "../../api/bookings.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { Note } from "../../parts/note.tsx";
import { unbroken } from "../../parts/unbroken.ts";
import { useApp } from "../../use_app.ts";
import { OrderSummary } from "../checkout/order_summary.tsx";
import { BookingNext } from "./booking_next.tsx";
import { stateOf, TAG_OF } from "./booking_state.ts";
import { CancelBooking } from "./cancel_booking.tsx";
import type { Outcome } from "./outcome.ts";
import { RefundList } from "./refund_list.tsx";
import { RefundTerms } from "./refund_terms.tsx";

/** All about a booking, beside its ticket. */
export function BookingDetails({ booking }: { booking: Booking }) {
  const { clock } = useApp();
  const { account } = useMessages();
  const { money, when } = useFormat();
  const [outcome, setOutcome] = useState<Outcome>();
  const { event, currency, total_amount: total, payment_status: payment } = booking;
  const state = stateOf(booking, clock.now());
  const booked = when(booking.booked_at, event.timezone ?? "UTC");
  const isPaid = payment === "completed" || payment === "refunded";
  return (
    <div className="booking__halves">
      <div className="stack">
        <h1 className="title">{unbroken(booking.event_name)}</h1>
        {outcome
          ? (
            <Note kind={outcome.kind} role={outcome.kind === "ok" ? "status" : "alert"}>
              {outcome.text}
            </Note>
          )
          : null}
        <dl className="booking__facts">
          <dt>{account.facts}</dt>
          <dd>
            <span className={`tag ${TAG_OF[state]}`}>{account.states[state]}</span>
          </dd>
          <dt>{account.reference}</dt>
          <dd>{booking.booking_reference}</dd>
          <dt>{account.booked}</dt>
          <dd>
            <time dateTime={booking.booked_at}>{booked.long}, {booked.time} {booked.zone}</time>
          </dd>
          <dt>{account.payment}</dt>
          <dd>
            {total === 0
              ? account.free
              : isPaid
              ? account.paid(money(total, currency))
              : account.notPaid}
          </dd>
        </dl>
        <div className="row-of-buttons">
          <BookingNext booking={booking} />
          <CancelBooking booking={booking} onOutcome={setOutcome} />
        </div>
        <RefundList booking={booking} />
        <RefundTerms booking={booking} />
      </div>
      <OrderSummary booking={booking} />
    </div>
  );
}
