import type { SearchResult } from "../api/events.ts";
import { useFormat, useMessages } from "../messages/use_messages.ts";

/** What a ticket of an event costs, or that one can only wait for it. */
export function Price(
  { event }: {
    event: Pick<SearchResult, "available_seats" | "state" | "price_min" | "price_max" | "currency">;
  },
) {
  const { common } = useMessages();
  const { money } = useFormat();
  if (event.available_seats === 0 && event.state !== "soon") return <b>{common.waitlist}</b>;
  if (event.price_max === 0) return <b>{common.free}</b>;
  const price = money(event.price_min, event.currency);
  return <b>{event.price_min === event.price_max ? price : common.from(price)}</b>;
}
