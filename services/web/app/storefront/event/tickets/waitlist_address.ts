import type { PublicEvent } from "../../../api/events.ts";

/** The page on which one waits for a number of tickets; of the event's only type without its id. */
export function waitlistAddress(
  { event_id, ticket_types }: PublicEvent,
  { ticketTypeId, count }: { ticketTypeId?: string | undefined; count: number },
): string {
  const query = new URLSearchParams({ n: String(count) });
  if (ticketTypeId !== undefined && ticket_types.length > 1) query.set("type", ticketTypeId);
  return `/waitlist/${event_id}?${query}`;
}
