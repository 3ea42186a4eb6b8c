import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMatchRoute, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { onBookingNews } from "../api/booking_news.ts";
import { BOOKINGS_KEY, heldQuery } from "../api/bookings.ts";
import { useSession } from "../session/use_session.ts";
import { useApp } from "../use_app.ts";
import { HeldNote } from "./held_note.tsx";

/** What is held for the reader now, on every page but that where it is paid for. Nobody is asked before a log-in. */
export function HeldBar() {
  const session = useSession();
  useBookingNews();
  if (session.status !== "in") return null;
  return <HeldOf userId={session.user.userId} />;
}

function HeldOf({ userId }: { userId: string }) {
  const { api } = useApp();
  const { bookingId, eventId } = useParams({ strict: false }) as {
    bookingId?: string;
    eventId?: string;
  };
  const matchRoute = useMatchRoute();
  const isWaitlist = matchRoute({ to: "/waitlist/$eventId" }) !== false;
  const { data } = useQuery(heldQuery(api, userId));
  // A waitlist's page shows its own offer, which is a booking like any other.
  const offered = isWaitlist ? data?.find(({ event_id }) => event_id === eventId) : undefined;
  return <HeldNote held={data} shownBookingId={bookingId ?? offered?.booking_id} />;
}

/** Asks anew after another tab has held, paid or let go, and when this page is seen again after a sleep. */
function useBookingNews(): void {
  const { clock } = useApp();
  const queryClient = useQueryClient();
  useEffect(() => {
    const ask = () => void queryClient.invalidateQueries({ queryKey: BOOKINGS_KEY });
    const wake = () => {
      if (document.visibilityState === "hidden") return;
      clock.distrust();
      ask();
    };
    const endNews = onBookingNews(ask);
    document.addEventListener("visibilitychange", wake);
    document.addEventListener("resume", wake);
    addEventListener("pageshow", wake);
    return () => {
      endNews();
      document.removeEventListener("visibilitychange", wake);
      document.removeEventListener("resume", wake);
      removeEventListener("pageshow", wake);
    };
  }, [clock, queryClient]);
}
