import type { Mutant } from "./mutate.ts";

const SEATS_SQL = "migrations/events_db/0005_seat_operations.up.sql";
const LEDGER_SQL = "migrations/events_db/0004_seat_ledger.up.sql";
const CONFIRM = "services/booking/payments/confirm_sql.ts";
const CONFIRM_SQL = "migrations/bookings_db/0002_confirmations.up.sql";
const END = "services/booking/orders/end_sql.ts";
const REFUND = "services/booking/orders/refund.ts";
const SETTLE = "services/booking/payments/settle_confirmation.ts";

const SEAT_TESTS = "services/event/inventory/routes_test.ts";
const CONFIRM_TESTS = "services/booking/orders/confirm_booking_test.ts";
const CANCEL_TESTS = "services/booking/orders/cancel_booking_test.ts";
const TERMS_TESTS = "services/booking/orders/terms_of_sale_test.ts";
const REPLAY_TESTS = "services/booking/orders/replay_test.ts";
const MODEL_TESTS = "tests/models/bookings/model_test.ts";
const STORE_TESTS = "tests/conformance/bookings/conformance_test.ts";
const ATOMIC_TESTS = "services/booking/orders/one_transaction_test.ts";

/** The mistakes that matter most where seats and money are, each in as few characters as it takes. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: "a refresh token that is reused after the grace revokes nothing",
    file: "shared/auth/refresh_store.ts",
    edits: [["    if (!rotation) await this.#revokeReused(token);\n", ""]],
    tests: ["shared/auth/refresh_store_test.ts"],
  },
  {
    name: "wrong passwords count against an e-mail from every address",
    file: "shared/auth/account_limits.ts",
    edits: [["${emailKey(email)} ${clientAddress(c)}", "${emailKey(email)}"]],
    tests: ["services/user/sessions/limits_test.ts"],
  },
  {
    name: "confirm does not recheck that the booking is pending",
    file: CONFIRM_SQL,
    edits: [["       AND status = 'pending'\n", ""]],
    tests: ["tests/races/bookings/crowds_test.ts"],
  },
  {
    name: "confirm does not recheck that the hold lasts",
    file: CONFIRM_SQL,
    edits: [["       AND expires_at > p_now\n", ""]],
    tests: [CONFIRM_TESTS],
  },
  {
    name: "confirm still works in the moment in which the hold ends",
    file: CONFIRM_SQL,
    edits: [["       AND expires_at > p_now\n", "       AND expires_at >= p_now\n"]],
    tests: [CONFIRM_TESTS],
  },
  {
    name: "confirm takes anybody's reservation: no owner filter",
    file: CONFIRM_SQL,
    edits: [["       AND user_id = p_user_id\n", ""]],
    tests: [CONFIRM_TESTS],
  },
  {
    name: "a driver completes a confirmation that is no longer its own",
    file: CONFIRM_SQL,
    edits: [[" AND payment_id = p_payment_id\n    RETURNING", "\n    RETURNING"]],
    tests: [STORE_TESTS],
  },
  {
    name: "an organiser may change anybody's event: no owner filter",
    file: "services/event/events/event_changes_sql.ts",
    edits: [[
      "owner === undefined ? tx`` : tx`AND e.created_by = ${owner}`",
      "owner === undefined ? tx`` : tx``",
    ]],
    tests: ["services/event/events/routes_test.ts"],
  },
  {
    name: "seats are sold without a look at their state",
    file: SEATS_SQL,
    edits: [[
      "       AND a.state = 'held'\n       AND a.expires_at > p_now\n       AND sells",
      "       AND a.expires_at > p_now\n       AND sells",
    ]],
    tests: [SEAT_TESTS, "tests/linearizability/seats_test.ts"],
  },
  {
    name: "seats are sold after their hold has ended",
    file: SEATS_SQL,
    edits: [["       AND a.expires_at > p_now\n       AND sells", "       AND sells"]],
    tests: [SEAT_TESTS],
  },
  {
    name: "seats of a cancelled event are sold",
    file: SEATS_SQL,
    edits: [["       AND sells\n", ""]],
    tests: [SEAT_TESTS, MODEL_TESTS],
  },
  {
    name: "release runs twice",
    file: SEATS_SQL,
    edits: [[
      "AND a.state = 'sold' AND a.source <> 'direct'",
      "AND a.source <> 'direct'",
    ]],
    tests: [SEAT_TESTS],
  },
  {
    name: "a hold that meets a replay counts its seats again",
    file: SEATS_SQL,
    edits: [[
      "    total_seats := total_seats + taken_seats;",
      "    total_seats := total_seats + (SELECT coalesce(sum(p_quantities[i]), 0) FROM unnest(pick) AS i);",
    ]],
    tests: [SEAT_TESTS],
  },
  {
    name: "a hold of the public does not ask for the waitlist",
    file: SEATS_SQL,
    edits: [
      ["    WHEN inv.waitlist_open THEN 0\n", "    WHEN inv.waitlist_open THEN inv.set_aside\n"],
      [
        "CASE p_source WHEN 'waitlist' THEN 'set_aside' ELSE 'available' END, 'held'",
        "CASE WHEN p_source = 'waitlist' OR inv.waitlist_open THEN 'set_aside' ELSE 'available' END, 'held'",
      ],
    ],
    tests: [SEAT_TESTS],
  },
  {
    name: "seats that come free while a waitlist is open go to the public",
    file: SEATS_SQL,
    edits: [[
      "  freed_to := CASE WHEN inv.waitlist_open THEN 'set_aside' ELSE 'available' END;",
      "  freed_to := 'available';",
    ]],
    tests: [SEAT_TESTS],
  },
  {
    name: "a hold that has ended is extended",
    file: SEATS_SQL,
    edits: [[
      "       AND a.state = 'held'\n       AND a.expires_at > p_now;\n",
      "       AND a.state = 'held';\n",
    ]],
    tests: [SEAT_TESTS],
  },
  {
    name: "an event may shrink below what is held",
    file: SEATS_SQL,
    edits: [["p_capacity >= inv.held + inv.sold", "p_capacity >= inv.sold"]],
    tests: ["services/event/events/event_status_test.ts", MODEL_TESTS],
  },
  {
    name: "a commit tells the number before its own",
    file: SEATS_SQL,
    edits: [[
      "    inv := transfer_seats(inv, 'commit', 'held', 'sold', seats, sold_ids, quantities);\n  END IF;",
      "    PERFORM transfer_seats(inv, 'commit', 'held', 'sold', seats, sold_ids, quantities);\n  END IF;",
    ]],
    tests: ["tests/linearizability/seats_test.ts"],
  },
  {
    name: "a transfer leaves no ledger entry",
    file: LEDGER_SQL,
    edits: [[
      "  PERFORM record_transfer(inv, p_operation, p_debit, p_credit, p_seats, p_allocation_ids, p_quantities);\n",
      "",
    ]],
    tests: [SEAT_TESTS],
  },
  {
    name: "the seats of several events are locked in the order in which they were asked for",
    file: "services/event/inventory/seats_sql.ts",
    edits: [
      [
        "expiries, place)\n       ORDER BY b.event_id, b.place\n",
        "expiries, place)\n       ORDER BY b.place\n",
      ],
    ],
    tests: ["tests/races/seats/lock_order_test.ts"],
  },
  {
    name: "the event is locked before its inventory",
    file: "services/event/events/update_event.ts",
    edits: [
      ["  const taken = dependsOnSeats(request) ? await lockInventory(tx, scope) : 0;\n", ""],
      [
        "  const stored = await lockEvent(tx, scope);\n",
        "  const stored = await lockEvent(tx, scope);\n" +
        "  const taken = dependsOnSeats(request) ? await lockInventory(tx, scope) : 0;\n",
      ],
    ],
    tests: ["tests/races/seats/lock_order_test.ts"],
  },
  {
    name: "an event's outbox row is written outside of its transaction",
    file: "services/event/events/update_event.ts",
    edits: [
      ["applyUpdate(tx, { scope,", "applyUpdate(tx, { sql, scope,"],
      [
        "  { scope, request, now }: { scope",
        "  { sql, scope, request, now }: { sql: unknown; scope",
      ],
      ["await enqueueCancelBookings(tx, {", "await enqueueCancelBookings(sql as never, {"],
    ],
    tests: ["services/event/events/run_event_outbox_test.ts"],
  },
  {
    name: "any organiser changes any venue",
    file: "services/event/venues/venues_sql.ts",
    edits: [[
      "return owner === undefined ? sql`` : sql`AND created_by = ${owner}`;",
      "return sql``;",
    ]],
    tests: ["services/event/venues/routes_test.ts"],
  },
  {
    name: "a raised capacity is not told in the process that raised it",
    file: "services/event/events/update_event.ts",
    edits: [["  seatNews.tell(eventId, { available_seats, seq });\n", ""]],
    tests: ["services/booking/orders/known_at_once_test.ts"],
  },
  {
    name: "a booking's outbox rows are written outside of its transaction",
    file: END,
    edits: [[
      "      ), messages AS (${cancellationMessages(sql, now)}), voided AS (${voidedPayments(sql, now)})\n" +
      "      SELECT ${bookingColumns(sql)} FROM b`,\n    toBooking,\n  );",
      "      ), voided AS (${voidedPayments(sql, now)})\n      SELECT ${bookingColumns(sql)} FROM b`,\n    toBooking,\n" +
      "  ).then(async (booking) => {\n" +
      "    await sql`WITH b AS (SELECT * FROM bookings WHERE booking_id = ${booking?.bookingId ?? null})\n" +
      "      ${cancellationMessages(sql, now)}`;\n" +
      "    return booking;\n  });",
    ]],
    tests: [ATOMIC_TESTS],
  },
  {
    name: "a refund goes by the terms of the day, not by those of the sale",
    file: REFUND,
    edits: [["return current ? [kept, current] : [kept];", "return [current ?? kept];"]],
    tests: [TERMS_TESTS],
  },
  {
    name: "buyers cancel after the event has ended",
    file: REFUND,
    edits: [["if (current && current.endsAt <= now) return undefined;", ""]],
    tests: [TERMS_TESTS],
  },
  {
    name: "takings forget what was kept of cancelled bookings",
    file: "services/booking/orders/takings_sql.ts",
    edits: [[
      "WHERE b.event_id = ${eventId}",
      "WHERE b.event_id = ${eventId} AND b.status = 'confirmed'",
    ]],
    tests: ["services/booking/orders/takings_test.ts"],
  },
  {
    name: "a refund is twice what is owed",
    file: END,
    edits: [["'amount_minor', b.refund_minor,", "'amount_minor', b.refund_minor * 2,"]],
    tests: [CANCEL_TESTS],
  },
  {
    name: "a refund that is delivered again is made again",
    file: "services/booking/outbox/deliver_outbox.ts",
    edits: [[
      "payments.refund({ refundId: outboxId,",
      "payments.refund({ refundId: outboxId + crypto.randomUUID(),",
    ]],
    tests: [CANCEL_TESTS],
  },
  {
    name: "the buyers of a cancelled event get what their own cancelling would give them",
    file: END,
    edits: [[
      "cancelledColumns(sql, { now, percent: 100 })",
      "cancelledColumns(sql, { now, percent: 0 })",
    ]],
    tests: [CANCEL_TESTS],
  },
  {
    name: "a cancelled event forgets who is just paying",
    file: END,
    edits: [["(status IN ('confirmed', 'confirming') OR", "(status = 'confirmed' OR"]],
    tests: [CANCEL_TESTS],
  },
  {
    name: "a hold that ends in this moment is not expired",
    file: END,
    edits: [[
      "WHERE status = 'pending' AND expires_at <= ${due}",
      "WHERE status = 'pending' AND expires_at < ${due}",
    ]],
    tests: [MODEL_TESTS, "tests/races/bookings/pairs_test.ts"],
  },
  {
    name: "money is taken before the seats are sold",
    file: SETTLE,
    edits: [
      ["  await payments.capture({ paymentId, transactionId });\n", ""],
      [
        "  const sold = await",
        "  await payments.capture({ paymentId, transactionId });\n  const sold = await",
      ],
    ],
    tests: [CONFIRM_TESTS],
  },
  {
    name: "the payment of lost seats is not voided",
    file: CONFIRM,
    edits: [[
      "           ('release_seats', '{}'::jsonb),\n           ('void_payment', jsonb_build_object('payment_id', b.payment_id))\n",
      "           ('release_seats', '{}'::jsonb)\n",
    ]],
    tests: [CONFIRM_TESTS],
  },
  {
    name: "a hold may end while its buyer pays",
    file: SETTLE,
    edits: [[
      "if (expiresAt.getTime() - nowMs > PAYMENT_WINDOW_MS) return true;",
      "if (expiresAt.getTime() - nowMs > 0) return true;",
    ]],
    tests: [CONFIRM_TESTS],
  },
  {
    name: "an idempotency key is everybody's",
    file: "services/booking/orders/booking.ts",
    edits: [[
      "deriveId(BOOKING_NAMESPACE, userId, idempotencyKey)",
      "deriveId(BOOKING_NAMESPACE, idempotencyKey)",
    ]],
    tests: [REPLAY_TESTS],
  },
  {
    name: "a key is answered whatever it is used for",
    file: "services/booking/orders/reservation.ts",
    edits: [[
      "  if (booking.eventId !== eventId || booking.quantity !== quantity) {",
      "  if (booking.eventId !== eventId) {",
    ]],
    tests: [REPLAY_TESTS, MODEL_TESTS],
  },
  {
    name: "a refusal is the last word, whoever asks",
    file: "services/booking/orders/existing_reservation.ts",
    edits: [[
      "  const earlier = await deps.bookings.findEarlier(allocationId);\n  if (earlier) return earlier;\n",
      "",
    ]],
    tests: [REPLAY_TESTS],
  },
  {
    name: "a refusal is shared with a request that came after it was looked for",
    file: "services/booking/orders/shared_runs.ts",
    edits: [["this.#running.get(key)?.catch(() => undefined)", "this.#running.get(key)"]],
    tests: [REPLAY_TESTS],
  },
];
