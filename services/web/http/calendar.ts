import type { components } from "@evently/shared/client/gateway";

type PublicEvent = components["schemas"]["PublicEvent"];

/** Octets of a line of a calendar, without its end (RFC 5545, 3.1). */
const MAX_LINE_OCTETS = 75;
/** How long before the sale the calendar reminds of it. */
const SALE_ALARM = "-PT15M";
/** The sale begins at a moment; calendars show an entry of no length badly. */
const SALE_LENGTH_MS = 15 * 60_000;

/**
 * A calendar with one event, after RFC 5545. Times are in UTC, which every program shows in its user's zone.
 *
 * @returns `undefined` for the beginning of a sale that is not to come
 */
export function calendarOf(
  event: PublicEvent,
  { origin, ofSale = false }: { origin: string; ofSale?: boolean },
): string | undefined {
  const entry = ofSale ? saleEntry(event) : eventEntry(event);
  if (!entry) return undefined;
  const url = `${origin}/events/${event.event_id}`;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Evently//Storefront//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `DTSTAMP:${utc(event.updated_at)}`,
    `LAST-MODIFIED:${utc(event.updated_at)}`,
    `SEQUENCE:${event.version}`,
    `STATUS:${event.status === "cancelled" ? "CANCELLED" : "CONFIRMED"}`,
    ...entry,
    `URL:${url}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function eventEntry(event: PublicEvent): string[] {
  const { venue_name, venue_address, venue_city, venue_postal_code, latitude, longitude } = event;
  const place = [venue_name, venue_address, venue_city, venue_postal_code].filter(Boolean);
  return [
    `UID:${event.event_id}@evently`,
    `DTSTART:${utc(event.start_datetime)}`,
    `DTEND:${utc(event.end_datetime)}`,
    `SUMMARY:${escaped(event.name)}`,
    ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
    `LOCATION:${escaped(place.join(", "))}`,
    ...(latitude === undefined || longitude === undefined ? [] : [`GEO:${latitude};${longitude}`]),
  ];
}

function saleEntry(event: PublicEvent): string[] | undefined {
  const starts = event.ticket_types
    .flatMap(({ state, sales_start }) => state === "soon" && sales_start ? [sales_start] : []);
  const start = starts.toSorted()[0];
  if (start === undefined) return undefined;
  const end = new Date(Date.parse(start) + SALE_LENGTH_MS).toISOString();
  const summary = escaped(`On sale: ${event.name}`);
  return [
    `UID:sale-${event.event_id}@evently`,
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(end)}`,
    `SUMMARY:${summary}`,
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${summary}`,
    `TRIGGER:${SALE_ALARM}`,
    "END:VALARM",
  ];
}

/** `20261213T123000Z` */
function utc(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

/** A text as a value: no person's line break, comma or semicolon means anything to the calendar. */
function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, "\\$&").replaceAll(/\r\n|\r|\n/g, "\\n")
    // deno-lint-ignore no-control-regex -- no other control character may stand in a calendar
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "");
}

/** A line in parts of at most 75 octets, each but the first after a space; no character is cut in two. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let octets = 0;
  let text = "";
  for (const character of line) {
    const length = encoder.encode(character).length;
    if (octets + length > MAX_LINE_OCTETS) {
      text += "\r\n ";
      octets = 1;
    }
    text += character;
    octets += length;
  }
  return text;
}
