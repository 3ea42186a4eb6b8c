import { pluralOf } from "../plural.ts";

const tickets = pluralOf("en", { one: "ticket", other: "tickets" });
const people = pluralOf("en", { one: "person", other: "people" });
const them = pluralOf("en", { one: "it", other: "them" });
const theyAre = pluralOf("en", { one: "It is", other: "They are" });
const want = pluralOf("en", { one: "who wants", other: "who want" });
const minutes = pluralOf("en", { one: "minute", other: "minutes" });
const hours = pluralOf("en", { one: "hour", other: "hours" });
const seconds = pluralOf("en", { one: "second", other: "seconds" });

const MINUTES_AN_HOUR = 60;

/** "3rd" */
const ordinals = new Intl.PluralRules("en", { type: "ordinal" });
const endings: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd" };
const nth = (place: number, number: string) =>
  `${number}${endings[ordinals.select(place)] ?? "th"}`;

/** "2 tickets, fewer welcome" */
const wish = (count: number, number: string, least: number, leastNumber: string) =>
  least === count
    ? `${number} ${tickets(count)}`
    : `${number} ${tickets(count)}, or as few as ${leastNumber}`;

/** Texts of waiting for tickets, and of offers. */
export const waitlist = {
  title: (name: string) => `Waitlist: ${name}`,
  titleShort: "Waitlist",
  soldOut: "Sold out",
  loading: "Looking for your place in line",
  cannotRead: "We cannot reach the waitlist just now.",
  stale: "We cannot reach the waitlist just now. This was your place before; we keep trying.",
  tryAgain: "Try again",

  // Joining
  joinTitle: "Wait for tickets",
  joinLead: "Tickets that come back go to the people in line, one after the other.",
  count: "Tickets",
  fewerButton: "One ticket fewer",
  moreButton: "One ticket more",
  types: "Which tickets would do?",
  typesHint: "You are offered whichever comes first. Of several, the one that you chose first.",
  choice: (place: number, number: string) => `${nth(place, number)} choice`,
  fewerWelcome: "Fewer are welcome, too",
  fewerWelcomeHint: "You may be offered some of them sooner. Passing on fewer costs no place.",
  join: "Join the waitlist",
  joining: "Joining…",
  nothingToPay: "You pay nothing unless you get them.",
  noType: "Choose at least one kind of ticket.",
  freeTitle: "Seats are free after all",
  freeText: "You need not wait: what you want can be bought now.",
  freeButton: "Get tickets",
  closed: {
    event_over: "The waitlist is closed: the event has begun, or is over.",
    types_ended: "The waitlist is closed: these tickets are not sold any more.",
    buyer_limit: "You have as many tickets as one person can have.",
  } as Readonly<Record<string, string>>,
  closedTitle: "Nobody waits any more",
  notOnSale: "Nobody can wait for this event: it is not on sale.",
  otherEvents: "See what else is on",

  wishLabel: "What you wait for",

  // In line
  place: (place: number, number: string, total: string) =>
    `You are ${nth(place, number)} of ${total} in line`,
  placeUnknown: "You are in line",
  wish: (count: number, number: string, least: number, leastNumber: string) =>
    `For ${wish(count, number, least, leastNumber)}.`,
  wishTypes: (names: string[]) => names.join(", or "),
  ahead: "Before you",
  nobodyAhead: "Nobody. The next tickets are yours.",
  aheadOf: (entries: number, entriesNumber: string, seats: number, seatsNumber: string) =>
    `${entriesNumber} ${people(entries)} ${want(entries)} ${seatsNumber} ${tickets(seats)}`,
  usualWait: "Usual wait",
  waits: {
    "Next in line": "you are next, once seats come back",
    "5-15 minutes": "5 to 15 minutes once seats come back",
    "15-60 minutes": "15 to 60 minutes once seats come back",
    "More than 1 hour": "more than an hour once seats come back",
  } as Readonly<Record<string, string>>,
  atThisPace: (whole: number) =>
    whole < MINUTES_AN_HOUR
      ? `about ${whole} ${minutes(whole)} at the pace of today`
      : `about ${Math.round(whole / MINUTES_AN_HOUR)} ${
        hours(Math.round(whole / MINUTES_AN_HOUR))
      } at the pace of today`,
  which: "Which",
  weTell: "We tell you",
  weTellWhere:
    "Here. Leave this page open, or look in again: an offer stays open for some minutes.",
  why: "Why not yet",
  whyNothingFree: "No seat has come back yet.",
  whyOthersFirst: (
    entries: number,
    entriesNumber: string,
    seatsNumber: string,
  ) =>
    `Seats have come back, and are for the ${entriesNumber} ${people(entries)} before you, ${
      want(entries)
    } ${seatsNumber}.`,
  whyGathering: (kept: string, of: string, until: string) =>
    `${kept} of the ${of} seats that you need are kept for you. If no more come, you are offered these at ${until}.`,
  whyBehindGroup: (until: string) =>
    `Seats are kept together for a group before you, until ${until} at most.`,
  whyStandingBack: (until: string) =>
    `You let the seats go that were gathered for you. From ${until} on they are gathered again.`,
  whyNotOnSale: "These tickets are not sold just now. You keep your place.",
  whyPaused: "The organiser has paused the waitlist. You keep your place.",
  changeTo: (count: number, number: string) => `Change to ${number} ${tickets(count)}`,
  changeLabel: "Wait for fewer tickets",
  changeHint: "You keep your place.",
  welcomeFewer: "Fewer are welcome, too",
  leave: "Leave the line",
  leaveTitle: "Leave the line?",
  leaveText: (place: number, number: string, total: string) =>
    `You are ${nth(place, number)} of ${total}. If you come back, you begin at the end.`,
  leaveTextUnknown: "If you come back, you begin at the end.",
  leaving: "Leaving…",
  stay: "Stay in line",
  left: "You have left the line.",

  // The offer
  offerOpen: "Your offer is open",
  offerTitle: (count: number, number: string) =>
    `${number} ${tickets(count)} came back. ${theyAre(count)} yours if you want ${them(count)}.`,
  each: (number: string, price: string) => `${number} × ${price}`,
  take: (count: number, number: string) => `Take ${number} ${tickets(count)}`,
  takeOnly: (number: string) => `Take only ${number}`,
  taking: "One moment…",
  takeFewerLabel: "Tickets that you take",
  passOn: (count: number) => `Pass ${them(count)} on to the next person`,
  passOnTitle: (count: number) => `Pass ${them(count)} on?`,
  passOnText: (count: number) =>
    `The ${tickets(count)} ${
      count === 1 ? "goes" : "go"
    } to the next person, and you leave the line.`,
  passOnKeeps: (count: number) =>
    `The ${tickets(count)} ${
      count === 1 ? "goes" : "go"
    } to the next person. You keep your place in line.`,
  keepOffer: "Keep the offer",
  passing: "Passing on…",
  nobodyElse: (count: number, until: string) =>
    `Nobody else can buy ${count === 1 ? "this" : "these"} until ${until}.`,
  thenNext: (count: number, waiting: number, waitingNumber: string) =>
    waiting > 0
      ? `After that ${count === 1 ? "it goes" : "they go"} to the next of ${waitingNumber} ${
        people(waiting)
      }, and you leave the line.`
      : `After that ${count === 1 ? "it is" : "they are"} on sale again, and you leave the line.`,
  thenKeeps: (count: number, wanted: string) =>
    `You wait for ${wanted}: pass ${
      them(count)
    } on, and you keep your place for all of them. If the time runs out, you leave the line.`,
  thenLast:
    "These are all that came together in time for you. If you let them go, you keep your place.",

  // After it
  overTitle: "The offer is over",
  over: (at: string) => `The offer went to the next person at ${at}. You can join the line again.`,
  overUnknown: "The offer went to the next person. You can join the line again.",
  passedOn: "You passed the tickets on. You can join the line again, at its end.",
  overKept: (at: string) => `The offer ended at ${at}. You kept your place.`,
  keptPlace: "You passed the tickets on, and kept your place.",
  converted: "You have your tickets",
  convertedText: "You waited, and got them. There is nothing more to do here.",
  showTickets: "Show the tickets",
  myTickets: "See my tickets",

  // What goes wrong
  limited: (left: number) => `Too many tries. Again in ${left} ${seconds(left)}.`,
  unreachable: "We have no answer yet. Try again: nobody joins twice.",
  refused: {
    TOO_MANY_TICKETS: "That is more than one booking can have.",
    TICKET_TYPE_NOT_ON_SALE: "Nobody can wait for these tickets now.",
    EVENT_UNKNOWN: "Nobody can wait for this event any more.",
    WAITLIST_STATE_CONFLICT: "Your place has just changed. Look at it again.",
    NOT_ON_WAITLIST: "You are not in line any more.",
    NO_OPEN_OFFER: "This offer is over.",
    BUYER_LIMIT_REACHED: "That is more than one person can have of this event.",
    RESERVATIONS_BLOCKED: "The organiser takes no reservations from your account for now.",
  } as Readonly<Record<string, string>>,
  refusedOtherwise: "That did not work. Try again.",
};
