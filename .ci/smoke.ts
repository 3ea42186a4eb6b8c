/** A first visit to a platform that `deno task dev` has started: browse, search, buy, look, cancel. */
import assert from "node:assert/strict";

const base = `http://127.0.0.1:${Deno.env.get("GATEWAY_PORT")}`;

async function call<T>(
  method: string,
  path: string,
  options: { token?: string; body?: unknown } = {},
) {
  const response = await fetch(base + path, {
    method,
    headers: {
      ...(options.token ? { Authorization: `Bearer ${options.token}` } : {}),
      ...(options.body ? { "Content-Type": "application/json" } : {}),
    },
    ...(options.body ? { body: JSON.stringify(options.body) } : {}),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}

const { access_token: token } = await call<{ access_token: string }>(
  "POST",
  "/api/user/auth/login",
  {
    body: { email: "user1@example.com", password: "11111111" },
  },
);
const { results } = await call<{ results: { event_id: string; name: string }[] }>(
  "GET",
  "/api/search/search?q=diwalli",
);
const [event] = results;
assert.ok(event, "a misspelt search finds something");
assert.match(event.name, /Diwali/);
const { reservation_id } = await call<{ reservation_id: string }>(
  "POST",
  "/api/booking/bookings/reserve",
  { token, body: { event_id: event.event_id, quantity: 2, idempotency_key: crypto.randomUUID() } },
);
await call("POST", "/api/booking/bookings/confirm", {
  token,
  body: { reservation_id, payment_token: "tok_visa", payment_method: "card" },
});
const booking = await call<{ status: string; event: { name: string } }>(
  "GET",
  `/api/booking/bookings/${reservation_id}`,
  { token },
);
assert.equal(booking.status, "confirmed");
assert.equal(booking.event.name, event.name);
await call("DELETE", `/api/booking/bookings/${reservation_id}`, { token });
