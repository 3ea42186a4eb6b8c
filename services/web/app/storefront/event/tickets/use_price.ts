import type { PublicEvent } from "../../../api/events.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";

/** What a ticket of an event costs, in a word or two: the only price, or the lowest. */
export function usePrice({ price_range, ticket_types, currency }: PublicEvent): string {
  const { common, event: texts } = useMessages();
  const { money } = useFormat();
  const { min, max } = price_range;
  if (max === 0) return common.free;
  if (min === max) return money(min, currency);
  if (min > 0) return common.from(money(min, currency));
  const paid = ticket_types.map(({ price }) => price).filter((price) => price > 0);
  return texts.freeOr(money(Math.min(max, ...paid), currency));
}
