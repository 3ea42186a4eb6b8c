import { searchQuery } from "../../api/events.ts";
import type { AppContext } from "../../context.ts";
import { monthFilters, monthsFilters, shownMonth } from "./calendar/month_queries.ts";
import { type EventsSearch, toPageFilters } from "./events_search.ts";

/** Loads what the list or the calendar of an address shows. */
export async function loadEvents(
  { api, load }: Pick<AppContext, "api" | "load">,
  search: EventsSearch,
): Promise<void> {
  if (search.view !== "calendar") {
    await load(searchQuery(api, toPageFilters(search)));
    return;
  }
  const months = await load(searchQuery(api, monthsFilters(search)));
  const month = shownMonth(search, months);
  if (month) await load(searchQuery(api, monthFilters(search, month)));
}
