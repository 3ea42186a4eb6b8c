/** Days such as `2026-12-05`, which compare as texts. They have no zone: each event is found by its own. */
export interface DayRange {
  from: string;
  to: string;
}

/** Ranges of days that are told by their distance from today. */
export const WHENS = ["today", "weekend", "month"] as const;
export type When = typeof WHENS[number];

/** Days of `month`, today included. */
const MONTH_DAYS = 30;
const SATURDAY = 6;
const DAY_MS = 86_400_000;
/** Zone of "today" for the server, which does not know its reader's. */
const SHOP_TIME_ZONE = "Asia/Kolkata";
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-\d{2}$/;

/** Whether a text is a day of the calendar. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

/** Today where the reader is; on the server, where the shop is. */
export function today(): string {
  const zone = typeof document === "undefined" ? { timeZone: SHOP_TIME_ZONE } : {};
  return dayOf(new Date().toISOString(), zone.timeZone);
}

/** The day of a time in a zone; without one in the reader's. */
export function dayOf(iso: string, timeZone?: string): string {
  const parts = new Intl.DateTimeFormat("en", {
    ...(timeZone ? { timeZone } : {}),
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(new Date(iso));
  const part = (type: string) => parts.find((found) => found.type === type)!.value;
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

/** Days of a {@link When}, seen from a day. A weekend that has begun is the present one. */
export function rangeOf(when: When, day: string): DayRange {
  if (when === "today") return { from: day, to: day };
  if (when === "month") return { from: day, to: addDays(day, MONTH_DAYS - 1) };
  const weekday = weekdayOf(day);
  if (weekday === 0) return { from: day, to: day };
  const saturday = addDays(day, SATURDAY - weekday);
  return { from: saturday, to: addDays(saturday, 1) };
}

/** The day that is `count` days later. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The first and the last day of a month such as `2026-12`. */
export function daysOfMonth(month: string): DayRange {
  const [year, number] = month.split("-").map(Number);
  const last = new Date(Date.UTC(year!, number!, 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${last}` };
}

/** The month of a day. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** The month that a range of days is, where it is a whole one. */
export function wholeMonth({ from, to }: Partial<DayRange>): string | undefined {
  if (from === undefined || to === undefined) return undefined;
  const month = monthOf(from);
  if (!MONTH.test(month)) return undefined;
  const range = daysOfMonth(month);
  return range.from === from && range.to === to ? month : undefined;
}

/** Monday is 0, Sunday 6. */
export function placeInWeek(day: string): number {
  return (weekdayOf(day) + 6) % 7;
}

/** All days of a range, in order. */
export function eachDay({ from, to }: DayRange, limit: number): string[] {
  const days: string[] = [];
  for (let day = from; day <= to && days.length < limit; day = addDays(day, 1)) days.push(day);
  return days;
}

function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}
