import { pluralOf } from "../../plural.ts";

const tickets = pluralOf("en", { one: "ticket", other: "tickets" });
const seats = pluralOf("en", { one: "seat", other: "seats" });
const bookings = pluralOf("en", { one: "booking", other: "bookings" });
const people = pluralOf("en", { one: "person", other: "people" });
const goBack = pluralOf("en", { one: "goes", other: "go" });
const refunds = pluralOf("en", { one: "refund", other: "refunds" });

/** Texts of the page of one event: how it sells, and what can be done with it. */
export const event = {
  loading: "Event",
  ways: "Pages of this event",
  tabs: {
    sales: "Sales",
    bookings: "Bookings",
    waitlist: "Waitlist",
    holds: "Unpaid holds",
    ledger: "Seat ledger",
    wall: "Wall",
    edit: "Details",
  },
  when: (day: string, time: string, zone: string, venue: string, city: string) =>
    `${day}, ${time} ${zone} · ${venue}, ${city}`,
  inShop: "See it in the shop",
  live: "Live",
  liveHint: "These figures follow each sale.",

  figures: "How it sells",
  revenue: "Revenue",
  refunded: (amount: string) => `${amount} given back`,
  otherRevenue: (amount: string) => `and ${amount}`,
  sold: "Sold",
  soldOf: (number: string, percent: string) => `of ${number}, ${percent} %`,
  held: "Held now",
  heldMore: "being paid for",
  free: "Free",
  setAside: (count: number, number: string) => `${number} ${seats(count)} set aside for the line`,
  waiting: "Waiting",
  nobodyWaits: "nobody in line",
  peopleWait: (count: number) => `${people(count)} in line`,
  peopleWaitFor: (wanted: number, number: string) => `in line, for ${number} ${tickets(wanted)}`,

  byType: "By ticket type",
  soldByType: "Sales by ticket type",
  paid: "Paid",
  type: "Ticket type",
  price: "Price",
  state: "State",
  typeStates: {
    on_sale: "On sale",
    soon: "Not yet",
    ended: "Over",
    sold_out: "Sold out",
    waitlist: "For the line",
    paused: "Paused",
    archived: "Archived",
  },

  last: "Last sales",
  lastNone: "Nothing is sold yet.",
  allBookings: "All bookings",
  lastLine: (count: number, number: string) => `${number} ${tickets(count)}`,

  actions: "What you can do",
  publish: "Publish",
  publishing: "Publishing…",
  published: "It is on sale, and in the search within moments.",
  unpublish: "Take it off sale",
  unpublishing: "Taking it off sale…",
  unpublished: "It is a draft again. Nobody can see or buy it.",
  duplicate: "Make a copy",
  duplicating: "Copying…",
  cancel: "Cancel the event",
  refusedPublish: "It cannot be published: it must start in the future.",
  refusedUnpublish: "It cannot be a draft any more: seats are held or sold. You can cancel it.",
  refusedStale: "Somebody changed this event meanwhile. This is how it is now; try again.",
  refusedFinal: "It is cancelled already.",

  cancelTitle: (name: string) => `Cancel ${name}?`,
  cancelLoading: "Counting what it would do",
  cancelNotCounted:
    "We cannot count what it would do just now, so it cannot be cancelled here yet.",
  cancelGoesBack: (
    count: number,
    number: string,
    amount: string,
    buyers: number,
    buyersNumber: string,
  ) =>
    `${number} ${tickets(count)} and ${amount} ${goBack(2)} back, to ${buyersNumber} ${
      people(buyers)
    }.`,
  cancelTicketsOnly: (count: number, number: string, buyers: number, buyersNumber: string) =>
    `${number} ${tickets(count)} of ${buyersNumber} ${
      people(buyers)
    } end. No money was paid, so none goes back.`,
  cancelNothing: "Nobody has a ticket, so nothing goes back.",
  cancelBookings: (count: number, number: string) =>
    `${number} ${bookings(count)} ${count === 1 ? "is" : "are"} cancelled.`,
  cancelWaiting: (count: number, number: string) =>
    `${number} ${people(count)} in line ${count === 1 ? "hears" : "hear"} that it is over.`,
  cancelTold: "Everybody concerned gets a mail.",
  cancelFinal: "A cancelled event is final. This cannot be undone.",
  cancelName: "Type the name of the event to cancel it",
  cancelNameWrong: (name: string) => `Type the name as it is: ${name}`,
  cancelDo: "Cancel the event and refund everybody",
  cancelDoFree: "Cancel the event",
  cancelling: "Cancelling…",
  cancelKeep: "Keep the event",
  cancelUnknown: "We do not know yet whether it is cancelled. Look here again in a moment.",

  progressTitle: "The event is cancelled",
  progressDone: (time: string) => `All is done, since ${time}.`,
  progressGoesOn: "It goes on by itself. You can leave this page and come back.",
  progressBookings: (done: string, count: number, number: string) =>
    `${done} of ${number} ${bookings(count)} cancelled`,
  progressRefunds: (done: string, count: number, number: string) =>
    `${done} of ${number} ${refunds(count)} made`,
  progressMoney: (done: string, all: string) => `${done} of ${all} given back`,
  progressFailed: (count: number, number: string) =>
    `${number} ${refunds(count)} failed so far, and ${count === 1 ? "is" : "are"} tried again by ${
      count === 1 ? "itself" : "themselves"
    }.`,
  progressNothing: "Nobody had a ticket, so there is nothing to give back.",
};
