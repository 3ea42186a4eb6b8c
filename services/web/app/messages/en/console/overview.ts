import { pluralOf } from "../../plural.ts";

const seats = pluralOf("en", { one: "seat", other: "seats" });
const people = pluralOf("en", { one: "person waits", other: "people wait" });
const forTickets = pluralOf("en", { one: "ticket", other: "tickets" });

/** Texts of the overview. */
export const overview = {
  title: "Overview",
  figures: "How your events stand",
  held: "Held now",
  heldMore: "being paid for",
  waiting: "Waiting",
  waitingMore: (count: number, number: string) => `for ${number} ${forTickets(count)}`,
  revenue: "Revenue",
  ticketsSold: "Tickets sold",
  today: (number: string) => `${number} today`,
  more: (percent: string) => `${percent} %`,
  less: (percent: string) => `${percent} %`,
  than: (days: string) => `on the ${days} days before`,
  nothingBefore: (days: string) => `no sales in the ${days} days before`,
  periods: { "7": "7 days", "28": "28 days", all: "All" },
  newEvent: "New event",
  newVenue: "New venue",
  soonest: "Soonest events",
  allEvents: "All events",
  stepsTitle: "Three steps to the first ticket",
  stepVenue: "A venue",
  stepVenueMore: "Where it takes place, and how many people fit in.",
  stepVenueThere: "There are venues already. Take one of them, or make your own.",
  stepEvent: "An event",
  stepEventMore: "A name is enough to begin. Nobody sees it before you publish it.",
  stepPublish: "Publish",
  stepPublishMore: "A check list says what is missing. Then it is found, and can be booked.",
  needsYou: "Needs you",
  allFine: "Nothing needs you just now.",
  draftSoon: (name: string) => `${name} is still a draft`,
  draftSoonMore: (day: string) => `It starts on ${day}, and nobody can see it.`,
  soldOut: (name: string) => `${name} is sold out`,
  soldOutMore: "Is there room for more?",
  fewLeft: (name: string) => `${name} is nearly full`,
  fewLeftMore: (count: number, number: string) =>
    `${number} ${seats(count)} left. Is there room for more?`,
  peopleWait: (name: string) => `${name} has a line`,
  peopleWaitMore: (count: number, number: string) => `${number} ${people(count)}.`,
  pausedWebhook: "A webhook is paused",
  pausedWebhookMore: (url: string) => `It failed too often: ${url}`,
};
