import type { When } from "../format.ts";
import { pluralOf } from "../plural.ts";

const tickets = pluralOf("en", { one: "ticket", other: "tickets" });
const people = pluralOf("en", { one: "person", other: "people" });
const wait = pluralOf("en", { one: "waits", other: "wait" });
const seconds = pluralOf("en", { one: "second", other: "seconds" });
const are = pluralOf("en", { one: "is", other: "are" });
const days = pluralOf("en", { one: "day", other: "days" });
const hours = pluralOf("en", { one: "hour", other: "hours" });
const minutes = pluralOf("en", { one: "minute", other: "minutes" });

/** The hour at which a day ends, in words. */
const clock = (time: string) => time === "00:00" ? "midnight" : time;

const share = (percent: number) =>
  percent === 100 ? "full refund" : percent === 50 ? "half" : `${percent} %`;
const first = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

export const event = {
  title: (name: string, city: string, when: When) =>
    `${name}, ${city}, ${when.long.split(" ").slice(1, 3).join(" ")}`,
  crumbs: "Where this is",
  loading: "Loading the event",
  unreachable: "We cannot reach this event just now.",

  // The head
  sameDay: (from: string, to: string) => `${from} to ${clock(to)}`,
  at: (times: string, place: string) => `${times} · ${place}`,
  until: (day: string, time: string) => `to ${day}, ${time}`,
  manyDays: (from: string, to: string) => `${from} to ${to}`,
  end: clock,
  dayAndTime: (day: string, time: string) => `${day}, ${time}`,
  share: "Share",
  copied: "The address is copied.",
  notCopied: "The address could not be copied. It is in the bar above.",

  about: "About",
  noAbout: "The organiser has written nothing about it yet.",
  goodToKnow: "Good to know",
  when: "When",
  whenShort: (day: string, from: string, to: string, zone: string) =>
    `${day}, ${from} to ${to} ${zone}`,
  whenLong: (fromDay: string, from: string, toDay: string, to: string, zone: string) =>
    `${fromDay}, ${from} to ${toDay}, ${to} ${zone}`,
  forYou: (city: string, times: string) => `For you in ${city}: ${times}`,
  between: " · ",
  addToCalendar: "Add to calendar",
  where: "Where",
  directions: "Directions",
  cannotCome: "If you cannot come",
  refund: (percent: number, until: string) => `${first(share(percent))} until ${until}.`,
  refundThen: (steps: string[]) => `Then ${steps.join(", then ")}, then none.`,
  refundThenNone: "Then none.",
  refundNone: "No refunds. If the event is cancelled, you get everything back.",
  refundStep: (percent: number, until: string) => `${share(percent)} until ${until}`,
  refundUntilStart: "it begins",
  onTheDay: (time: string) => `${time} on the day`,
  access: "Access",
  organiser: "Organiser",

  // The ledger
  proofTitle: "No seat is sold twice",
  proofCounts: (sold: string) =>
    `${sold} seats sold, 0 of them twice. Every sale is an entry in a chained ledger that anyone can check.`,
  proofNone: "Every sale becomes an entry in a chained ledger that anyone can check.",
  proofEntries: (entries: string) =>
    `Every sale is an entry in a chained ledger that anyone can check: ${entries} entries by now, and they add up.`,
  proofWrong: "The ledger of this event does not add up just now.",
  proofLink: "See the proof for this event",

  alsoIn: (city: string) => `Also in ${city}`,

  // The ticket panel
  tickets: "Tickets",
  panel: "Tickets and prices",
  each: "each, all fees included",
  eachGiving: (count: number, number: string) =>
    `for ${number} ${people(count)}, all fees included`,
  allFees: "all fees included",
  nothingToPay: "nothing to pay",
  leftOf: (left: string, capacity: string) => `${left} of ${capacity} left`,
  fewer: (what: string) => `One fewer: ${what}`,
  more: (what: string) => `One more: ${what}`,
  atMost: (number: string) => `${number} at most`,
  atLeast: (number: string) => `${number} at least`,
  perBuyer: (number: string) => `${number} a person`,
  admits: (count: number, number: string) => `admits ${number} ${people(count)}`,
  typeLeft: (number: string) => `only ${number} left`,
  typeSoldOut: "Sold out",
  typeSoon: (when: string) => `On sale from ${when}`,
  typeEnded: "No longer sold",
  typeWaitlist: "Join the waitlist",
  typeWaitlistOf: (name: string) => `Join the waitlist for ${name}`,
  total: "Total",
  totalOf: (count: number, number: string, amount: string) =>
    `${number} ${tickets(count)}, ${amount}`,
  hold: (count: number, number: string) => `Hold ${number} ${tickets(count)}`,
  holding: "Holding…",
  askingAgain: "We are asking again…",
  underHold: "Yours for 5 minutes while you pay. You pay nothing until then.",
  underHoldFree: "Yours for 5 minutes while you confirm. There is nothing to pay.",
  choose: "Choose your tickets",
  chooseFirst: "Choose how many tickets you want first.",
  getTickets: "Get tickets",
  stale: (time: string) => `We cannot reach the seats just now. Shown: ${time}.`,
  few: (left: number, number: string) => `Only ${number} ${are(left)} left. Take ${number}?`,
  take: (number: string) => `Take ${number}`,
  waitFor: (count: number, number: string) => `Wait for ${number} ${tickets(count)}`,
  justSoldOut: "The last tickets just went. Join the people who wait?",
  limited: (count: number, number: string) =>
    `Too many tries. Again in ${number} ${seconds(count)}.`,
  noAnswer:
    "We got no answer, so we do not know yet whether they are held. Ask again: nothing is held twice.",
  askAgain: "Ask again",
  offline: "You are offline. We try again by ourselves as soon as you are back.",
  refused: {
    not_on_sale: "These tickets are not on sale any more.",
    min: "That is fewer than can be bought of these tickets.",
    max: "That is more than one booking can have.",
    buyer_limit: "That is more than one person can have.",
    waitlist: "The tickets that are left are set aside for people who wait.",
    RESERVATIONS_BLOCKED: "The organiser takes no reservations from your account for now.",
  } as Readonly<Record<string, string>>,
  refusedOtherwise: "That did not work. Try again.",
  unsold: "Tickets that you chose are not on sale any more, and do not count.",
  joinWaitlist: "Join the waitlist",
  waiting: (count: number, number: string) => `${number} ${people(count)} ${wait(count)}`,
  underWaitlist: "You pay nothing unless you get them.",
  soldOut: "Sold out",
  soon: "Not on sale yet",
  soonAt: (day: string, time: string) => `On sale ${day}, ${time}`,
  soonIn: {
    days: (count: number) => `in ${count} ${days(count)}`,
    hours: (count: number) => `in ${count} ${hours(count)}`,
    minutes: (count: number) => `in ${count} ${minutes(count)}`,
  },
  remind: "Remind me: calendar",
  soonText: "This page changes by itself as soon as the sale begins.",
  cancelled: "Cancelled",
  cancelledText: "Bookings have been refunded in full.",
  elseIn: (city: string) => `See what else is on in ${city}`,
  begun: "It has begun",
  begunText: "No more tickets are sold.",
  past: (day: string) => `Took place on ${day}`,
  moreLikeThis: "More like this",
  closed: "No tickets on sale",
  closedText: "The sale is over, or has a break.",
};
