import type { PublicEvent } from "../../../api/events.ts";
import type { ChoiceLine } from "./choice.ts";

/** The lines of an order. An event's only type goes without its id, where it is the one that is meant without. */
export function wantedOf(
  { event_id, ticket_types }: PublicEvent,
  lines: readonly ChoiceLine[],
): { ticketTypeId?: string; quantity: number }[] {
  const isPlain = ticket_types.length === 1 && ticket_types[0]?.ticket_type_id === event_id;
  return lines.filter(({ quantity }) => quantity > 0).map(({ type, quantity }) => ({
    ...(isPlain ? {} : { ticketTypeId: type.ticket_type_id }),
    quantity,
  }));
}
