import { pluralOf } from "../plural.ts";

const seats = pluralOf("en", { one: "seat", other: "seats" });
const events = pluralOf("en", { one: "event", other: "events" });

export const home = {
  title: "Evently: tickets for concerts, plays, matches and fairs",
  description: "Tickets for events across India. The count is live, and each seat is sold once.",
  loud: (seatCount: number, seatNumber: string, eventCount: number, eventNumber: string) =>
    `${seatNumber} ${seats(seatCount)} left at ${eventNumber} ${events(eventCount)}`,
  loudWithout: "Find something to go to",
  lead:
    "Concerts, plays, matches and fairs across India. The count is live, and each seat is sold once.",
  what: "What",
  whatHint: "Event, venue or kind",
  where: "Where",
  allCities: "All cities",
  when: "When",
  anyDay: "Any day",
  search: "Search",
  sellingNow: "Selling now",
  allTrending: "All trending",
  soonest: "Soonest",
  allByDate: "All events by date",
  none: "No events yet.",
};
