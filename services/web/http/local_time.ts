const PARTS: Intl.DateTimeFormatOptions = {
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "longOffset",
};

/** A time as clocks in a zone show it, with their offset from UTC: `2026-12-13T18:00:00+05:30`. */
export function localTime(iso: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en", { ...PARTS, timeZone });
  const of = Object.fromEntries(
    format.formatToParts(new Date(iso)).map(({ type, value }) => [type, value]),
  );
  const offset = of.timeZoneName!.replace("GMT", "") || "+00:00";
  return `${of.year}-${of.month}-${of.day}T${of.hour}:${of.minute}:${of.second}${offset}`;
}
