import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type Booking, bookingsChanged, letGo } from "../../api/bookings.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { HoldBand } from "../../parts/hold_band.tsx";
import { stockOf } from "../../parts/stock.ts";
import { useTimeUntilEnd } from "../../parts/use_time_until_end.ts";
import { useApp } from "../../use_app.ts";
import { KeepLonger } from "./keep_longer.tsx";
import { OrderBrief, OrderSummary } from "./order_summary.tsx";
import { PayForm } from "./pay_form.tsx";
import { PaymentNote } from "./payment_note.tsx";
import { ticketCodeOf } from "./ticket_code.ts";
import { usePayment } from "./use_payment.ts";

/** Held tickets, and the way to pay for them. */
export function OpenCheckout({ booking }: { booking: Booking }) {
  const { checkout } = useMessages();
  const { number } = useFormat();
  const { booking_id: bookingId, quantity } = booking;
  const navigate = useNavigate();
  const payment = usePayment(bookingId, {
    onPaid: (ticketUrl) =>
      void navigate({
        to: "/tickets/$code",
        params: { code: ticketCodeOf(ticketUrl) },
        state: { paid: true },
        replace: true,
      }),
  });
  const release = useRelease(booking);
  const left = useTimeUntilEnd(booking);
  const isFree = booking.total_amount === 0;
  return (
    <>
      <HoldBand
        stock={stockOf(booking.event_type ?? "")}
        left={left}
        total={(Date.parse(booking.expires_at!) - Date.parse(booking.booked_at)) / 1_000}
      >
        <p>{checkout.held(quantity, number(quantity))}</p>
        <KeepLonger booking={booking} left={left} />
      </HoldBand>
      <div className="page pay">
        <div>
          <OrderBrief booking={booking} />
          <h1>{isFree ? checkout.titleFree : checkout.title}</h1>
          <PaymentNote booking={booking} payment={payment} />
          {payment.state.kind === "asking" || payment.state.kind === "action"
            ? null
            : <PayForm booking={booking} payment={payment} onLetGo={release} />}
        </div>
        <OrderSummary booking={booking} />
      </div>
    </>
  );
}

/** Gives the tickets back and leads to their event, where they can be held again. */
function useRelease({ booking_id, event_id }: Booking): () => void {
  const { api } = useApp();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async function release() {
    await letGo(api, booking_id).catch(() => {});
    await navigate({ to: "/events/$eventId", params: { eventId: event_id } });
    await bookingsChanged(queryClient);
  };
}
