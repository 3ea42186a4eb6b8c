import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Booking, bookingsChanged, extendHold } from "../../api/bookings.ts";
import { ApiError } from "../../api/errors.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { useApp } from "../../use_app.ts";

/** When the offer to keep the tickets longer appears. */
const OFFERED_FROM_S = 60;

/** Keeps held tickets longer, once; offered in the last minute. */
export function KeepLonger({ booking, left }: { booking: Booking; left: number | undefined }) {
  const { api } = useApp();
  const { checkout } = useMessages();
  // What the platform adds by default: as much as the hold had.
  const lengthMs = Date.parse(booking.expires_at!) - Date.parse(booking.booked_at);
  const queryClient = useQueryClient();
  const [state, setState] = useState<"offered" | "asking" | "refused">("offered");
  if (left === undefined || left === 0 || left > OFFERED_FROM_S) return null;
  const keep = async () => {
    if (state !== "offered") return;
    setState("asking");
    try {
      await extendHold(api, booking.booking_id);
      setState("offered");
    } catch (error) {
      setState(error instanceof ApiError && error.status === 409 ? "refused" : "offered");
    }
    await bookingsChanged(queryClient);
  };
  if (state === "refused") return <p className="hold__more">{checkout.keptOnce}</p>;
  return (
    <button
      className="btn btn--second hold__more"
      type="button"
      aria-busy={state === "asking"}
      onClick={keep}
    >
      {checkout.keepLonger(Math.round(lengthMs / 60_000))}
    </button>
  );
}
