import { pluralOf } from "../plural.ts";

const seats = pluralOf("en", { one: "seat", other: "seats" });
const events = pluralOf("en", { one: "event", other: "events" });

export const home = {
  title: "Evently: tickets for concerts, plays, matches and fairs",
  loud: (seatCount: number, seatNumber: string, eventCount: number, eventNumber: string) =>
    `${seatNumber} ${seats(seatCount)} left at ${eventNumber} ${events(eventCount)}`,
  loudEvents: (eventCount: number, eventNumber: string) =>
    `Tickets for ${eventNumber} ${events(eventCount)}`,
  loudWithout: "Find something to go to",
  lead:
    "Concerts, plays, matches and fairs across India. The count is live, and each seat is sold once.",
  find: "Find events",
  what: "What",
  whatHint: "Event, venue or kind",
  where: "Where",
  allCities: "All cities",
  when: "When",
  anyDay: "Any day",
  whens: { today: "Today", weekend: "This weekend", month: "Next 30 days", day: "On a day…" },
  search: "Search",
  quick: "Quick ways",
  nearMe: "Near me",
  asking: "Asking where you are…",
  notNear:
    "Your browser did not tell where you are. Choose a city instead, or allow it and press again.",
  thisWeekend: "This weekend",
  underPrice: (price: string) => `Under ${price}`,
  sellingNow: "Selling now",
  allTrending: "All trending",
  soonest: "Soonest",
  allByDate: "All events by date",
  byKind: "By kind",
  kindCount: (count: number, number: string) => `${number} ${events(count)}`,
  none: "No events yet.",
  noneText: "As soon as an organiser publishes one, it is here.",
};
