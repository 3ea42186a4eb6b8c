import type { Mutant } from "./mutate.ts";

const MONEY_TESTS = "tests/models/money_test.ts";
const REFUND_TESTS = "services/booking/refunds/refund_booking_test.ts";
const STORE_TESTS = "tests/conformance/bookings/conformance_test.ts";
const LATE_TESTS = "services/booking/payments/webhooks_test.ts";
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
    name: "a restored booking that is cancelled again is refunded again",
    edits: [{
      in: "cancellationRefunds",
      find: "SELECT ${refundId}, b.event_id,",
      replace: "SELECT gen_random_uuid(), b.event_id,",
    }],
    tests: ["services/booking/refunds/cancelled_again_test.ts"],
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
      find: "WITH delivered AS (${deliveredMessages(sql, input)}),",
      replace: "WITH delivered AS (SELECT * FROM outbox o WHERE topic = 'payment.refund'),",
    }],
    tests: [STORE_TESTS],
  },
  {
    name: "late money is given back though its seats are free",
    edits: [{
      in: "seatsAreHeldAgain",
      find: "const answer = await seats.holdAgain(hold);",
      replace:
        'const answer = { outcome: seats && hold.eventId === "" ? "held" : "refused", sale: { types: {} } } as const;',
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "money that is taken at once keeps a booking without seats",
    edits: [{
      in: "settle_confirmation/settle",
      find: "if (!sold) return await giveUp(deps, payment);",
      replace: "if (!sold) deps.nudge.outbox();",
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "late money gets its seats before the old ones are released",
    edits: [{
      in: "payment_sql/revive",
      find: "AND m.topic = 'seats.release' AND m.delivered_at IS NULL",
      replace: "AND false",
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "nobody is told that late money went back",
    edits: [{
      in: "completeVoids",
      find: "${doneRefunds(sql, input.now)} SELECT FROM done",
      replace:
        "done AS (UPDATE refunds r SET done_at = ${input.now} FROM delivered d WHERE r.refund_id = d.message_id)" +
        " SELECT",
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "who was paid late for a lapsed offer waits on",
    edits: [{
      in: "complete_confirmations",
      find: "IN ('offered', 'waiting')",
      replace: "= 'offered'",
    }],
    tests: ["tests/conformance/waitlist/cases_test.ts"],
  },
  {
    name: "late money gets seats of another number",
    edits: [{
      in: "seatsAreHeldAgain",
      find: "(types?.[ticketTypeId]?.gives ?? 1) === gives",
      replace: "(types?.[ticketTypeId]?.gives ?? 1) <= gives",
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "seats that late money takes are sold at today's price",
    edits: [{
      in: "hold_seats_at_prices",
      find: "CONTINUE WHEN price IS NULL OR id <> ALL (granted);",
      replace: "CONTINUE;",
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "a driver confirms a booking whose seats were taken anew meanwhile",
    edits: [{
      in: "complete_confirmations",
      find: "AND coalesce((o.lines -> 0 ->> 'hold')::integer, 0) = coalesce(c.hold, 0)",
      replace: "",
    }],
    tests: [STORE_TESTS],
  },
  {
    name: "a look ends with a driver whose step has an unknown outcome",
    edits: [{
      in: "look_again/settle",
      find: 'ignoreRefusal(error);\n    return "later";',
      replace: 'ignoreRefusal(error);\n    return "settled";',
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "late money gets its seats under their old ids",
    edits: [{
      in: "linesOfNextHold",
      find: "coalesce((l.line ->> 'hold')::integer, 0) + 1",
      replace: "coalesce((l.line ->> 'hold')::integer, 0)",
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "the release of seats that late money took names those before them",
    edits: [{
      in: "outbox/allocationsOf",
      find: "lineIdsOf({ bookingId: subjectId, lines, hold })",
      replace: "lineIdsOf({ bookingId: subjectId, lines, hold: 0 * hold })",
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "late money holds seats anew without end",
    edits: [{
      in: "seatsAreHeldAgain",
      find: "if (number >= MAX_HOLDS) return false;",
      replace: "",
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "a payment that has ended gets its seats again",
    edits: [{ in: "payment_sql/revive", find: "AND p.status = 'processing'", replace: "" }],
    tests: [STORE_TESTS],
  },
  {
    name: "the end of a hold ends a payment whose money may come",
    edits: [{
      in: "end_sql/expireDue",
      find: "voidedPayments(sql, { now, late: true })",
      replace: "voidedPayments(sql, { now })",
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "a cancellation leaves a payment that is processing",
    edits: [{
      in: "waiting",
      find: "sql`('requires_action', 'processing')`",
      replace: "sql`('requires_action')`",
    }],
    tests: [STORE_TESTS],
  },
  {
    name: "a payment that is processing waits for a webhook alone",
    edits: [{
      in: "payment_sql/awaitProvider",
      find: "${lookAt} FROM b",
      replace: "${lookAt}::timestamptz FROM b WHERE false",
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "a webhook that comes twice is stored twice",
    edits: [{
      in: "takeWebhook",
      find: "deriveId(WEBHOOK_NAMESPACE, provider, eventId)",
      replace: "deriveId(WEBHOOK_NAMESPACE, provider, eventId + Math.random())",
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "a void names another amount",
    edits: [{
      in: "voidPayload",
      find: "'amount_minor', b.total_minor",
      replace: "'amount_minor', b.total_minor + 1",
    }],
    tests: [STORE_TESTS],
  },
  {
    name: "late money goes back and its buyer is not told",
    edits: [{
      in: "confirm_sql/abandonConfirmation",
      find: "m.topic = 'booking.payment_returned' AND b.payment_status = 'refunded'",
      replace: "m.topic = 'booking.payment_returned' AND false",
    }],
    tests: [LATE_TESTS],
  },
  {
    name: "a price filter compares prices across currencies",
    edits: [{
      in: "RowFilter",
      find: "if (!this.#isFree && currency[row] !== this.#currency) return false;",
      replace: "",
    }],
    tests: [SEARCH_TESTS],
  },
  {
    name: "a sort by price compares prices across currencies",
    edits: [{
      in: "valuesOf",
      find: "currency[row] === code ? minPrice[row]! : NaN",
      replace: "code < -1 ? NaN : minPrice[row]!",
    }],
    tests: [SEARCH_TESTS],
  },
];
