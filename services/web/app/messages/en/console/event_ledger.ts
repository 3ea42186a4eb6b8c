import { pluralOf } from "../../plural.ts";

const seats = pluralOf("en", { one: "seat", other: "seats" });
const entries = pluralOf("en", { one: "entry", other: "entries" });
const differences = pluralOf("en", { one: "difference", other: "differences" });

/** Texts of the seat ledger of an event. */
export const eventLedger = {
  title: "Seat ledger",
  checking: "Checking every entry…",
  fine: "Every seat is accounted for.",
  fineText: (time: string, count: number, number: string) =>
    `Checked at ${time}: ${number} ${
      entries(count)
    }, each sealed with the one before, and every booking against them.`,
  head: "Seal of the last entry",
  notChecked: "It could not be checked just now. That says nothing about the seats.",
  checkNow: "Check now",
  download: "Download entries",
  downloadHint: "All entries with their seals, so that anybody can check them by a program.",

  sum: "The seats",
  seats: "seats",
  sold: "sold",
  held: "held",
  free: "free",
  setAside: "set aside",
  house: "The house",
  area: (number: string) => `Area ${number}`,
  areas: "By area",
  areaHead: "Area",

  wrong: "The seats do not add up",
  wrongText: (time: string, count: number, number: string) =>
    `Checked at ${time}: ${number} ${differences(count)}.`,
  wrongMore: "There may be more: only the first are listed.",
  wrongDo:
    "No seat was changed by this check. Download the entries and keep them, pause the sale if people are buying, and tell the platform’s team.",
  whereHead: "Where",
  whatHead: "What",
  sinceHead: "Since",
  sinceEntry: (number: string) => `entry ${number}`,
  sinceUnknown: "not known",
  details: "As the check says it",
  kinds: {
    entry_altered: "An entry was changed after it was written: its seal does not fit.",
    entry_missing: "An entry is missing.",
    entry_unexpected: "There is an entry that should not be there.",
    entry_unbalanced: "An entry takes seats that were not there.",
    inventory_differs: "The seats that are counted differ from the ledger.",
    allocation_differs: "A booking has other seats than the ledger gave it.",
    buyer_differs: "A buyer is counted with another number of tickets than they have.",
    plain_differs: "The event is marked wrongly for fast selling.",
    set_aside_differs: "Another number of seats is set aside than those who wait could use.",
    waitlist_differs: "The event is marked wrongly about whether somebody waits.",
  } as Readonly<Record<string, string>>,
  otherKind: "Something differs.",

  entries: "Entries",
  noEntries: "No entry yet",
  noEntriesText: "Nothing was held or sold.",
  number: "Entry",
  time: "Time",
  what: "What happened",
  moved: (count: number, number: string, from: string, to: string) =>
    `${number} ${seats(count)}: ${from} → ${to}`,
  movedHead: "Seats",
  after: "Then sold, held, free",
  afterCounts: (sold: string, held: string, free: string) => `${sold}, ${held}, ${free}`,
  accounts: {
    outside: "outside",
    available: "free",
    held: "held",
    sold: "sold",
    set_aside: "set aside",
  } as Readonly<Record<string, string>>,
  operations: {
    make: "Seats opened",
    hold: "Held for buyers",
    commit: "Sold",
    release: "Given back",
    waitlist: "For the line",
    resize: "Number of seats changed",
    retire: "An area closed",
    direct: "Changed from outside the shop",
    close: "End of a move in an area",
  } as Readonly<Record<string, string>>,
  operationOther: "Seats moved",
};
