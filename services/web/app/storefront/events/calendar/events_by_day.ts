import type { SearchResult } from "../../../api/events.ts";
import { dayOf, daysOfMonth, eachDay } from "../days.ts";

/** Days of a month at most. */
const MONTH_DAYS = 31;

/** Events of each day of a month, in the events' own zones. One over several days is on each of them. */
export function eventsByDay(
  month: string,
  events: readonly SearchResult[],
): ReadonlyMap<string, SearchResult[]> {
  const { from, to } = daysOfMonth(month);
  const byDay = new Map<string, SearchResult[]>();
  for (const event of events) {
    const { start_datetime: starts, end_datetime: ends, timezone } = event;
    const first = dayOf(starts, timezone);
    // One that ends at midnight ends on the day before.
    const last = dayOf(new Date(Date.parse(ends) - 1).toISOString(), timezone);
    const days = { from: first < from ? from : first, to: last > to ? to : last };
    for (const day of eachDay(days, MONTH_DAYS)) {
      byDay.set(day, [...byDay.get(day) ?? [], event]);
    }
  }
  return byDay;
}
