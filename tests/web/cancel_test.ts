import assert from "node:assert/strict";
import { dataOf } from "../journeys/platform.ts";
import { organiserOf } from "./organiser.ts";
import { type Person, webSuite, type WebTest } from "./suite.ts";

const suite = webSuite();
const HOUR_MS = 3_600_000;
const PRICE = 250;

/** Two paid tickets of a new event that starts in so many hours. */
async function bookingOf(t: WebTest, person: Person, hours: number): Promise<string> {
  const startsAt = Date.now() + hours * HOUR_MS;
  const eventId = await (await organiserOf(t.platform)).event({
    price: PRICE,
    start_datetime: new Date(startsAt).toISOString(),
    end_datetime: new Date(startsAt + 3 * HOUR_MS).toISOString(),
  });
  const { api } = t.platform;
  const headers = { Authorization: `Bearer ${person.token}` };
  const { reservation_id } = await dataOf(api.POST("/api/booking/bookings/reserve", {
    headers,
    body: { event_id: eventId, quantity: 2, idempotency_key: crypto.randomUUID() },
  }));
  const payment = { payment_token: "tok_visa", payment_method: "card" };
  await dataOf(
    api.POST("/api/booking/bookings/confirm", { headers, body: { reservation_id, ...payment } }),
  );
  return reservation_id;
}

const STEPS = [
  { hours: 72, refund: 500, shown: "₹500" },
  { hours: 10, refund: 250, shown: "₹250" },
  { hours: 1, refund: 0, shown: "Nothing" },
];

for (const { hours, refund, shown } of STEPS) {
  suite.test(`${hours} hours before the start the refund shown is the refund made`, async (t) => {
    const person = await t.person();
    const id = await bookingOf(t, person, hours);
    const page = await t.page();
    await t.logIn(page, person);
    await page.goto(`/account/bookings/${id}`);
    const ask = page.getByRole("button", { name: "Cancel 2 tickets" });
    await ask.click();
    const dialog = page.getByRole("dialog", { name: "Cancel 2 tickets?" });
    await dialog.getByRole("definition").filter({ hasText: shown }).last().waitFor();
    await dialog.getByText("This cannot be undone.").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await ask.click();
    await dialog.getByRole("button", {
      name: refund > 0 ? `Cancel and refund ${shown}` : "Cancel without a refund",
    }).click();
    await page.getByRole("status").getByText(
      refund > 0 ? `Cancelled. You get back ${shown}.` : "Cancelled. Nothing is given back.",
    ).waitFor();
    await ask.waitFor({ state: "detached" });
    const booking = await dataOf(t.platform.api.GET("/api/booking/bookings/{id}", {
      headers: { Authorization: `Bearer ${person.token}` },
      params: { path: { id } },
    }));
    assert.equal(booking.status, "cancelled");
    assert.equal(booking.refund_amount ?? 0, refund);
  });
}
