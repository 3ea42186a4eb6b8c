import type { EventFilter } from "../api/events.ts";

/** States that a list can show alone. */
export const STATES = ["draft", "published", "past", "cancelled"] as const;
/** Orders of a list; the latest made event is first in the first. */
export const ORDERS = ["created", "start", "-start"] as const;

const MAX_WORDS = 200;

/** What the address of the list of events says. */
export interface EventsSearch {
  q?: string | undefined;
  state?: EventFilter["state"];
  sort?: EventFilter["sort"];
  page?: number | undefined;
}

/** Reads the address of the list; what it does not know is left away. */
export function consoleEventsSearch(
  { q, state, sort, page }: Record<string, unknown>,
): EventsSearch {
  const words = q === undefined ? "" : String(q).trim().slice(0, MAX_WORDS);
  const number = Number(page);
  return {
    ...(words ? { q: words } : {}),
    ...STATES.filter((known) => known === state).map((known) => ({ state: known }))[0],
    ...ORDERS.filter((known) => known === sort && known !== "created")
      .map((known) => ({ sort: known }))[0],
    ...(Number.isInteger(number) && number > 1 ? { page: number } : {}),
  };
}
