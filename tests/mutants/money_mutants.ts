import type { Mutant } from "./mutate.ts";

const MONEY_TESTS = "tests/models/money_test.ts";
const CURRENCY_TESTS = "services/event/events/currency_test.ts";

/** Defects of amounts, prices and refunds. */
export const MONEY_MUTANTS: readonly Mutant[] = [
  {
    name: "a currency has a wrong number of decimals",
    edits: [{
      in: "money/DECIMALS",
      find: '...codes("BHD IQD JOD KWD LYD OMR TND", 3)',
      replace: '...codes("BHD JOD KWD LYD OMR TND", 3)',
    }],
    tests: [MONEY_TESTS],
  },
  {
    name: "a new price has the decimals of another currency",
    edits: [{
      in: "createTicketType",
      find: "currency: event.currency",
      replace: 'currency: "INR"',
    }],
    tests: [CURRENCY_TESTS],
  },
  {
    name: "a new currency multiplies the prices of ticket types",
    edits: [{
      in: "convertPrice",
      find: "if (decimalsOf(from) === decimalsOf(to)) return priceMinor;",
      replace: "if (from !== to) return priceMinor;",
    }],
    tests: [CURRENCY_TESTS],
  },
  {
    name: "the currency of an event changes after its tickets were sold and given back",
    edits: [{ in: "changeCurrency", find: "await hasSold(tx, eventId)", replace: "false" }],
    tests: [CURRENCY_TESTS],
  },
];
