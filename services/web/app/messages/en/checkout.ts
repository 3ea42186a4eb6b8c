import { pluralOf } from "../plural.ts";

const tickets = pluralOf("en", { one: "ticket", other: "tickets" });
const are = pluralOf("en", { one: "is", other: "are" });
const minutes = pluralOf("en", { one: "minute", other: "minutes" });
const seconds = pluralOf("en", { one: "second", other: "seconds" });
const them = pluralOf("en", { one: "it", other: "them" });

/** "4 minutes 9 seconds" */
function duration(left: number): string {
  const whole = Math.floor(left / 60), rest = left % 60;
  const parts = [];
  if (whole > 0) parts.push(`${whole} ${minutes(whole)}`);
  if (rest > 0 || whole === 0) parts.push(`${rest} ${seconds(rest)}`);
  return parts.join(" ");
}

/** Texts of holding tickets and paying for them. */
export const checkout = {
  title: "Pay for your tickets",
  titleFree: "Take your tickets",
  titlePaying: "Paying for your tickets",
  timeRegion: "Time left",
  timeLeft: (left: number) => `${duration(left)} left`,
  timeIsUp: "Time is up.",
  held: (count: number, number: string) => `${number} ${tickets(count)} ${are(count)} held for you`,
  heldShort: (count: number, number: string) => `${number} ${tickets(count)} held for you`,
  heldMore: (number: string) => `and ${number} more`,
  heldRegion: "Held tickets",
  goOn: "Go on to pay",
  letThemGo: (count: number) => `Let ${them(count)} go`,
  letTicketsGo: (count: number) => `Let the ${tickets(count)} go`,
  keepLonger: (whole: number) =>
    whole > 0 ? `Keep them ${whole} more ${minutes(whole)}` : "Keep them longer",
  keptOnce: "They were kept longer once, and cannot be again.",
  over: (count: number) => `Time is up, and the ${tickets(count)} went back. Nothing was paid.`,
  holdAgain: (number: string) => `Hold ${number} again`,
  toEvent: "See the event",
  close: "Close this note",
  holding: "Holding…",
  askingAgain: "We have no answer yet. We are asking again.",
  few: (count: number, number: string) => `Only ${number} ${are(count)} left.`,
  takeFew: (number: string) => `Take ${number}`,
  lastWent: "The last tickets just went.",
  joinWaitlist: "Join the waitlist",
  limited: (left: number) => `Too many tries. Again in ${left} ${seconds(left)}.`,
  unreachable:
    "We have no answer, and do not know whether the tickets are held. Asking again never holds twice.",
  offline: "You are offline. We try again by ourselves as soon as you are back.",
  askAgain: "Ask again",
  refused: {
    TICKET_TYPE_NOT_ON_SALE: "These tickets are not on sale now.",
    EVENT_UNKNOWN: "This event is not on sale any more.",
    TOO_MANY_TICKETS: "That is more than one booking can have.",
    MIN_QUANTITY: "That is fewer than one booking must have.",
    BUYER_LIMIT_REACHED: "That is more than one person can have of this event.",
    RESERVATIONS_BLOCKED: "The organiser takes no reservations from your account for now.",
  } as Readonly<Record<string, string>>,
  refusedOtherwise: "That did not work. Look at the event again: its tickets may have changed.",
  cannotRead: "We cannot reach your booking just now.",
  summary: "Your order",
  each: (count: number, number: string, price: string) =>
    `${number} ${tickets(count)}, ${price} each`,
  fees: "Fees",
  none: "None",
  youPay: "You pay",
  youPaid: "You paid",
  total: "Total",
  pay: (amount: string) => `Pay ${amount}`,
  takeFree: (count: number, number: string) => `Take ${number} free ${tickets(count)}`,
  paying: "Paying…",
  payWith: "Pay with",
  methods: { card: "Card", upi: "UPI", netbanking: "Netbanking" },
  outcome: "What shall come of it?",
  outcomeHint: "Nothing is charged, so no card is asked for. Choose what the bank would say.",
  outcomes: {
    pays: { name: "It pays", text: "You get your tickets." },
    declines: { name: "It declines", text: "Your tickets stay held." },
    asks: { name: "It asks you first", text: "You confirm, then it pays." },
    late: { name: "It answers late", text: "You see how we find out." },
    processing: { name: "It takes its time", text: "It pays a while later." },
  },
  stripeBroken: "We cannot reach the payment provider just now. Nothing was paid.",
  refund: (percent: number, until?: string) =>
    `${percent === 100 ? "Full refund" : `Refund of ${percent} %`}${
      until ? ` until ${until}` : ""
    }.`,
  noRefund: "These tickets cannot be given back for money.",
  declined: "Your bank declined the payment.",
  declinedThen:
    "Nothing was taken, and your tickets are still held. Try again, or pay another way.",
  unknown: "We do not know yet whether the payment went through.",
  unknownThen: "Do not pay twice: we keep asking, and say so here.",
  unknownPaused: "Do not pay twice. We have asked for a while without an answer.",
  action: "Your bank wants to hear from you.",
  actionThen: "Your tickets stay held meanwhile.",
  actionGo: "Go to the bank",
  approve: (amount: string) => `Approve ${amount}`,
  refuse: "Refuse",
  bankUnreachable: "The bank did not hear you. Try again.",
  actionDone: "I have confirmed",
  notMine: "This booking is not of this account",
  loggedInAs: (email: string) => `You are logged in as ${email}.`,
  myBookings: "See your own bookings",
  paid: "Paid. You are going.",
  paidThen: (count: number) => `Your ${tickets(count)} ${are(count)} ready.`,
  showTickets: (count: number) => `Show the ${tickets(count)}`,
  overTitle: "Time is up",
  overThen: (count: number) => `The ${tickets(count)} went back. Nothing was paid.`,
  overProcessing: (count: number, amount: string) =>
    `The ${
      tickets(count)
    } went back, and your payment is still on its way. When it arrives you get them if they are free, or ${amount} back.`,
  lateTitle: "Your payment came too late",
  lateThen: (count: number, amount: string) =>
    `The ${tickets(count)} had gone back before it arrived. You get back ${amount}.`,
  eventCancelled: "This event is cancelled",
  cancelled: "This booking is cancelled",
  refunded: (amount: string) => `You get back ${amount}.`,
  nothingPaid: "Nothing was paid.",
  otherEvents: "See what else is on",
};
