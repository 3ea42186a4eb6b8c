import { pluralOf } from "../plural.ts";

const people = pluralOf("en", { one: "person", other: "people" });

/** Letters as they are read out on a bad line. */
const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  ("Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar " +
    "Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey Xray Yankee Zulu").split(" ")
    .map((word) => [word[0]!, word]),
);
const DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** Texts of the ticket's page. */
export const ticket = {
  title: "Your tickets",
  titleOf: (event: string) => `Tickets: ${event}`,
  paid: "Paid. You are going.",
  taken: "They are yours. You are going.",
  paidThen: "This page is your ticket: keep its address, print it, or open it at the door.",
  kept: (time: string) => `Shown from this device, as of ${time}. There is no network just now.`,
  cancelled: "These tickets are cancelled.",
  eventCancelled: "The event is cancelled.",
  cancelledThen: "They let nobody in.",
  void: "Cancelled",
  unreachable: "We cannot reach your tickets just now.",
  qr: (reference: string) => `QR code of the tickets ${reference}`,
  line: (number: string, name: string) => `${number} × ${name}`,
  until: (day: string, time: string) => `to ${day}, ${time}`,
  /** "seven Kilo …": the part after the dash, so that it can be read out. */
  spelled: (reference: string) =>
    [...reference.slice(reference.indexOf("-") + 1)]
      .map((sign) => LETTERS[sign] ?? DIGITS[Number(sign)] ?? sign).join(" "),
  addToCalendar: "Add to calendar",
  print: "Print",
  atTheDoor: "At the door",
  admits: (count: number, number: string) =>
    `Show this page or the print. The code lets in ${number} ${
      people(count)
    }, and whoever has it: show it to nobody else.`,
  where: "Where",
  organiser: "Organiser",
  ifNot: "If you cannot come",
  myBookings: "Cancel in your bookings",
};
