import type { KeyboardEvent } from "react";
import type { SearchResult } from "../../../api/events.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { addDays, daysOfMonth, eachDay, placeInWeek } from "../days.ts";
import type { EventsSearch } from "../events_search.ts";
import { MonthDay } from "./month_day.tsx";

const WEEK = 7;
/** A month touches six weeks at most. */
const GRID_DAYS = 6 * WEEK;
/** A Monday, from which the names of the days are taken. */
const SOME_MONDAY = "2024-01-01";

/** A month as a table of weeks. Arrow keys go from one day with events to the next one in their direction. */
export function MonthGrid({ search, month, byDay }: {
  search: EventsSearch;
  month: string;
  byDay: ReadonlyMap<string, SearchResult[]>;
}) {
  const { events } = useMessages();
  const format = useFormat();
  const weekdays = eachDay({ from: SOME_MONDAY, to: addDays(SOME_MONDAY, WEEK - 1) }, WEEK)
    .map((day) => format.day(day).split(" ")[0]);
  return (
    <table className="month" onKeyDown={moveByArrows}>
      <caption className="visually-hidden">{events.calendarOf(format.month(month))}</caption>
      <thead>
        <tr>{weekdays.map((name) => <th key={name} scope="col">{name}</th>)}</tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week[0]}>
            {week.map((day) =>
              day.startsWith(month)
                ? <MonthDay key={day} search={search} day={day} events={byDay.get(day) ?? []} />
                : <td key={day} className="day day--other" />
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Weeks that a month touches, from Monday to Sunday. */
function weeksOf(month: string): string[][] {
  const { from, to } = daysOfMonth(month);
  const first = addDays(from, -placeInWeek(from));
  const last = addDays(to, WEEK - 1 - placeInWeek(to));
  const days = eachDay({ from: first, to: last }, GRID_DAYS);
  return Array.from(
    { length: days.length / WEEK },
    (_, week) => days.slice(week * WEEK, (week + 1) * WEEK),
  );
}

function moveByArrows(event: KeyboardEvent<HTMLTableElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>("a[data-day]")];
  const here = (event.target as HTMLElement).closest("td")?.querySelector<HTMLElement>(
    "[data-day]",
  );
  const day = here?.dataset.day;
  if (!day) return;
  const dayOfLink = (link: HTMLAnchorElement) => link.dataset.day!;
  const after = (least: string) => links.find((link) => dayOfLink(link) >= least);
  const before = (most: string) => links.findLast((link) => dayOfLink(link) <= most);
  const targets: Readonly<Record<string, () => HTMLElement | undefined>> = {
    ArrowRight: () => after(addDays(day, 1)),
    ArrowLeft: () => before(addDays(day, -1)),
    ArrowDown: () => after(addDays(day, WEEK)),
    ArrowUp: () => before(addDays(day, -WEEK)),
    Home: () => links[0],
    End: () => links.at(-1),
  };
  const target = targets[event.key]?.();
  if (!target) return;
  event.preventDefault();
  target.focus();
}
