import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { jsonRequest, readAnswer, TEST_INTERNAL_KEY } from "@evently/shared/testing";
import { DECLINED_TOKEN } from "./payments/mock.ts";
import { ACTION_TOKEN } from "./payments/mock.ts";
import { RecordingProvider } from "./testing/recording_provider.ts";
import { createWorld, type World } from "./testing/world.ts";

/** A call as a client makes it; the answer's body parsed. */
async function call(
  world: World,
  method: string,
  path: string,
  { userId, body, headers = {} }: {
    userId?: string;
    body?: unknown;
    headers?: Record<string, string>;
  } = {},
) {
  const token = userId && await world.context.tokens.issueForUser(userId);
  const request = jsonRequest(method, `http://booking.test${path}`, { token, body, headers });
  const { body: answer, ...rest } = await readAnswer(world.app.request(request));
  return { answer, ...rest };
}

/** The terms of sale in an answer. */
function termsIn(answer: Record<string, unknown>) {
  const { refund_policy, sold_with_start, refund_if_cancelled_now } = answer;
  return { refund_policy, sold_with_start, refund_if_cancelled_now };
}

const HOUR_MS = 3_600_000;
const RESERVE = "/api/v1/bookings/reserve";
const CONFIRM = "/api/v1/bookings/confirm";

Deno.test("a booking is reserved, confirmed, read, listed, shown as a ticket and cancelled", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 10 });
  const userId = newId();

  const reserved = await call(world, "POST", RESERVE, {
    userId,
    body: { event_id: eventId, quantity: 2, idempotency_key: "k" },
  });
  assert.equal(reserved.status, 200);
  const { reservation_id } = reserved.answer;
  assert.deepEqual(Object.keys(reserved.answer), [
    "reservation_id",
    "booking_reference",
    "expires_at",
    "total_amount",
    "currency",
    "status",
    "refund_policy",
    "sold_with_start",
    "refund_if_cancelled_now",
    "lines",
  ]);
  assert.equal(reserved.answer.total_amount, 3000);
  const startMs = world.clock.now().getTime() + 30 * 24 * HOUR_MS;
  const terms = {
    refund_policy: [{ hours_before: 24, percent: 100 }, { hours_before: 2, percent: 50 }],
    sold_with_start: new Date(startMs).toISOString(),
    refund_if_cancelled_now: {
      amount: 3000,
      percent: 100,
      until: new Date(startMs - 24 * HOUR_MS).toISOString(),
      next_percent: 50,
    },
  };
  assert.deepEqual(termsIn(reserved.answer), terms);

  const pending = await call(world, "GET", `/api/v1/bookings/${reservation_id}`, { userId });
  assert.equal(pending.answer.status, "pending");
  assert.equal(pending.answer.expires_at, reserved.answer.expires_at);
  assert.ok(!("ticket_url" in pending.answer));
  assert.deepEqual(termsIn(pending.answer), terms);

  const confirmed = await call(world, "POST", CONFIRM, {
    userId,
    body: { reservation_id, payment_token: "tok_visa", payment_method: "card" },
  });
  assert.equal(confirmed.status, 200);
  assert.equal(confirmed.answer.status, "confirmed");
  assert.match(confirmed.answer.payment.transaction_id, /^txn_/);
  assert.equal(confirmed.answer.payment.amount, 3000);
  assert.deepEqual(termsIn(confirmed.answer), terms);

  const { answer } = await call(world, "GET", `/api/v1/bookings/${reservation_id}`, { userId });
  assert.deepEqual(answer.event.name, "Diwali Night");
  assert.deepEqual(answer.event.venue, "Shaniwar Wada");
  assert.equal(answer.event_name, answer.event.name);
  assert.deepEqual([answer.timezone, answer.event.timezone], ["Asia/Kolkata", "Asia/Kolkata"]);
  assert.equal(answer.payment_status, "completed");
  assert.equal(answer.ticket_url, confirmed.answer.ticket_url);
  assert.deepEqual(termsIn(answer), terms);

  const list = await call(world, "GET", `/api/v1/bookings/user/${userId}?page=-1&limit=1000`, {
    userId,
  });
  assert.deepEqual(list.answer, {
    bookings: [answer],
    total: 1,
    page: 1,
    limit: 100,
    total_pages: 1,
  });

  const ticketPath = answer.ticket_url.replace("/api/booking", "/api/v1");
  const { answer: ticket } = await call(world, "GET", ticketPath);
  assert.deepEqual([ticket.status, ticket.event.timezone], ["valid", "Asia/Kolkata"]);

  const cancelled = await call(world, "DELETE", `/api/v1/bookings/${reservation_id}`, { userId });
  assert.deepEqual(cancelled.answer, {
    message: "Booking cancelled successfully",
    refund_status: "processed",
    refund_amount: 3000,
    currency: "INR",
  });
  assert.equal((await call(world, "GET", ticketPath)).answer.status, "cancelled");
  const after = await call(world, "GET", `/api/v1/bookings/${reservation_id}`, { userId });
  assert.deepEqual(termsIn(after.answer), { ...terms, refund_if_cancelled_now: undefined });
  await world.drainOutbox();
  await world.assertInvariants();
});

Deno.test("GET /bookings/{id} shows the refund by the better of sold and present terms", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ startsInMs: 12 * HOUR_MS });
  const reservation = await world.reserve({ eventId });
  await world.confirm(reservation);
  const startDatetime = new Date(world.clock.now().getTime() + 300 * HOUR_MS).toISOString();
  const endDatetime = new Date(world.clock.now().getTime() + 303 * HOUR_MS).toISOString();
  const refundPolicy = [{ hours_before: 0, percent: 0 }];
  await world.organiser.change(eventId, {
    start_datetime: startDatetime,
    end_datetime: endDatetime,
    refund_policy: refundPolicy,
  });

  const path = `/api/v1/bookings/${reservation.bookingId}`;
  const { answer } = await call(world, "GET", path, reservation);
  assert.deepEqual(answer.refund_policy, reservation.terms.refundPolicy);
  assert.equal(answer.sold_with_start, reservation.terms.startsAt.toISOString());
  assert.equal(answer.refund_if_cancelled_now.percent, 100);
  const cancelled = await call(world, "DELETE", path, reservation);
  assert.equal(cancelled.answer.refund_amount, answer.refund_if_cancelled_now.amount);
});

Deno.test("DELETE /bookings/{id} answers 409 after the event ended, and offers no refund", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ startsInMs: HOUR_MS });
  const reservation = await world.reserve({ eventId });
  await world.confirm(reservation);
  world.clock.advance(3 * HOUR_MS);
  const path = `/api/v1/bookings/${reservation.bookingId}`;
  const { answer } = await call(world, "GET", path, reservation);
  assert.equal(answer.refund_if_cancelled_now, undefined);
  const refused = await call(world, "DELETE", path, reservation);
  assert.equal(refused.status, 409);
  assert.match(refused.answer.error, /^Cannot cancel booking as the event has ended: /);
});

Deno.test("a reservation is shown as expired as soon as its hold has ended", async () => {
  await using world = await createWorld();
  const { bookingId, userId } = await world.reserve({ eventId: await world.createEvent() });
  world.clock.advance(300_000);
  const path = `/api/v1/bookings/${bookingId}`;
  const { answer } = await call(world, "GET", path, {
    userId,
  });
  assert.equal(answer.status, "expired");
  const expired = await call(world, "POST", `${path}/expire`, { userId });
  assert.deepEqual(expired.answer, { message: "Reservation expired successfully" });
  assert.equal((await call(world, "POST", `${path}/expire`, { userId })).status, 409);
});

Deno.test("user routes answer 401 without a token and 403 to another user", async () => {
  await using world = await createWorld();
  const { bookingId, userId } = await world.reserve({ eventId: await world.createEvent() });
  const routes = [
    ["POST", RESERVE, 400],
    ["POST", CONFIRM, 400],
    ["GET", `/api/v1/bookings/${bookingId}`, 403],
    ["DELETE", `/api/v1/bookings/${bookingId}`, 403],
    ["POST", `/api/v1/bookings/${bookingId}/expire`, 403],
    ["POST", `/api/v1/bookings/${bookingId}/extend`, 403],
    ["GET", `/api/v1/bookings/user/${userId}`, 403],
  ] as const;
  for (const [method, path, status] of routes) {
    const refused = await call(world, method, path);
    assert.equal(refused.status, 401, path);
    assert.equal(refused.answer.error, "Unauthorized: missing or invalid authorization header");
    const foreign = await call(world, method, path, {
      userId: newId(),
      ...(method === "POST" ? { body: {} } : {}),
    });
    assert.equal(foreign.status, status, path);
    assert.ok(!JSON.stringify(foreign.answer).includes(userId));
  }
});

Deno.test("POST /bookings/reserve answers 400 with field and rule, and takes no seats", async () => {
  await using world = await createWorld({ attemptsPerMinute: 0 });
  const eventId = await world.createEvent();
  const required = "event_id, quantity, and idempotency_key are required";
  const good = { event_id: eventId, quantity: 1, idempotency_key: "k" };
  const cases: [unknown, string][] = [
    ["{", "Invalid JSON in request body"],
    ["", "Invalid JSON in request body"],
    ["[]", "Request body must be a JSON object"],
    [{}, required],
    [{ ...good, event_id: undefined }, required],
    [{ ...good, quantity: null }, required],
    [{ ...good, idempotency_key: "" }, required],
    [{ ...good, idempotency_key: undefined }, required],
    [{ ...good, event_id: "x" }, "Invalid event_id format"],
    [{ ...good, event_id: newId() }, "Event not found or not available for booking"],
    [
      { ...good, event_id: "00000000-0000-0000-0000-000000000000" },
      "Event not found or not available for booking",
    ],
    [{ ...good, quantity: "2" }, "quantity must be a whole number"],
    [{ ...good, quantity: 1.5 }, "quantity must be a whole number"],
    [{ ...good, quantity: -1 }, "quantity must be at least 1"],
    [{ ...good, quantity: 0 }, "quantity must be at least 1"],
    [{ ...good, quantity: 11 }, "Maximum 10 tickets allowed per booking"],
    [{ ...good, quantity: 1e300 }, "quantity must be a whole number"],
    [{ ...good, quantity: 3_000_000_000 }, "quantity must be at most 2147483647"],
    [{ ...good, idempotency_key: "a\u0000b" }, "idempotency_key must not contain NUL characters"],
    ...["\ud800", "\ud801", "a\udc00"].map((idempotencyKey): [unknown, string] => [
      { ...good, idempotency_key: idempotencyKey },
      "idempotency_key must not contain half a surrogate pair",
    ]),
    [{ ...good, idempotency_key: "\u200b" }, required],
    [
      { ...good, idempotency_key: "x".repeat(256) },
      "idempotency_key must have at most 255 characters",
    ],
    [{ ...good, idempotency_key: 5 }, "idempotency_key must be a string"],
  ];
  for (const [body, error] of cases) {
    const { status, answer } = await call(world, "POST", RESERVE, { userId: newId(), body });
    assert.deepEqual([status, answer.error], [400, error], JSON.stringify(body));
  }
  assert.equal(await world.availableSeats(eventId), 100);
  assert.equal((await world.bookingsDb`SELECT FROM bookings`).length, 0);
});

Deno.test("POST /bookings/reserve accepts the Idempotency-Key header", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const userId = newId();
  const headers = { "Idempotency-Key": "k" };
  const body = { event_id: eventId, quantity: 1 };
  const first = await call(world, "POST", RESERVE, { userId, body, headers });
  const second = await call(world, "POST", RESERVE, {
    userId,
    body: { ...body, idempotency_key: "k" },
  });
  assert.equal(first.status, 200);
  assert.deepEqual(second.answer, first.answer);
});

Deno.test("POST /bookings/reserve distinguishes similar keys", async () => {
  await using world = await createWorld({ attemptsPerMinute: 0 });
  const eventId = await world.createEvent();
  const userId = newId();
  const ids = new Set();
  for (const idempotencyKey of ["é", "e\u0301", "e\u200b", "\ufffd"]) {
    const body = { event_id: eventId, quantity: 1, idempotency_key: idempotencyKey };
    ids.add((await call(world, "POST", RESERVE, { userId, body })).answer.reservation_id);
  }
  assert.equal(ids.size, 4);
});

Deno.test("POST /bookings/reserve answers 409, 422 and 429", async () => {
  await using world = await createWorld({ attemptsPerMinute: 2 });
  const eventId = await world.createEvent({ capacity: 1 });
  const userId = newId();
  const reserve = (quantity: number, idempotencyKey: string) =>
    call(world, "POST", RESERVE, {
      userId,
      body: { event_id: eventId, quantity, idempotency_key: idempotencyKey },
    });
  const first = await reserve(1, "a");
  assert.equal(first.headers.get("RateLimit-Remaining"), "1");
  const soldOut = await reserve(1, "b");
  assert.deepEqual([soldOut.status, soldOut.answer.error], [409, "Not enough seats available"]);
  assert.equal((await reserve(2, "a")).status, 422);
  const limited = await reserve(1, "c");
  assert.deepEqual([limited.status, limited.answer.error], [
    429,
    "Too many booking attempts. Please try again later.",
  ]);
  assert.ok(Number(limited.headers.get("Retry-After")) > 0);
  assert.deepEqual((await reserve(1, "a")).answer, first.answer);
});

Deno.test("POST /bookings/confirm answers 400, 402, 403 and 409", async () => {
  await using world = await createWorld();
  const { bookingId, userId } = await world.reserve({ eventId: await world.createEvent() });
  const good = { reservation_id: bookingId, payment_token: "tok", payment_method: "card" };
  const confirm = (body: unknown, as = userId) =>
    call(world, "POST", CONFIRM, { userId: as, body });
  const required = "reservation_id, payment_token, and payment_method are required";
  for (const missing of Object.keys(good)) {
    const { status, answer } = await confirm({ ...good, [missing]: undefined });
    assert.deepEqual([status, answer.error], [400, required], missing);
  }
  assert.equal((await confirm({ ...good, reservation_id: "x" })).status, 400);
  const unknown = await confirm({ ...good, reservation_id: newId() });
  assert.deepEqual([unknown.status, unknown.answer.error], [
    400,
    "Reservation not found or expired",
  ]);
  const foreign = await confirm(good, newId());
  assert.deepEqual([foreign.status, foreign.answer.error], [
    403,
    "Reservation does not belong to authenticated user",
  ]);
  assert.equal((await confirm({ ...good, payment_token: DECLINED_TOKEN })).status, 402);
  assert.equal((await confirm(good)).status, 200);
  const again = await confirm({ ...good, payment_token: "tok_other" });
  assert.deepEqual([again.status, again.answer.error], [409, "Booking is not in pending state"]);
});

Deno.test("POST /bookings/confirm repeats: 503 during the payment, then the same 200", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const { bookingId, userId } = await world.reserve({ eventId: await world.createEvent() });
  const body = { reservation_id: bookingId, payment_token: "tok", payment_method: "card" };
  const confirm = () => call(world, "POST", CONFIRM, { userId, body });
  payments.beforeAuthorise = async () => {
    const { status, answer, headers } = await confirm();
    assert.deepEqual([status, answer.code], [503, "PAYMENT_IN_PROGRESS"]);
    assert.ok(Number(headers.get("Retry-After")) > 0);
  };
  const first = await confirm();
  assert.equal(first.status, 200);
  const again = await confirm();
  assert.deepEqual([again.status, again.answer], [200, first.answer]);
});

Deno.test("POST /bookings/confirm answers 202 with the next action, and 200 after it", async () => {
  const payments = new RecordingProvider();
  await using world = await createWorld({ payments });
  const { bookingId, userId } = await world.reserve({ eventId: await world.createEvent() });
  const body = { reservation_id: bookingId, payment_token: ACTION_TOKEN, payment_method: "card" };
  const confirm = () => call(world, "POST", CONFIRM, { userId, body });
  const waiting = await confirm();
  assert.equal(waiting.status, 202);
  assert.deepEqual(Object.keys(waiting.answer), ["status", "next_action"]);
  assert.equal(waiting.answer.status, "requires_action");
  assert.match(waiting.answer.next_action.url, /^https:/);
  const { answer } = await call(world, "GET", `/api/v1/bookings/${bookingId}`, { userId });
  assert.deepEqual([answer.status, answer.payment_status], ["pending", "pending"]);
  payments.buyerHasActed = true;
  assert.equal((await confirm()).status, 200);
});

Deno.test("POST /bookings/confirm needs no payment for a free booking", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ priceMinor: 0 });
  for (const payment of [{}, { payment_token: "", payment_method: null }]) {
    const { bookingId, userId } = await world.reserve({ eventId });
    const body = { reservation_id: bookingId, ...payment };
    const { status, answer } = await call(world, "POST", CONFIRM, { userId, body });
    assert.equal(status, 200, JSON.stringify(answer));
    const { transaction_id, ...free } = answer.payment;
    assert.match(transaction_id, /^txn_free_/);
    assert.deepEqual(free, { status: "completed", amount: 0, currency: "INR" });
  }
});

Deno.test("POST /bookings/{id}/extend answers 200, 400, 404 and 409", async () => {
  await using world = await createWorld();
  const { bookingId, userId, expiresAt } = await world.reserve({
    eventId: await world.createEvent(),
  });
  const path = `/api/v1/bookings/${bookingId}`;
  const extend = (of = path) => call(world, "POST", `${of}/extend`, { userId });
  const extended = await extend();
  assert.deepEqual([extended.status, Object.keys(extended.answer)], [200, ["expires_at"]]);
  assert.ok(new Date(extended.answer.expires_at) > expiresAt);
  const { answer } = await call(world, "GET", path, { userId });
  assert.equal(answer.expires_at, extended.answer.expires_at);
  const again = await extend();
  assert.deepEqual([again.status, again.answer.error], [409, "Reservation was extended already"]);
  assert.equal((await extend(`/api/v1/bookings/${newId()}`)).status, 404);
  world.clock.set(new Date(answer.expires_at));
  const late = await extend();
  assert.deepEqual([late.status, late.answer.error], [400, "Reservation not found or expired"]);
});

Deno.test("check-availability and reserve agree to the millisecond on what is on sale", async () => {
  await using world = await createWorld();
  const startsInMs = 500;
  const eventId = await world.createEvent({ capacity: 2, startsInMs });
  const ask = async () => {
    const path = `/api/v1/bookings/check-availability?event_id=${eventId}&quantity=1`;
    const { status, answer } = await call(world, "GET", path);
    const reserved = await call(world, "POST", RESERVE, {
      userId: newId(),
      body: { event_id: eventId, quantity: 1, idempotency_key: newId() },
    });
    return [status, answer.error ?? answer.available, reserved.status, reserved.answer.error];
  };
  assert.deepEqual(await ask(), [200, true, 200, undefined]);
  world.clock.advance(startsInMs - 1);
  assert.deepEqual(await ask(), [200, true, 200, undefined]);
  // Sold out is on sale, and is remembered for a moment, but not beyond the start.
  const soldOut = [409, "Not enough seats available"];
  assert.deepEqual((await ask()).slice(2), soldOut);
  assert.deepEqual((await ask()).slice(2), soldOut);
  const notOnSale = "Event not found or not available for booking";
  world.clock.advance(1);
  assert.deepEqual(await ask(), [404, notOnSale, 400, notOnSale]);
  world.clock.advance(24 * 3_600_000);
  assert.deepEqual(await ask(), [404, notOnSale, 400, notOnSale]);
});

Deno.test("GET /bookings/check-availability answers 200 and 400", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 3, max: 2 });
  const ask = (query: string) => call(world, "GET", `/api/v1/bookings/check-availability?${query}`);
  assert.deepEqual((await ask(`event_id=${eventId}&quantity=2`)).answer, {
    available: true,
    available_seats: 3,
    max_per_booking: 2,
    base_price: 1500,
    currency: "INR",
  });
  await world.reserve({ eventId, quantity: 2 });
  world.clock.advance(1_000);
  assert.equal((await ask(`event_id=${eventId}&quantity=2`)).answer.available, false);
  const cases = [
    ["", 400, "event_id and quantity are required"],
    [`event_id=${eventId}`, 400, "event_id and quantity are required"],
    ["event_id=x&quantity=1", 400, "Invalid event_id format"],
    [`event_id=${eventId}&quantity=0`, 400, "Invalid quantity"],
    [`event_id=${eventId}&quantity=-1`, 400, "Invalid quantity"],
    ...["x", "01", "1e0", "%201", "+1", "1.5", "9".repeat(20)].map((
      quantity,
    ): [string, number, string] => [
      `event_id=${eventId}&quantity=${quantity}`,
      400,
      "Invalid quantity",
    ]),
    [`event_id=${newId()}&quantity=1`, 404, "Event not found or not available for booking"],
  ] as const;
  for (const [query, status, error] of cases) {
    const refused = await ask(query);
    assert.deepEqual([refused.status, refused.answer.error], [status, error], query);
  }
});

Deno.test("malformed and unknown ids, unknown routes and wrong methods get errors", async () => {
  await using world = await createWorld();
  const userId = newId();
  const cases = [
    ["GET", "/api/v1/bookings/x", 400, "Invalid booking ID format"],
    ["GET", `/api/v1/bookings/${newId()}`, 404, "Booking not found"],
    ["DELETE", `/api/v1/bookings/${newId()}`, 404, "Booking not found"],
    ["GET", `/api/v1/bookings/user/${userId}?page=x`, 400, "page must be a number"],
    ["GET", "/api/v1/tickets/guessed", 404, "Booking not found"],
    ["GET", "/api/v1/nothing", 404, "Route not found"],
    ["GET", RESERVE.replace("reserve", "reserve/x"), 404, "Route not found"],
  ] as const;
  for (const [method, path, status, error] of cases) {
    const { status: got, answer } = await call(world, method, path, { userId });
    assert.deepEqual([got, answer.error], [status, error], path);
    assert.equal(typeof answer.request_id, "string");
  }
  const wrong = await call(world, "PUT", "/api/v1/tickets/x", { userId, body: {} });
  assert.equal(wrong.status, 405);
  assert.equal(wrong.headers.get("Allow"), "GET, HEAD, OPTIONS");
});

Deno.test("internal routes require the API key", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const { bookingId } = await world.reserve({ eventId });
  const path = `/internal/bookings/${bookingId}`;
  const none = await call(world, "GET", path);
  assert.deepEqual([none.status, none.answer.error], [401, "Missing or invalid API key"]);
  const wrong = await call(world, "GET", path, { headers: { "X-API-Key": "guess" } });
  assert.deepEqual([wrong.status, wrong.answer.error], [403, "Invalid API key"]);
  const headers = { Authorization: `ApiKey ${TEST_INTERNAL_KEY}` };
  assert.equal((await call(world, "GET", path, { headers })).answer.booking_id, bookingId);
  const active = await call(world, "GET", "/internal/bookings/activity", { headers });
  assert.deepEqual(active.answer, { events: [{ event_id: eventId, bookings: 1 }] });
  const forced = await call(world, "POST", "/internal/bookings/force-expire-all", { headers });
  assert.deepEqual(forced.answer, {
    message: "Force expired all pending reservations",
    processed: 1,
    total: 1,
  });
  const due = await call(world, "POST", "/internal/bookings/expire-reservations", { headers });
  assert.deepEqual(due.answer, { processed: 0, total: 0 });
});

Deno.test("health and readiness report the state of the stores", async () => {
  await using world = await createWorld({
    adapt: () => ({ pingRedis: () => Promise.reject(new Error("gone")) }),
  });
  assert.deepEqual((await call(world, "GET", "/healthz")).answer, { status: "healthy" });
  const { status, answer } = await call(world, "GET", "/health/ready");
  assert.deepEqual([status, answer.error], [503, "Redis not ready"]);
});

Deno.test("POST /bookings/reserve answers 409 with the buyer's own open holds", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 1 });
  const userId = newId();
  const reserve = (buyer: string) =>
    call(world, "POST", RESERVE, {
      userId: buyer,
      body: { event_id: eventId, quantity: 1, idempotency_key: newId() },
    });
  const { answer: { reservation_id, booking_reference, expires_at } } = await reserve(userId);
  const own = await reserve(userId);
  assert.equal(own.status, 409);
  assert.equal(own.answer.error, "Not enough seats available");
  assert.deepEqual(own.answer.own_holds, [
    { reservation_id, booking_reference, quantity: 1, expires_at },
  ]);
  const other = await reserve(newId());
  assert.equal(other.status, 409);
  assert.ok(!("own_holds" in other.answer));
});
