import { pluralOf } from "../../plural.ts";

const tickets = pluralOf("en", { one: "ticket", other: "tickets" });
const minutes = pluralOf("en", { one: "minute", other: "minutes" });
const hours = pluralOf("en", { one: "hour", other: "hours" });
const days = pluralOf("en", { one: "day", other: "days" });

/** Texts of charts of sales. */
export const chart = {
  asTable: "As a table",
  asChart: "As a chart",
  titles: {
    minute: "Tickets sold a minute",
    hour: "Tickets sold an hour",
    day: "Tickets sold a day",
  },
  steps: "How long",
  periods: {
    minute: "60 minutes",
    hour: "24 hours",
    day: "28 days",
  },
  now: {
    minute: (count: number, number: string) =>
      count === 1 ? "This minute" : `These ${number} ${minutes(count)}`,
    hour: (count: number, number: string) =>
      count === 1 ? "This hour" : `These ${number} ${hours(count)}`,
    day: (count: number, number: string) =>
      count === 1 ? "Today" : `These ${number} ${days(count)}`,
  },
  before: (number: string) => `The ${number} before`,
  time: "Time",
  sold: "Sold",
  soldBefore: "Sold before",
  revenue: "Revenue",
  point: (time: string, count: number, number: string) => `${time}: ${number} ${tickets(count)}`,
  pointBefore: (number: string) => `${number} before`,
  summary: (count: number, number: string, before: string) =>
    `${number} ${tickets(count)} sold, ${before} in the time before.`,
  most: (time: string, number: string) => `The most: ${number}, ${time}.`,
  none: "Nothing was sold in this time.",
  move: "Move by the arrow keys.",
};
