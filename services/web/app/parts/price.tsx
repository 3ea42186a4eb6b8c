import type { SearchResult } from "../api/events.ts";
import { useMessages } from "../messages/use_messages.ts";
import { usePriceRange } from "./price_range.ts";

/** What a ticket of an event costs, or that one can only wait for it. */
export function Price(
  { event: { available_seats, state, price_min, price_max, currency } }: {
    event: Pick<SearchResult, "available_seats" | "state" | "price_min" | "price_max" | "currency">;
  },
) {
  const { common } = useMessages();
  const priceRange = usePriceRange();
  const isFull = available_seats === 0 && state !== "soon";
  return <b>{isFull ? common.waitlist : priceRange(price_min, price_max, currency)}</b>;
}
