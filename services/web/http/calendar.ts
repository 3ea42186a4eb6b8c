import { calendarOf as calendarOfEntry } from "@evently/shared/calendar";
import type { components } from "@evently/shared/client/gateway";

type PublicEvent = components["schemas"]["PublicEvent"];

/** How long before the sale the calendar reminds of it. */
const SALE_ALARM = "-PT15M";
/** The sale begins at a moment; calendars show an entry of no length badly. */
const SALE_LENGTH_MS = 15 * 60_000;

/**
 * A calendar with an event, or with the beginning of its sale.
 *
 * @returns `undefined` for the beginning of a sale that is not to come
 */
export function calendarOf(
  event: PublicEvent,
  { origin, ofSale = false }: { origin: string; ofSale?: boolean },
): string | undefined {
  const entry = ofSale ? saleEntry(event) : eventEntry(event);
  return entry && calendarOfEntry({
    ...entry,
    changedAt: new Date(event.updated_at),
    sequence: event.version,
    isCancelled: event.status === "cancelled",
    url: `${origin}/events/${event.event_id}`,
  });
}

function eventEntry(event: PublicEvent) {
  const { venue_name, venue_address, venue_city, venue_postal_code, latitude, longitude } = event;
  return {
    uid: `${event.event_id}@evently`,
    startsAt: new Date(event.start_datetime),
    endsAt: new Date(event.end_datetime),
    summary: event.name,
    description: event.description,
    place: [venue_name, venue_address, venue_city, venue_postal_code].filter(Boolean).join(", "),
    position: latitude === undefined || longitude === undefined
      ? undefined
      : { latitude, longitude },
  };
}

function saleEntry(event: PublicEvent) {
  const starts = event.ticket_types
    .flatMap(({ state, sales_start }) => state === "soon" && sales_start ? [sales_start] : []);
  const start = starts.toSorted()[0];
  if (start === undefined) return undefined;
  const startsAt = new Date(start);
  return {
    uid: `sale-${event.event_id}@evently`,
    startsAt,
    endsAt: new Date(startsAt.getTime() + SALE_LENGTH_MS),
    summary: `On sale: ${event.name}`,
    alarm: SALE_ALARM,
  };
}
