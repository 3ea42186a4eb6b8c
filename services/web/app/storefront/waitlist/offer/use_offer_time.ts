import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { WAITLIST_KEY } from "../../../api/waitlist.ts";
import { useTimeLeft } from "../../../parts/use_time_left.ts";

/** At the end the server is asked this often whether the offer is over: only it says so. */
const OVER_REFETCH_MS = 1_000;

/** Seconds that are left of an offer. */
export function useOfferTime(expiresAt: string): number | undefined {
  const queryClient = useQueryClient();
  const left = useTimeLeft(expiresAt);
  const isAtEnd = left === 0;
  useEffect(() => {
    if (!isAtEnd) return;
    const ask = () => void queryClient.invalidateQueries({ queryKey: WAITLIST_KEY });
    ask();
    const timer = setInterval(ask, OVER_REFETCH_MS);
    return () => clearInterval(timer);
  }, [isAtEnd, queryClient]);
  return left;
}
