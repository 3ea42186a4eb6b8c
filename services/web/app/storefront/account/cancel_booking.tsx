import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { type Booking, bookingQuery, bookingsChanged, cancelBooking } from "../../api/bookings.ts";
import { ApiError } from "../../api/errors.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { useApp } from "../../use_app.ts";
import { CancelDialog } from "./cancel_dialog.tsx";
import type { Outcome } from "./outcome.ts";

/** The button that asks, and cancels only after the refund was shown. */
export function CancelBooking({ booking, onOutcome }: {
  booking: Booking;
  onOutcome: (outcome: Outcome) => void;
}) {
  const { api } = useApp();
  const { account } = useMessages();
  const { number, money } = useFormat();
  const queryClient = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const { booking_id: bookingId, quantity } = booking;
  if (booking.status !== "confirmed" || !booking.refund_if_cancelled_now) return null;

  async function open(): Promise<void> {
    // The refund depends on the time: what is shown is asked now.
    await queryClient.fetchQuery({ ...bookingQuery(api, bookingId), staleTime: 0 }).catch(() => {});
    dialog.current?.showModal();
  }

  async function cancel(): Promise<void> {
    setBusy(true);
    try {
      const { refund_amount: refund, currency } = await cancelBooking(api, bookingId);
      const text = refund > 0 ? account.done(money(refund, currency)) : account.doneWithout;
      onOutcome({ kind: "ok", text });
    } catch (error) {
      const text = error instanceof ApiError ? account.refused : account.notCancelled;
      onOutcome({ kind: "warn", text });
    } finally {
      dialog.current?.close();
      setBusy(false);
      await bookingsChanged(queryClient);
    }
  }

  return (
    <>
      <button className="btn btn--second" type="button" onClick={open}>
        {account.cancel(quantity, number(quantity))}
      </button>
      <CancelDialog ref={dialog} booking={booking} busy={busy} onCancel={cancel} />
    </>
  );
}
