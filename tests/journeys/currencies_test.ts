import assert from "node:assert/strict";
import { eventually, startTestPlatform, type TestPlatform } from "./platform.ts";

const DAY_MS = 24 * 3_600_000;

/**
 * An amount in each currency whose half is no amount: refunds of a half are rounded down, and in KWD up to a hundredth.
 */
const CASES = [
  { currency: "JPY", price: 1_501, second: 801, total: 3_803, half: 1_901 },
  { currency: "KWD", price: 12.505, second: 0.755, total: 25.765, half: 12.89 },
  { currency: "EUR", price: 12.51, second: 0.75, total: 25.77, half: 12.88 },
];

async function publish(
  { call }: TestPlatform,
  { token, currency, price, second }: {
    token: string;
    currency: string;
    price: number;
    second: number;
  },
) {
  const venue = await call("POST", "/api/event/admin/venues", {
    token,
    body: { name: "Hall", address: "1 Street", city: "Yokohama", country: "Japan", capacity: 90 },
  });
  const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
  const created = await call("POST", "/api/event/admin/events", {
    token,
    body: {
      name: `Currency of ${currency}`,
      venue_id: venue.body.venue_id,
      event_type: "coins",
      start_datetime: inDays(40),
      end_datetime: inDays(41),
      total_capacity: 50,
      base_price: price,
      currency,
      refund_policy: [{ hours_before: 1, percent: 50 }],
    },
  });
  assert.equal(created.status, 201, JSON.stringify(created.body));
  const path = `/api/event/admin/events/${created.body.event_id}`;
  const type = await call("POST", `${path}/ticket-types`, {
    token,
    body: { name: "Second", price: second },
  });
  assert.equal(type.status, 201, JSON.stringify(type.body));
  await call("PUT", path, { token, body: { status: "published" } });
  return { path, eventId: created.body.event_id, typeId: type.body.ticket_type_id };
}

Deno.test("currencies of no, two and three decimals are sold, refunded and counted alike", async () => {
  await using platform = await startTestPlatform();
  const { call } = platform;
  const token = await platform.logIn("admin@example.com", { admin: true });
  const buyer = await platform.logIn("user1@example.com");
  for (const { currency, price, second, total, half } of CASES) {
    const { path, eventId, typeId } = await publish(platform, { token, currency, price, second });

    const shown = await call("GET", `/api/event/events/${eventId}`);
    assert.deepEqual([shown.body.base_price, shown.body.price_range, shown.body.currency], [
      price,
      { min: second, max: price },
      currency,
    ]);
    const found = await eventually("the event is found", async () => {
      const { body } = await call("GET", `/api/search/search?q=${currency}&type=coins`);
      return body.results[0];
    });
    assert.deepEqual([found.price_min, found.price_max, found.currency], [second, price, currency]);

    const reserved = await call("POST", "/api/booking/bookings/reserve", {
      token: buyer,
      body: {
        event_id: eventId,
        idempotency_key: crypto.randomUUID(),
        lines: [{ ticket_type_id: eventId, quantity: 2 }, { ticket_type_id: typeId, quantity: 1 }],
      },
    });
    assert.equal(reserved.status, 200, JSON.stringify(reserved.body));
    assert.deepEqual(
      [reserved.body.total_amount, reserved.body.currency, reserved.body.lines[0].total],
      [total, currency, shown.body.base_price * 2],
    );
    assert.deepEqual(reserved.body.refund_if_cancelled_now.amount, half);
    const bookingId = reserved.body.reservation_id;
    const paid = await call("POST", "/api/booking/bookings/confirm", {
      token: buyer,
      body: { reservation_id: bookingId, payment_token: "tok_visa", payment_method: "card" },
    });
    assert.deepEqual([paid.body.payment.amount, paid.body.payment.currency], [total, currency]);
    const cancelled = await call("DELETE", `/api/booking/bookings/${bookingId}`, { token: buyer });
    assert.deepEqual([cancelled.body.refund_amount, cancelled.body.currency], [half, currency]);

    const { body: sales } = await call("GET", `${path}/analytics`, { token });
    assert.deepEqual([sales.gross, sales.refunded, sales.currency], [total, half, currency]);
    const [stored] = await platform.bookingsDb`
      SELECT amount_minor FROM payments WHERE booking_id = ${bookingId}`;
    const scale = { JPY: 1, EUR: 100, KWD: 1_000 }[currency]!;
    assert.equal(stored!.amount_minor, Math.round(total * scale));
  }
});
