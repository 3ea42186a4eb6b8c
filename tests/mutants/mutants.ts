import type { Mutant } from "./mutate.ts";
import { ACCOUNT_MUTANTS } from "./account_mutants.ts";
import { EDGE_MUTANTS } from "./edge_mutants.ts";
import { HOLD_MUTANTS } from "./hold_mutants.ts";
import { MAIL_MUTANTS } from "./mail_mutants.ts";
import { MONEY_MUTANTS } from "./money_mutants.ts";
import { PAYMENT_MUTANTS } from "./payment_mutants.ts";
import { ORGANISER_MUTANTS } from "./organiser_mutants.ts";
import { PERSONAL_MUTANTS } from "./personal_mutants.ts";
import { STORE_MUTANTS } from "./store_mutants.ts";
import { TEAM_MUTANTS } from "./team_mutants.ts";
import { TELEMETRY_MUTANTS } from "./telemetry_mutants.ts";
import { SEAT_MUTANTS } from "./seat_mutants.ts";
import { WAITLIST_MUTANTS } from "./waitlist_mutants.ts";
import { WEBHOOK_MUTANTS } from "./webhook_mutants.ts";

const SEAT_TESTS = "services/event/inventory/routes_test.ts";
const TYPE_TESTS = "services/event/ticket_types/update_ticket_type_test.ts";
const TYPE_ROUTES_TESTS = "services/event/ticket_types/routes_test.ts";
const CONFIRM_TESTS = "services/booking/orders/confirm_booking_test.ts";
const CONFIRM_SQL_TESTS = "services/booking/payments/confirm_sql_test.ts";
const CONFIRM_AGAIN_TESTS = "services/booking/orders/confirm_again_test.ts";
const CANCEL_TESTS = "services/booking/orders/cancel_booking_test.ts";
const TERMS_TESTS = "services/booking/orders/terms_of_sale_test.ts";
const ORDER_TESTS = "services/booking/orders/order_lines_test.ts";
const ORDER_REPLAY_TESTS = "services/booking/orders/order_replays_test.ts";
const REPLAY_TESTS = "services/booking/orders/replay_test.ts";
const MODEL_TESTS = "tests/models/bookings/model_test.ts";
const STORE_TESTS = "tests/conformance/bookings/conformance_test.ts";
const ATOMIC_TESTS = "services/booking/orders/one_transaction_test.ts";
const ACCOUNT_TESTS = "services/user/sessions/limits_test.ts";
const FEED_TESTS = "services/event/search_feed/numbering_test.ts";
const FEED_ROUTES_TESTS = "services/event/search_feed/routes_test.ts";
const FEED_PLANS_TESTS = "services/event/search_feed/change_feed_plans_test.ts";
const MARK_TESTS = "services/event/search_feed/changed_events_sql_test.ts";
const PUBLIC_TYPE_TESTS = "services/event/catalogue/ticket_types_test.ts";
const LIVE_TESTS = "services/event/catalogue/live_events_test.ts";
const OWN_LIVE_TESTS = "services/booking/live/live_bookings_test.ts";
const BINDING_TESTS = "shared/services/binding_test.ts";
const REPLICA_SET_TESTS = "shared/services/replicas/replica_set_test.ts";
const ADMISSION_TESTS = "shared/http/admission_test.ts";
const LOCK_TESTS = "tests/races/seats/lock_order_test.ts";

/** Defects that would cost seats, money or trust, each as small as possible. */
export const MUTANTS: readonly Mutant[] = [
  ...SEAT_MUTANTS,
  ...WAITLIST_MUTANTS,
  ...HOLD_MUTANTS,
  ...ACCOUNT_MUTANTS,
  ...WEBHOOK_MUTANTS,
  ...EDGE_MUTANTS,
  ...MONEY_MUTANTS,
  ...PAYMENT_MUTANTS,
  ...MAIL_MUTANTS,
  ...ORGANISER_MUTANTS,
  ...PERSONAL_MUTANTS,
  ...TEAM_MUTANTS,
  ...TELEMETRY_MUTANTS,
  ...STORE_MUTANTS,
  {
    name: "reuse of a refresh token after the grace period revokes nothing",
    edits: [{
      in: "RefreshTokens",
      find: "if (!rotation) await this.#revokeReused(token);",
      replace: "",
    }],
    tests: ["shared/auth/refresh_store_test.ts"],
  },
  {
    name: "wrong passwords from every address count against an e-mail",
    edits: [{
      in: "AccountLimits",
      find: "${emailKey(email)} ${clientAddress(c)}",
      replace: "${emailKey(email)}",
    }],
    tests: [ACCOUNT_TESTS],
  },
  {
    name: "confirmation does not recheck that the booking is pending",
    edits: [{ in: "start_confirmations", find: "AND o.status || '' = 'pending'", replace: "" }],
    tests: ["services/booking/payments/confirm_sql_test.ts"],
  },
  {
    name: "confirmation does not recheck that the hold lasts",
    edits: [{ in: "start_confirmations", find: "AND o.expires_at > c.now", replace: "" }],
    tests: [CONFIRM_TESTS],
  },
  {
    name: "confirmation succeeds at the instant the hold ends",
    edits: [{
      in: "start_confirmations",
      find: "AND o.expires_at > c.now",
      replace: "AND o.expires_at >= c.now",
    }],
    tests: [CONFIRM_TESTS],
  },
  {
    name: "confirmation has no owner filter",
    edits: [{
      in: "start_confirmations",
      find: "AND o.user_id IS NOT DISTINCT FROM c.user_id",
      replace: "",
    }],
    tests: [CONFIRM_TESTS],
  },
  {
    name: "confirmations lock bookings in the order of their requests",
    edits: [{
      in: "start_confirmations",
      find: "ORDER BY claim.booking_id, claim.place",
      replace: "",
    }],
    tests: [CONFIRM_SQL_TESTS],
  },
  {
    name: "the end of a confirmation reads all bookings of its event",
    edits: [{
      in: "complete_confirmations",
      find: "WHERE o.booking_id = c.booking_id",
      replace: "WHERE o.booking_id || '' = c.booking_id || ''",
    }],
    tests: [CONFIRM_SQL_TESTS],
  },
  {
    name: "a driver completes a confirmation that another driver took over",
    edits: [{
      in: "complete_confirmations",
      find: "AND o.payment_id = c.payment_id RETURNING",
      replace: "RETURNING",
    }],
    tests: [STORE_TESTS],
  },
  {
    name: "changes of ticket types and pools have no owner filter",
    edits: [{
      in: "changeOffer",
      find: "organisations: editable(admin)",
      replace: "organisations: undefined",
    }],
    tests: [TYPE_ROUTES_TESTS, "services/event/pools/routes_test.ts"],
  },
  {
    name: "an event whose types were changed is still sold by the short path",
    edits: [{ in: "changeOffer", find: "await callRefreshPlain(tx, eventId);", replace: "" }],
    tests: [TYPE_TESTS],
  },
  {
    name: "a change of ticket types sets nothing aside",
    edits: [{
      in: "changeOffer",
      find: "if (inventory.isWaitlistOpen) await callSettleSetAside(tx, eventId);",
      replace: "",
    }],
    tests: [TYPE_TESTS],
  },
  {
    name: "a changed ticket type does not reach the change feed",
    edits: [{ in: "changeOffer", find: "await markChanged(tx, eventId);", replace: "" }],
    tests: [TYPE_TESTS],
  },
  {
    name: "a new limit a buyer forgets what buyers have",
    edits: [{
      in: "applyTypeUpdate",
      find: "if (maxPerBuyer !== undefined) await callRecountBuyers(tx, { eventId, type });",
      replace: "",
    }],
    tests: [TYPE_TESTS],
  },
  {
    name: "a stale version of a ticket type is changed",
    edits: [{
      in: "applyTypeUpdate",
      find: "version && version !== stored.version",
      replace: "false",
    }],
    tests: [TYPE_TESTS],
  },
  {
    name: "a pool is lowered below what is taken without a word",
    edits: [{
      in: "resizePool",
      find: "if (isResized) return;",
      replace: "if (taken >= 0) return;",
    }],
    tests: ["services/event/pools/routes_test.ts", TYPE_TESTS],
  },
  {
    name: "the last ticket type of an event can be archived",
    edits: [{
      in: "assertNotLast",
      find: 'if (others.length === 0) throw new DomainError("LAST_TICKET_TYPE");',
      replace: 'if (others.length < 0) throw new DomainError("LAST_TICKET_TYPE");',
    }],
    tests: [TYPE_ROUTES_TESTS],
  },
  {
    name: "a ticket type that was sold is deleted",
    edits: [{
      in: "applyRemoval",
      find: "await wasEverHeld(tx, { eventId, type })",
      replace: "false",
    }],
    tests: [TYPE_ROUTES_TESTS],
  },
  {
    name: "a change of an event does not reach the change feed",
    edits: [{ in: "applyUpdate", find: "await markChanged(tx, eventId);", replace: "" }],
    tests: [FEED_TESTS],
  },
  {
    name: "a reader of the change feed is sent past a change",
    edits: [{
      in: "readChanges",
      find: "[lane, last] as const",
      replace: "[lane, last + 1] as const",
    }],
    tests: [FEED_ROUTES_TESTS],
  },
  {
    name: "a few changes are looked for among all events",
    edits: [{ in: "findChangesInSpans", find: "LIMIT ${changes}", replace: "" }],
    tests: [FEED_PLANS_TESTS],
  },
  {
    name: "a venue change overlooks an event that is being created",
    edits: [{ in: "lockVenue", find: " FOR UPDATE", replace: "" }],
    tests: [MARK_TESTS],
  },
  {
    name: "changed events are marked in any order",
    edits: [{ in: "markChanged", find: "ORDER BY id", replace: "ORDER BY random()" }],
    tests: [MARK_TESTS],
  },
  {
    name: "an index ahead of a restored feed waits for it",
    edits: [{ in: "catchUp", find: 'if (isPast(from, last)) return "rebuild";', replace: "" }],
    tests: ["services/search/feed/index_keeper_test.ts"],
  },
  {
    name: "an answer of a search outlives its edition",
    edits: [{
      in: "createRememberingReader",
      find: "if (memory?.edition !== edition)",
      replace: "if (memory === undefined)",
    }],
    tests: ["services/search/discovery/remembering_reader_test.ts"],
  },
  {
    name: "a search that came again keeps the key of a currency that most events had",
    edits: [{
      in: "createRememberingReader",
      find: "known?.currency === currency ?",
      replace: "known ?",
    }],
    tests: [
      "services/search/discovery/remembering_reader_test.ts",
      "services/search/discovery/repeated_searches_test.ts",
    ],
  },
  {
    name: "a search that came again is answered as of its first time",
    edits: [{
      in: "discoveryRoutes",
      find: "const now = clock.now();",
      replace: "const now: Date = (asked as { at?: Date }).at ??= clock.now();",
    }],
    tests: ["services/search/discovery/repeated_searches_test.ts"],
  },
  {
    name: "a search is taken for one with the same first parameter",
    edits: [{
      in: "queryOf",
      find: "url.slice(begin)",
      replace: 'url.slice(begin).split("&")[0]!',
    }],
    tests: ["services/search/discovery/repeated_searches_test.ts"],
  },
  {
    name: "a search gets the fields of another request",
    edits: [{
      in: "searchBody",
      find: "last?.asked === asked && last.queryTime === queryTime",
      replace: "last",
    }],
    tests: ["services/search/discovery/search_body_test.ts"],
  },
  {
    name: "an edition outlasts a write of its process",
    edits: [{ in: "Editions", find: "this.#current = this.#look = undefined;", replace: "" }],
    tests: ["services/search/index/editions_test.ts"],
  },
  {
    name: "an event counts in a facet although it fails two filters",
    edits: [{ in: "areSeveral", find: "(bits & bits - 1) !== 0", replace: "bits < 0" }],
    tests: ["tests/conformance/search/embedded_index_test.ts"],
  },
  {
    name: "an edit of one event loses another event with the word",
    edits: [{
      in: "Postings",
      find: "if (place < this.entries.length) this.entries[place] = last;",
      replace: "",
    }],
    tests: ["services/search/index/embedded/embedded_index_test.ts"],
  },
  {
    name: "matches of a text outlive a change of texts",
    edits: [{
      in: "RememberedMatches",
      find: "if (this.#version !== this.#words.version) this.#matches.clear();",
      replace: "",
    }],
    tests: ["services/search/index/embedded/embedded_index_test.ts"],
  },
  {
    name: "tickets are shown that nobody can order",
    edits: [{ in: "ticketsLeft", find: "left >= type.minPerOrder && ", replace: "" }],
    tests: ["services/event/inventory/offer_test.ts", PUBLIC_TYPE_TESTS],
  },
  {
    name: "public reads take the seats of the house for those of every type",
    edits: [{ in: "PublicEvents", find: "if (event.isPlain) return", replace: "return" }],
    tests: [PUBLIC_TYPE_TESTS],
  },
  {
    name: "search shows seats of a type whose sale is over",
    edits: [{ in: "document/atTime", find: "from <= now)", replace: "from < now && false)" }],
    tests: ["tests/conformance/search/embedded_index_test.ts"],
  },
  {
    name: "commit sells allocations in any state",
    edits: [{
      in: "commit_seats",
      find: "AND a.state || '' = 'held' AND a.expires_at > p_now AND sells",
      replace: "AND a.expires_at > p_now AND sells",
    }],
    tests: [SEAT_TESTS, "tests/linearizability/seats_test.ts"],
  },
  {
    name: "a sale reads all held seats",
    edits: [{ in: "commit_seats", find: "a.state || '' = 'held'", replace: "a.state = 'held'" }],
    tests: ["services/event/inventory/seat_plans_test.ts"],
  },
  {
    name: "commit sells seats after their hold has ended",
    edits: [{
      in: "commit_seats",
      find: "AND a.expires_at > p_now AND sells",
      replace: "AND sells",
    }],
    tests: [SEAT_TESTS],
  },
  {
    name: "commit sells seats of a cancelled event",
    edits: [{
      in: "commit_seats",
      find: "AND a.expires_at > p_now AND sells",
      replace: "AND a.expires_at > p_now",
    }],
    tests: [SEAT_TESTS, MODEL_TESTS],
  },
  {
    name: "a second release frees the seats again",
    edits: [{
      in: "release_seats",
      find: "AND a.state = 'sold' AND a.source <> 'direct'",
      replace: "AND a.source <> 'direct'",
    }],
    tests: [SEAT_TESTS],
  },
  {
    name: "a lone allocation has the quantity of the batch's first",
    edits: [{
      in: "hold_seats",
      find: "p_event_id, p_allocation_ids[pick[1]], p_quantities[pick[1]]",
      replace: "p_event_id, p_allocation_ids[pick[1]], p_quantities[1]",
    }],
    tests: [SEAT_TESTS],
  },
  {
    name: "a repeated hold counts its seats again",
    edits: [{
      in: "hold_seats",
      find: "total_seats := total_seats + taken_seats;",
      replace:
        "total_seats := total_seats + (SELECT coalesce(sum(p_quantities[i]), 0) FROM unnest(pick) AS i);",
    }],
    tests: [SEAT_TESTS],
  },
  {
    name: "a public hold takes seats that are set aside",
    edits: [
      {
        in: "hold_seats",
        find: "room := CASE WHEN on_sale THEN available ELSE 0 END;",
        replace: "room := CASE WHEN on_sale THEN available + inv.set_aside ELSE 0 END;",
      },
      {
        in: "hold_seats",
        find: "'hold', 'available', 'held'",
        replace:
          "'hold', CASE WHEN inv.set_aside > 0 THEN 'set_aside' ELSE 'available' END, 'held'",
      },
    ],
    tests: [SEAT_TESTS],
  },
  {
    name: "seats released while a waitlist is open go to the public",
    edits: [{
      in: "release_seats",
      find:
        "IF inv.waitlist_open AND released <> '{}' THEN inv := settle_set_aside(p_event_id); END IF;",
      replace: "",
    }],
    tests: [SEAT_TESTS],
  },
  {
    name: "an ended hold can be extended",
    edits: [{ in: "extend_seats", find: "AND a.expires_at > p_now;", replace: ";" }],
    tests: [SEAT_TESTS],
  },
  {
    name: "the capacity can fall below held seats",
    edits: [{
      in: "resize_pool",
      find: "SELECT i.capacity, i.held + i.sold, i.capacity",
      replace: "SELECT i.capacity, i.sold, i.capacity",
    }],
    tests: ["services/event/events/event_status_test.ts", MODEL_TESTS],
  },
  {
    name: "commit reports the sequence number before its own",
    edits: [{
      in: "commit_seats",
      find: `inv := transfer_seats(
        p_event_id, 0::smallint, inv.seq + 1, 'commit', 'held', 'sold', seats, sold_ids, quantities);`,
      replace: `PERFORM transfer_seats(
        p_event_id, 0::smallint, inv.seq + 1, 'commit', 'held', 'sold', seats, sold_ids, quantities);`,
    }],
    tests: ["tests/linearizability/seats_test.ts"],
  },
  {
    name: "a transfer of seats leaves no ledger entry",
    edits: [{
      in: "transfer_seats",
      find:
        "PERFORM record_transfer(counters, p_operation, p_debit, p_credit, p_seats, p_allocation_ids, p_quantities);",
      replace: "",
    }],
    tests: [SEAT_TESTS],
  },
  {
    name: "a batch locks its events in the order of the request",
    edits: [{
      in: "callHoldSeats",
      find: "ORDER BY b.event_id, b.place",
      replace: "ORDER BY b.place",
    }],
    tests: [LOCK_TESTS],
  },
  {
    name: "a batch of commits locks its events in the order of the request",
    edits: [{
      in: "allocationBatches",
      find: "ORDER BY b.event_id, b.place",
      replace: "ORDER BY b.place",
    }],
    tests: [LOCK_TESTS],
  },
  {
    name: "reconciliation examines confirmations in progress",
    edits: [{ in: "reconcile_sql/listSettled", find: "b.status <> 'confirming' AND", replace: "" }],
    tests: ["services/booking/reconcile/reconcile_test.ts"],
  },
  {
    name: "reconciliation reports seats that came back since they were listed",
    edits: [{ in: "stillSold", find: '=== "sold"', replace: "!== undefined" }],
    tests: ["services/booking/reconcile/reconcile_test.ts"],
  },
  {
    name: "an update locks the event before its inventory",
    edits: [
      {
        in: "applyUpdate",
        find:
          "const inventory = dependsOnSeats(request) ? await lockInventory(tx, scope) : NOT_LOCKED;",
        replace: "",
      },
      {
        in: "applyUpdate",
        find: "const stored = await lockEvent(tx, scope);",
        replace: "const stored = await lockEvent(tx, scope);\n" +
          "  const inventory = dependsOnSeats(request) ? await lockInventory(tx, scope) : NOT_LOCKED;",
      },
    ],
    tests: [LOCK_TESTS],
  },
  {
    name: "an event's outbox row is written outside its transaction",
    edits: [
      {
        in: "updateEvent",
        find: "applyUpdate(tx, { webhooks, admin, scope,",
        replace: "applyUpdate(tx, { sql, webhooks, admin, scope,",
      },
      {
        in: "applyUpdate",
        find: '{ webhooks, admin, scope, request, now }: Pick<UpdateEventDeps, "webhooks">',
        replace:
          '{ sql, webhooks, admin, scope, request, now }: Pick<UpdateEventDeps, "sql" | "webhooks">',
      },
      {
        in: "applyUpdate",
        find: `await enqueue(tx, { topic: "bookings.cancel"`,
        replace: `await enqueue(sql as never, { topic: "bookings.cancel"`,
      },
    ],
    tests: ["services/event/events/outbox_test.ts"],
  },
  {
    name: "a raised capacity is not announced in its process",
    edits: [{
      in: "updateEvent",
      find: "seatNews.tell(eventId, { availableSeats, setAside, seq });",
      replace: "",
    }],
    tests: ["services/booking/orders/known_at_once_test.ts"],
  },
  {
    name: "a booking's outbox rows are written outside its transaction",
    edits: [
      {
        in: "end_sql/cancelFrom",
        find: "messages AS (${cancellationMessages(sql, now)}), voided",
        replace: "voided",
      },
      {
        in: "end_sql/cancelFrom",
        find: "(booking.refundMinor ?? 0) - row.refunded_before }; }, );",
        replace: "(booking.refundMinor ?? 0) - row.refunded_before };\n    },\n" +
          "  ).then(async (booking) => {\n" +
          "    await sql`WITH b AS (SELECT * FROM bookings WHERE booking_id = ${booking?.bookingId ?? null}),\n" +
          "      ${paidBefore(sql)} ${cancellationMessages(sql, now)}`;\n" +
          "    return booking;\n  });",
      },
    ],
    tests: [ATOMIC_TESTS],
  },
  {
    name: "a refund ignores the terms at the time of sale",
    edits: [{
      in: "refund/bothOf",
      find: "return current ? [kept, current] : [kept];",
      replace: "return [current ?? kept];",
    }],
    tests: [TERMS_TESTS],
  },
  {
    name: "buyers can cancel after the event has ended",
    edits: [{
      in: "refundOffer",
      find: "if (current && current.endsAt <= now) return undefined;",
      replace: "",
    }],
    tests: [TERMS_TESTS],
  },
  {
    name: "takings omit what was kept of cancelled bookings",
    edits: [{
      in: "takings_sql/takings",
      find: "WHERE b.event_id = ${eventId}",
      replace: "WHERE b.event_id = ${eventId} AND b.status = 'confirmed'",
    }],
    tests: ["services/booking/orders/takings_test.ts"],
  },
  {
    name: "a refund is twice what is owed",
    edits: [{
      in: "cancellationRefunds",
      find: "b.refund_minor - b.refunded_before, ${reason}",
      replace: "2 * (b.refund_minor - b.refunded_before), ${reason}",
    }],
    tests: [CANCEL_TESTS],
  },
  {
    name: "a redelivered refund is paid again",
    edits: [{
      in: "createBookingOutbox",
      find: "refundId: messageId,",
      replace: "refundId: messageId + crypto.randomUUID(),",
    }],
    tests: [CANCEL_TESTS],
  },
  {
    name: "a refund replaces what was refunded before",
    edits: [{
      in: "refunds_sql/completeRefunds",
      find: "p.refunded_minor + a.amount_minor",
      replace: "a.amount_minor",
    }],
    tests: ["services/booking/outbox/outbox_test.ts"],
  },
  {
    name: "a refund that is delivered twice is counted twice",
    edits: [{ in: "deliveredMessages", find: "AND o.delivered_at IS NULL", replace: "" }],
    tests: ["services/booking/outbox/outbox_test.ts"],
  },
  {
    name: "an outbox message is leased by two processes at once",
    edits: [{
      in: "postgresOutboxStore",
      find: "SET due_at = ${leaseUntil}, attempts",
      replace: "SET attempts",
    }],
    tests: ["shared/outbox/outbox_test.ts"],
  },
  {
    name: "an outbox message is claimed after another process has leased it",
    edits: [{ in: "postgresOutboxStore", find: "AND o.due_at = due.due_at", replace: "" }],
    tests: ["shared/outbox/outbox_test.ts"],
  },
  {
    name: "a hold that was extended after it was read is expired",
    edits: [{
      in: "end_sql/expireDue",
      find: "AND o.expires_at = due.expires_at",
      replace: "",
    }],
    tests: ["services/booking/orders/background_test.ts"],
  },
  {
    name: "two processes take over one confirmation",
    edits: [{
      in: "leaseStuckConfirmations",
      find: "AND o.confirming_at = stuck.confirming_at",
      replace: "",
    }],
    tests: ["services/booking/orders/background_test.ts"],
  },
  {
    name: "an outbox delivers without a bound",
    edits: [{ in: "outbox/MAX_IN_FLIGHT", find: "8", replace: "80" }],
    tests: ["shared/outbox/outbox_test.ts"],
  },
  {
    name: "cancelling an event refunds buyers nothing",
    edits: [{ in: "cancelForEvent", find: "percent: 100 })", replace: "percent: 0 })" }],
    tests: [CANCEL_TESTS],
  },
  {
    name: "cancelling an event skips buyers who are paying",
    edits: [{
      in: "cancelForEvent",
      find: "(status IN ('confirmed', 'confirming') OR",
      replace: "(status = 'confirmed' OR",
    }],
    tests: [CANCEL_TESTS],
  },
  {
    name: "a hold that ends now is not expired",
    edits: [{
      in: "end_sql/expireDue",
      find: "AND status = 'pending' AND expires_at <= ${due}",
      replace: "AND status = 'pending' AND expires_at < ${due}",
    }],
    tests: ["services/booking/orders/background_test.ts"],
  },
  {
    name: "money is captured before the seats are sold",
    edits: [
      {
        in: "settle_confirmation/settle",
        find: "await payments.capture({ paymentId, transactionId });",
        replace: "",
      },
      {
        in: "settle_confirmation/settle",
        find: "const sold = await",
        replace: "await payments.capture({ paymentId, transactionId });\n  const sold = await",
      },
    ],
    tests: [CONFIRM_TESTS],
  },
  {
    name: "a payment begins before the one that it replaces is void",
    edits: [{
      in: "settle_confirmation/settle",
      find:
        "for (const replaced of confirmation.replaces) { await deps.payments.void({ paymentId: replaced, amountMinor, currency }); }",
      replace: "",
    }],
    tests: [CONFIRM_AGAIN_TESTS],
  },
  {
    name: "a takeover forgets which payment is replaced",
    edits: [{
      in: "confirm_sql/toConfirmation",
      find: "row.replaces ?? []",
      replace: "[]",
    }],
    tests: [CONFIRM_AGAIN_TESTS],
  },
  {
    name: "the payment of lost seats is not voided",
    edits: [{
      in: "confirm_sql/abandonConfirmation",
      find: "(m.topic = 'payment.void' AND b.total_minor > 0)",
      replace: "(m.topic = 'payment.void' AND false)",
    }],
    tests: [CONFIRM_TESTS],
  },
  {
    name: "only the first of several late payment calls is given up",
    edits: [{
      in: "TimeLimit",
      find: "this.#timer = this.#wakeIn(leftMs);",
      replace: "",
    }],
    tests: ["services/booking/payments/bounded_test.ts"],
  },
  {
    name: "a hold may end while its buyer pays",
    edits: [{ in: "seatsOutlastPayment", find: "> PAYMENT_WINDOW_MS", replace: "> 0" }],
    tests: [CONFIRM_TESTS],
  },
  {
    name: "users share idempotency keys",
    edits: [{
      in: "bookingIdOf",
      find: "deriveId(BOOKING_NAMESPACE, userId, eventId, idempotencyKey)",
      replace: "deriveId(BOOKING_NAMESPACE, eventId, idempotencyKey)",
    }],
    tests: [REPLAY_TESTS],
  },
  {
    name: "events share idempotency keys",
    edits: [{
      in: "bookingIdOf",
      find: "deriveId(BOOKING_NAMESPACE, userId, eventId, idempotencyKey)",
      replace: "deriveId(BOOKING_NAMESPACE, userId, idempotencyKey)",
    }],
    tests: [REPLAY_TESTS],
  },
  {
    name: "an idempotency key is answered for another quantity",
    edits: [{
      in: "reservationOf",
      find: 'if (!isOrderOf(booking, lines)) throw new DomainError("IDEMPOTENCY_KEY_REUSED");',
      replace: "",
    }],
    tests: [REPLAY_TESTS, MODEL_TESTS],
  },
  {
    name: "an idempotency key is answered for another ticket type",
    edits: [{
      in: "order_lines/isLineOf",
      find: "return isType && line.quantity === wanted.quantity;",
      replace: "return line.quantity === wanted.quantity;",
    }],
    tests: [ORDER_REPLAY_TESTS],
  },
  {
    name: "the outbox releases the first line of an order only",
    edits: [{
      in: "outbox/allocationsOf",
      find: "lineIdsOf({ bookingId: subjectId, lines, hold })",
      replace: "lineIdsOf({ bookingId: subjectId, lines: lines > 0 ? 1 : lines, hold })",
    }],
    tests: [ORDER_TESTS],
  },
  {
    name: "a confirmation sells the first line of an order only",
    edits: [{
      in: "order_lines/seatsOf",
      find: "lines: lines?.length ?? 1",
      replace: "lines: 1",
    }],
    tests: [ORDER_TESTS],
  },
  {
    name: "a booking counts family tickets as one ticket each",
    edits: [{ in: "priceOrder", find: "sum + quantity * gives", replace: "sum + quantity" }],
    tests: [ORDER_TESTS],
  },
  {
    name: "reconciliation looks at the first line of an order only",
    edits: [{
      in: "findSuspects",
      find: "lineIdsOf(seatsOf(booking))",
      replace: "lineIdsOf({ ...seatsOf(booking), lines: 1 })",
    }],
    tests: [ORDER_TESTS],
  },
  {
    name: "a sold-out type refuses its buyers after seats were freed",
    edits: [{ in: "SoldOutMemory", find: "this.#types.delete(eventId);", replace: "" }],
    tests: ["services/booking/peers/sold_out_memory_test.ts"],
  },
  {
    name: "a refusal ignores an earlier booking with the key",
    edits: [{
      in: "existingBookingOrRefuse",
      find: "if (earlier) return earlier;",
      replace: "",
    }],
    tests: [REPLAY_TESTS],
  },
  {
    name: "a request shares a refusal from before it arrived",
    edits: [{
      in: "SharedRuns",
      find: "await other.catch(() => undefined)",
      replace: "await other",
    }],
    tests: [REPLAY_TESTS],
  },
  {
    name: "live: a reader of a stream that is too slow is kept, with all that waits for it",
    edits: [{
      in: "OpenStream",
      find: "} else if (this.#waiting.length < MAX_WAITING) {",
      replace: "} else if (this.#waiting) {",
    }],
    tests: ["shared/http/event_streams_test.ts"],
  },
  {
    name: "live: seats are told again and again, changed or not",
    edits: [{ in: "LiveEvents", find: "if (told.id === watched.last?.id) return;", replace: "" }],
    tests: [LIVE_TESTS],
  },
  {
    name: "live: streams of an event go on for people who may see it no more",
    edits: [{ in: "LiveEvents", find: "if (!isPublic(event)) {", replace: "if (!event) {" }],
    tests: [LIVE_TESTS],
  },
  {
    name: "live: a user's stream tells of another's bookings",
    edits: [{
      in: "LiveBookings",
      find: "this.#takeBookings(watched, changed.get(userId));",
      replace: "this.#takeBookings(watched, read[0][0]);",
    }],
    tests: [OWN_LIVE_TESTS],
  },
  {
    name: "live: newer bookings hide an open hold",
    edits: [{ in: "listChanged", find: "b.is_open OR b.turn <=", replace: "b.turn <=" }, {
      in: "listChanged",
      find: "ORDER BY b.is_open DESC, b.booked_at DESC",
      replace: "ORDER BY b.booked_at DESC",
    }],
    tests: [OWN_LIVE_TESTS],
  },
  {
    name: "live: a hold whose time is up is told of as open",
    edits: [{ in: "LiveBookings", find: "now.getTime() < watched.toldUntilMs", replace: "true" }],
    tests: [OWN_LIVE_TESTS],
  },
  {
    name: "live: a stream outlasts its token",
    edits: [{ in: "LiveBookings", find: "this.#endTokens(now);", replace: "" }],
    tests: [OWN_LIVE_TESTS],
  },
  {
    name: "live: a user may open any number of streams",
    edits: [{
      in: "LiveBookings",
      find: "if (watched.streams.size >= MAX_PER_USER) {",
      replace: "if (false) {",
    }],
    tests: [OWN_LIVE_TESTS],
  },
  {
    name: "live: a process may open any number of streams",
    edits: [{
      in: "EventStreams",
      find: "this.#isClosed || this.#streams.size >= this.#max",
      replace: "this.#isClosed",
    }],
    tests: [OWN_LIVE_TESTS, "shared/http/event_streams_test.ts"],
  },
  {
    name: "live: what other processes change is never looked at",
    edits: [{
      in: "LiveBookings",
      find: "watched.readMs > nowMs - MAX_AGE_MS",
      replace: "watched.readMs > -Infinity",
    }],
    tests: [OWN_LIVE_TESTS],
  },
  {
    name: "languages: mails are in English, whatever the account says",
    edits: [{ in: "mailMessages", find: "MESSAGES[languageOf(language)]", replace: "en" }],
    tests: ["shared/mail/hindi_test.ts"],
  },
  {
    name: "languages: links of mails lead to English pages",
    edits: [{
      in: "sendBookingMail",
      find: "mail.publicUrl + languagePath(languageOf(language))",
      replace: "mail.publicUrl",
    }],
    tests: ["services/booking/mails/mails_test.ts"],
  },
  {
    name: "floods: bookings wait in the line of reads",
    edits: [{
      in: "yieldsToBookings",
      find: 'return service !== "booking" || method === "GET" || method === "HEAD";',
      replace: "return true;",
    }],
    tests: ["services/gateway/floods_test.ts"],
  },
  {
    name: "floods: a line has no end",
    edits: [{
      in: "Admission",
      find: "return lane.queue.length < this.#now(lane.waiting);",
      replace: "return true;",
    }],
    tests: [ADMISSION_TESTS],
  },
  {
    name: "floods: other requests take all of the time amid bookings",
    edits: [{
      in: "Admission",
      find: "if (this.#restOwedMs < MIN_REST_MS) return this.#takeTurn();",
      replace: "return this.#takeTurn();",
    }],
    tests: [ADMISSION_TESTS],
  },
  {
    name: "overload: reservations under way have no bound",
    edits: [{
      in: "LoadLimit",
      find: "&& this.#underWay >= this.#busiest()) return false;",
      replace: "&& this.#underWay < this.#busiest()) return false;",
    }],
    tests: ["services/gateway/floods_test.ts", "shared/http/load_limit_test.ts"],
  },
  {
    name: "overload: a burst of long ago counts for ever",
    edits: [{
      in: "LoadLimit",
      find: "this.#answered[second % REMEMBERED_S] = 0;",
      replace: "this.#answered[second % REMEMBERED_S] ??= 0;",
    }],
    tests: ["shared/http/load_limit_test.ts"],
  },
  {
    name: "overload: payments are refused with reservations",
    edits: [{
      in: "createGatewayApp",
      find: "WISHES.has(target.path) ? wishes : otherChanges;",
      replace: "wishes;",
    }],
    tests: ["services/gateway/floods_test.ts"],
  },
  {
    name: "replicas: requests of an event go to all in turn",
    edits: [{
      in: "ReplicaSet",
      find: "return key === undefined",
      replace: "return key === undefined || true",
    }],
    tests: [BINDING_TESTS],
  },
  {
    name: "replicas: a payment that may have arrived is sent again",
    edits: [{
      in: "askReplica",
      find: "const mayArriveTwice = isWhole && isIdempotent;",
      replace: "const mayArriveTwice = isWhole;",
    }],
    tests: [BINDING_TESTS],
  },
  {
    name: "replicas: a request that reached nobody fails",
    edits: [{
      in: "askReplica",
      find: "mayArriveTwice && arrivals < MAX_ARRIVALS : isWhole;",
      replace: "mayArriveTwice && arrivals < MAX_ARRIVALS : false;",
    }],
    tests: [BINDING_TESTS],
  },
  {
    name: "replicas: requests keep waiting for a silent one",
    edits: [{
      in: "askReplica",
      find: "mayArriveTwice ? AbortSignal.any([signal, silence]) : signal",
      replace: "signal",
    }],
    tests: [BINDING_TESTS],
  },
  {
    name: "replicas: a new address is used before it answers",
    edits: [{
      in: "ReplicaSet",
      find: "replica.isEjected = this.#replicas.length > 0;",
      replace: "",
    }],
    tests: [REPLICA_SET_TESTS],
  },
  {
    name: "replicas: one that failed is used again at once",
    edits: [{
      in: "ReplicaSet",
      find: "const candidates = answering.length > 0 ? answering : left;",
      replace: "const candidates = left;",
    }],
    tests: [REPLICA_SET_TESTS],
  },
];
