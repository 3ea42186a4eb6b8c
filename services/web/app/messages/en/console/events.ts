import { pluralOf } from "../../plural.ts";

const eventsFound = pluralOf("en", { one: "event", other: "events" });

/** Texts of the list of events. */
export const events = {
  title: "Events",
  newEvent: "New event",
  find: "Find by name",
  search: "Find",
  sort: "Order",
  orders: { created: "Newest first", start: "Soonest first", "-start": "Latest date first" },
  states: "State",
  allStates: "All",
  stateNames: {
    draft: "Drafts",
    published: "Published",
    past: "Past",
    cancelled: "Cancelled",
  },
  found: (count: number, number: string) => `${number} ${eventsFound(count)}`,
  downloadCsv: "Download CSV",
  none: "No events yet",
  noneFound: "No event is like that",
  showAll: "Show all",
  duplicate: "Duplicate",
  duplicateOf: (name: string) => `Duplicate ${name}`,
};
