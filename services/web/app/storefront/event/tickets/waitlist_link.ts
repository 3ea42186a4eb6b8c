import type { PublicEvent } from "../../../api/events.ts";
import type { WaitlistSearch } from "../../waitlist/search.ts";

/** Props of a link to the page on which one waits. */
export interface WaitlistLink {
  to: "/waitlist/$eventId";
  params: { eventId: string };
  search: WaitlistSearch;
}

/** Leads to waiting for a number of tickets; of the event's only type without its id. */
export function waitlistLink(
  { event_id: eventId, ticket_types: types }: PublicEvent,
  { ticketTypeId: type, count: n }: { ticketTypeId?: string | undefined; count: number },
): WaitlistLink {
  const search = type === undefined || types.length === 1 ? { n } : { n, type };
  return { to: "/waitlist/$eventId", params: { eventId }, search };
}
