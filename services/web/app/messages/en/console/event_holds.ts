import { pluralOf } from "../../plural.ts";

const accounts = pluralOf("en", { one: "account", other: "accounts" });
const tickets = pluralOf("en", { one: "ticket", other: "tickets" });
const are = pluralOf("en", { one: "is", other: "are" });

/** Texts about what is held of an event and not paid. */
export const eventHolds = {
  title: "Unpaid holds",
  look: "See who holds",
  warnings: {
    few_accounts:
      "A few accounts hold tickets again and again without paying. It looks as if they keep others from buying. You can block them.",
    many_accounts:
      "Hardly any hold of the last hour was paid. Payments may be failing, or many accounts keep others from buying.",
  },
  figures: "What is held and not paid",
  held: "Held, unpaid",
  heldBy: (count: number, number: string) => `tickets, by ${number} ${accounts(count)}`,
  paying: "Being paid",
  payingMore: "tickets; these stay, whatever you block",
  lastHour: "Lapsed, last hour",
  lastDay: "Lapsed, last day",
  lapsedOf: (lapsed: string, ended: string) => `${lapsed} of ${ended} holds ended unpaid`,

  accounts: "Who holds the most without paying",
  accountsText:
    "Tickets, of the ten accounts with the most. Accounts are shown by their number: their names do not matter here.",
  none: "Nobody stands out",
  noneText: "Accounts are listed once they have two holds that they did not pay.",
  account: "Account",
  holdsNow: "Holds now",
  lapsedHour: "Lapsed, hour",
  lapsedDay: "Lapsed, day",
  paidDay: "Paid, day",
  state: "State",
  action: "Do",
  mayReserve: "May reserve",
  blockedUntil: (time: string) => `Blocked until ${time}`,
  block: "Block…",
  blockOne: (account: string) => `Block account ${account}`,
  unblock: "Unblock",
  unblockOne: (account: string) => `Unblock account ${account}`,
  blockAsk: (account: string) => `Block account ${account} for a day?`,
  blockAskText:
    "Its unpaid holds of this event end at once, it leaves the waitlist, and it cannot reserve for a day. What it has paid or is paying stays.",
  blockAskUndo: "You can unblock it at any time. What has ended does not come back.",
  blockDo: "Block it",
  blocking: "Blocking…",
  blockKeep: "Leave it",
  blockedNow: (count: number, number: string) =>
    count === 0
      ? "Blocked. It held nothing."
      : `Blocked. ${number} ${tickets(count)} ${are(count)} on sale again.`,
  unblockedNow: "Unblocked. It may reserve again.",
  full: "This event has as many blocked accounts as it can have. Unblock one first.",
  limitHint:
    "To limit how many unpaid tickets every account may hold at once, set “Most tickets held by a buyer” under Details.",
};
