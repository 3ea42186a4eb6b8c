import type { PublicEvent } from "../../../api/events.ts";
import { usePriceRange } from "../../../parts/price_range.ts";

/** What a ticket of an event costs, in a word or two, as lists say it too. */
export function usePrice({ price_range: { min, max }, currency }: PublicEvent): string {
  return usePriceRange()(min, max, currency);
}
