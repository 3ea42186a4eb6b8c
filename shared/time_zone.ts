/** The default zone of events. */
export const DEFAULT_TIME_ZONE = "UTC";

/** The first and last day that every store and index can hold; days beyond are clamped. */
const FIRST_TIME_MS = Date.parse("0001-01-02T00:00:00Z");
const LAST_DAY = "9999-12-31";
const YEAR_DIGITS = 4;
/** More than the number of zones, whose names come in any case. */
const MAX_FORMATS = 2_000;
const OFFSET = /^[+-]/;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns whether a text is a name of the IANA time zone database; `Intl` also takes offsets such as `+02:00`. */
export function isTimeZone(name: string): boolean {
  if (OFFSET.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Days of the calendar, such as `2026-11-01`, which compare as texts; both inclusive. */
export interface Days {
  firstDay: string;
  lastDay: string;
}

/** Returns the days of an event in its zone. An event that ends at midnight ends on the day before. */
export function daysOf(
  { startsAt, endsAt, timeZone }: { startsAt: Date; endsAt: Date; timeZone: string },
): Days {
  const firstDay = dayOf(startsAt, timeZone);
  const lastDay = dayOf(new Date(Math.max(startsAt.getTime(), endsAt.getTime() - 1)), timeZone);
  return { firstDay, lastDay };
}

/** Returns the calendar day in a zone, as `YYYY-MM-DD`. */
function dayOf(time: Date, timeZone: string): string {
  const [year = "", month, day] = formatOf(timeZone).format(Math.max(time.getTime(), FIRST_TIME_MS))
    .split("-");
  return year.length > YEAR_DIGITS
    ? LAST_DAY
    : `${year.padStart(YEAR_DIGITS, "0")}-${month}-${day}`;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  if (formats.size >= MAX_FORMATS) formats.clear();
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "iso8601",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  formats.set(timeZone, format);
  return format;
}

/**
 * Returns a time as clocks in a zone show it, such as `2026-11-01 18:30:00`: the form that spreadsheets take for a time.
 *
 * @param time as RFC 3339
 */
export function localTime(time: string, timeZone: string): string {
  return Temporal.Instant.from(time).toZonedDateTimeISO(timeZone).toPlainDateTime()
    .toString({ smallestUnit: "second" }).replace("T", " ");
}
