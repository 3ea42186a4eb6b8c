import { pluralOf } from "../../plural.ts";

const people = pluralOf("en", { one: "person", other: "people" });
const tickets = pluralOf("en", { one: "ticket", other: "tickets" });
const seats = pluralOf("en", { one: "seat", other: "seats" });
const offers = pluralOf("en", { one: "offer", other: "offers" });

/** Texts of the waitlist of an event, for its organiser. */
export const eventWaitlist = {
  title: "Waitlist",
  waits: (count: number, number: string) =>
    `${number} ${people(count)} ${count === 1 ? "waits or has" : "wait or have"} an offer`,
  openOffers: (count: number, number: string) => `${number} ${offers(count)} open on this page`,
  none: "Nobody waits",
  noneText: "When the event is sold out, people can join the line on its page in the shop.",
  place: "Place",
  offered: "Offer",
  nth: (number: string) => number,
  who: "Who",
  gone: "Account gone",
  wants: "Wants",
  wish: (count: number, number: string) => `${number} ${tickets(count)}`,
  wishFewer: (count: number, number: string, least: string) =>
    `${number} ${tickets(count)}, or as few as ${least}`,
  choices: (names: string[]) => names.join(", then "),
  since: "Since",
  state: "What happens now",
  offerOf: (number: string, name: string) => `${number} × ${name} offered`,
  offerLeft: (clock: string) => `${clock} left`,
  offerEnding: "ends now",
  offerPartial: "Fewer than wanted: passing it on costs no place.",
  offerLast: "The last that came together in time: letting it go costs no place.",
  why: {
    NOTHING_FREE: "No seat has come back.",
    NOT_ON_SALE: "What is wanted is not sold now.",
    PAUSED: "You have paused the line.",
  },
  whyOthers: (entries: number, entriesNumber: string, seatsCount: number, seatsNumber: string) =>
    `What is free is for the ${entriesNumber} ${people(entries)} before, for ${seatsNumber} ${
      seats(seatsCount)
    }.`,
  whyGathering: (kept: string, of: string, until: string) =>
    `${kept} of ${of} seats are gathered; offered at ${until} at the latest.`,
  whyBehind: (until: string) => `Seats are gathered for a group before, until ${until}.`,
  whyStanding: (until: string) => `Let a last offer go; gathered for again from ${until}.`,
  whyClosed: {
    event_over: "The line is closed: the event is over.",
    starts_soon: "The line is closed: the event begins soon.",
    types_ended: "The line is closed: these tickets are not sold any more.",
    buyer_limit: "Has as many tickets as one person can have.",
  },
  passed: (count: number, number: string) =>
    `${number} ${seats(count)} went past, as they were too few`,
  pass: (count: number, number: string, time: string, kept: string) =>
    `${time}: ${number} ${seats(count)}, ${kept} stayed behind`,
  passTo: (count: number, number: string, time: string, kept: string, place: string) =>
    `${time}: ${number} ${seats(count)} to place ${place}, ${kept} stayed behind`,

  paused: (time: string) => `Paused since ${time}. Seats that come back are kept for the line.`,
  pause: "Pause offers",
  pausing: "Pausing…",
  resume: "Go on with offers",
  resuming: "Going on…",
  pausedNow: "Paused. People join and keep their places, and open offers can be taken.",
  resumedNow: "Offers go on. What came back meanwhile is offered at once.",

  rules: "How the line works",
  rule: [
    "Seats that come back go to the first in line, for ten minutes. Nobody else can buy them.",
    "An offer is of all that somebody wants, or of fewer for those who are content with fewer.",
    "Groups are not starved: seats are gathered for them, for some hours at most.",
    "A place is given at joining, and is never lost by waiting.",
  ] as readonly string[],
};
