import { pluralOf } from "../plural.ts";

const tickets = pluralOf("en", { one: "ticket", other: "tickets" });
const hoursWord = pluralOf("en", { one: "hour", other: "hours" });

/** Texts of the account and of its bookings. */
export const account = {
  title: "Your account",
  profile: "You",
  email: "E-mail",
  emailFixed: "It cannot be changed yet.",
  name: "Name",
  nameHint: "As it should stand on your tickets.",
  phone: "Phone",
  phoneHint: "If you like: for news about an event on its day.",
  mailLanguage: "Language of mails",
  enterName: "Enter your name",
  shorterName: (most: number) => `Enter a name of ${most} characters at the most`,
  shorterPhone: (most: number) => `Enter a number of ${most} characters at the most`,
  save: "Save",
  saving: "Saving…",
  saved: "Saved.",
  look: "Look",
  themes: { system: "As this device", light: "Light", dark: "Dark" },
  sessions: "Signing out",
  logOut: "Sign out",
  logOutEverywhere: "Sign out everywhere",
  everywhereHint: "On every device, in 15 minutes at the latest. Here at once.",
  notOut: "We have no answer, so you may still be signed in. Try again.",
  bookings: "My tickets",
  upcoming: "Upcoming",
  past: "Past",
  which: "Which tickets",
  none: "No tickets yet. What are you going to?",
  nonePast: "Nothing is past yet.",
  findEvents: "Find an event",
  more: "Show older bookings",
  cannotRead: "We cannot reach your bookings just now.",
  states: {
    pending: "Held",
    confirmed: "Paid",
    confirmedFree: "Yours",
    cancelled: "Cancelled",
    expired: "Let go",
    past: "Past",
    eventCancelled: "Event cancelled",
  },
  goOn: (clock: string) => `Go on to pay ${clock}`,
  goOnUntimed: "Go on to pay",
  ticket: (count: number): string => count === 1 ? "Ticket" : "Tickets",
  refundUnderWay: (amount: string) => `Refund of ${amount} under way`,
  refunded: (amount: string) => `${amount} given back`,
  refunds: "Money given back",
  refundReasons: {
    cancelled: "as you cancelled",
    event_cancelled: "as the event was cancelled",
    organiser: "from the organiser",
    late_payment: "as your payment came too late",
    repair: "as it was still owed",
  },
  refundDone: (day: string) => `given back on ${day}`,
  refundSent: "on its way",
  noRefund: "Nothing was given back",
  nothingPaid: "Nothing was paid",
  again: "See the event",
  details: "Details",
  notYours: "There is no such booking of this account.",
  signedInAs: (email: string) => `You are signed in as ${email}.`,
  allBookings: "All my tickets",
  facts: "Booking",
  reference: "Reference",
  booked: "Booked",
  payment: "Payment",
  paid: (amount: string) => `${amount} paid`,
  notPaid: "Not paid",
  free: "Free",
  terms: "If you cannot come",
  termsFrom: (percent: number, hours: number) =>
    hours === 0
      ? `${percent} % back until the start`
      : `${percent} % back until ${
        hours % 24 === 0 && hours >= 48 ? `${hours / 24} days` : `${hours} ${hoursWord(hours)}`
      } before the start`,
  termsNone: "After that nothing is given back.",
  termsNever: "These tickets are not given back.",
  cancel: (count: number, number: string) => `Cancel ${number} ${tickets(count)}`,
  cancelTitle: (count: number, number: string) => `Cancel ${number} ${tickets(count)}?`,
  youPaid: "You paid",
  youGetBack: "You get back",
  nothing: "Nothing",
  why: (percent: number) =>
    percent === 100
      ? "All of it."
      : percent === 0
      ? "It is too late for a refund by the terms of this sale."
      : `${percent === 50 ? "Half" : `${percent} %`}, by the terms of this sale.`,
  untilThen: (until: string, percent: number) =>
    percent === 0 ? `After ${until}: nothing.` : `After ${until}: ${percent} %.`,
  sameWay: "To the same card or account, in 5 to 10 days.",
  cannotUndo: "This cannot be undone.",
  cancelAndRefund: (amount: string) => `Cancel and refund ${amount}`,
  cancelWithout: "Cancel without a refund",
  cancelling: "Cancelling…",
  keep: (count: number) => `Keep the ${tickets(count)}`,
  done: (amount: string) => `Cancelled. You get back ${amount}.`,
  doneWithout: "Cancelled. Nothing is given back.",
  notCancelled: "We do not know yet whether that worked. Look here again before you try again.",
  refused: "That did not work: the booking has changed. This is how it is now.",
};
