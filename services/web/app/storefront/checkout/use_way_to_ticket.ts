import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { Booking } from "../../api/bookings.ts";
import { ticketCodeOf } from "./ticket_code.ts";

/** Leads to the ticket once a booking that was open here is paid, wherever and however that was. */
export function useWayToTicket(booking: Booking | null | undefined): void {
  const navigate = useNavigate();
  const wasOpen = useRef(false);
  const status = booking?.status;
  const ticketUrl = status === "confirmed" ? booking?.ticket_url : undefined;
  useEffect(() => {
    if (status === "pending") wasOpen.current = true;
    if (!ticketUrl || !wasOpen.current) return;
    void navigate({
      to: "/tickets/$code",
      params: { code: ticketCodeOf(ticketUrl) },
      state: { paid: true },
      replace: true,
    });
  }, [navigate, status, ticketUrl]);
}
