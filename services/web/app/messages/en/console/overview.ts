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
  published: "On sale",
  drafts: "Drafts",
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
