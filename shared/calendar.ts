/** Calendar files of one entry (RFC 5545). */

/** Octets of a line, without its end (RFC 5545, 3.1). */
const MAX_LINE_OCTETS = 75;

/** An entry of a calendar. */
export interface CalendarEntry {
  /** The same in every file about it, so that calendars replace it. */
  uid: string;
  changedAt: Date;
  /** Higher in newer files. */
  sequence: number;
  isCancelled: boolean;
  startsAt: Date;
  endsAt: Date;
  summary: string;
  description?: string | undefined;
  place?: string | undefined;
  position?: { latitude: number; longitude: number } | undefined;
  /** Reminds so long before, such as `-PT15M`, and leaves the time free. */
  alarm?: string | undefined;
  url: string;
}

/** A calendar with one entry. Times are in UTC, which every program shows in its user's zone. */
export function calendarOf(entry: CalendarEntry): string {
  const { changedAt, sequence, isCancelled, description, place, position, alarm } = entry;
  const summary = escaped(entry.summary);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Evently//Storefront//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `DTSTAMP:${utc(changedAt)}`,
    `LAST-MODIFIED:${utc(changedAt)}`,
    `SEQUENCE:${sequence}`,
    `STATUS:${isCancelled ? "CANCELLED" : "CONFIRMED"}`,
    `UID:${entry.uid}`,
    `DTSTART:${utc(entry.startsAt)}`,
    `DTEND:${utc(entry.endsAt)}`,
    `SUMMARY:${summary}`,
    ...(description ? [`DESCRIPTION:${escaped(description)}`] : []),
    ...(place ? [`LOCATION:${escaped(place)}`] : []),
    ...(position ? [`GEO:${position.latitude};${position.longitude}`] : []),
    ...(alarm
      ? [
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        `DESCRIPTION:${summary}`,
        `TRIGGER:${alarm}`,
        "END:VALARM",
      ]
      : []),
    `URL:${entry.url}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** `20261213T123000Z` */
function utc(time: Date): string {
  return `${time.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
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
