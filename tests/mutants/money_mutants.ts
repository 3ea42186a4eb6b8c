import type { Mutant } from "./mutate.ts";

const MONEY_TESTS = "tests/models/money_test.ts";
const REFUND_TESTS = "services/booking/refunds/refund_booking_test.ts";
const STORE_TESTS = "tests/conformance/bookings/conformance_test.ts";
const SEARCH_TESTS = "tests/conformance/search/embedded_index_test.ts";
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
  {
    name: "refunds of a part are more than what was paid",
    edits: [{
      in: "promiseRefund",
      find: "AND coalesce(o.refund_minor, 0) + ${amountMinor}::bigint <= o.total_minor",
      replace: "",
    }],
    tests: [REFUND_TESTS],
  },
  {
    name: "refunds of a part forget those of before",
    edits: [{
      in: "promiseRefund",
      find: "SET refund_minor = coalesce(o.refund_minor, 0) + ${amountMinor}::bigint",
      replace: "SET refund_minor = ${amountMinor}::bigint",
    }],
    tests: [REFUND_TESTS],
  },
  {
    name: "a cancellation refunds again what was refunded before",
    edits: [{
      in: "cancellationRefunds",
      find: "p.payment_id, b.refund_minor - b.refunded_before,",
      replace: "p.payment_id, b.refund_minor,",
    }],
    tests: [STORE_TESTS],
  },
  {
    name: "each request for a refund is a refund of its own",
    edits: [{
      in: "booking/refundBooking",
      find: "deriveId(REFUND_NAMESPACE, bookingId, idempotencyKey)",
      replace:
        "deriveId(REFUND_NAMESPACE, bookingId, idempotencyKey + clock.now() + Math.random())",
    }],
    tests: [REFUND_TESTS],
  },
  {
    name: "a refund is asked of the provider by a new id each time",
    edits: [{
      in: "createBookingOutbox",
      find: "refundId: messageId,",
      replace: "refundId: messageId + Math.random(),",
    }],
    tests: [REFUND_TESTS],
  },
  {
    name: "a delivered refund is counted at each delivery",
    edits: [{
      in: "completeRefunds",
      find: "WITH delivered AS (${deliveredMessages(sql, input)}), done AS (",
      replace:
        "WITH delivered AS (SELECT * FROM outbox o WHERE topic = 'payment.refund'), done AS (",
    }],
    tests: [STORE_TESTS],
  },
  {
    name: "a price filter compares prices across currencies",
    edits: [{
      in: "createFilter",
      find: "(maxPrice === 0 || currency === currencyOf(query)) &&",
      replace: "",
    }],
    tests: [SEARCH_TESTS],
  },
  {
    name: "a sort by price compares prices across currencies",
    edits: [{
      in: "VALUES",
      find: "document.currency === currency ? priceRangeOf(document).min : null",
      replace: "currency ? priceRangeOf(document).min : null",
    }],
    tests: [SEARCH_TESTS],
  },
];
