import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type Booking, BOOKINGS_KEY } from "../api/bookings.ts";
import { useTimeLeft } from "./use_time_left.ts";

/** At the end of the time the server is asked this often, until it says that it is over. */
const REFETCH_MS = 1_000;

/** Seconds left of a hold. At 0 the server is asked: only it says that time is up, and a payment under way may extend it. */
export function useTimeUntilEnd({ expires_at }: Booking): number | undefined {
  const queryClient = useQueryClient();
  const left = useTimeLeft(expires_at);
  const isAtEnd = left === 0;
  useEffect(() => {
    if (!isAtEnd) return;
    const ask = () => void queryClient.invalidateQueries({ queryKey: BOOKINGS_KEY });
    ask();
    const timer = setInterval(ask, REFETCH_MS);
    return () => clearInterval(timer);
  }, [isAtEnd, queryClient]);
  return left;
}
